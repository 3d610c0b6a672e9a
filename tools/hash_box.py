"""Write the hash of every file of the box, which `hinterland data check` holds the files to.

python tools/hash_box.py
"""

from __future__ import annotations

import hashlib
from pathlib import Path

BOX = Path(__file__).parents[1] / "src" / "hinterland" / "data" / "box"


def text() -> str:
    """Hash every file but the list itself."""
    files = sorted(path for path in BOX.rglob("*") if path.is_file() and path.name != "hashes.csv")
    lines = ["file,sha256"] + [
        f"{path.relative_to(BOX).as_posix()},{hashlib.sha256(path.read_bytes()).hexdigest()}" for path in files
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Hash, write."""
    (BOX / "hashes.csv").write_text(text(), encoding="utf-8")


if __name__ == "__main__":
    main()
