"""Write the JSON Schema of scenario files to its place in the package.

    python tools/scenario_schema.py

A test holds the file to what this makes.
"""

from __future__ import annotations

from pathlib import Path

from hinterland.scenario import schema as scenario_schema

PLACE = Path(__file__).parents[1] / "src" / "hinterland" / "schema" / scenario_schema.FILE


def main() -> None:
    PLACE.write_text(scenario_schema.as_text(), encoding="utf-8")


if __name__ == "__main__":
    main()
