"""Files of a run: `results.csv` (IAMC shape), `run.json`, `scenario.yaml`, its tables; written whole or not at all."""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd

from hinterland.data.save import save_atomically
from hinterland.economy.economy import digest, older_digest
from hinterland.errors import DataError, HinterlandError, Problem, reason, require_kind, require_language
from hinterland.report.answer import dumps, plain, records
from hinterland.report.export import as_bytes, check_out, markdown_of
from hinterland.report.first_screen import notices
from hinterland.report.run_tables import for_files, sheets
from hinterland.report.run_workbook import run_workbook
from hinterland.report.scenarios import reasons
from hinterland.report.sentences import sentences
from hinterland.report.terms import title
from hinterland.scenario.file import parse
from hinterland.scenario.scenario import Scenario
from hinterland.study.compare import change_unit
from hinterland.study.decompose import EXACT, SEED
from hinterland.study.run import TABLES, Result, iamc
from hinterland.texts import text


def as_json(result: Result, folder: str | Path = "") -> dict[str, Any]:
    """Return a run as plain values: record, tables, decomposition. Numbers that do not exist are null."""
    document: dict[str, Any] = plain(
        {
            **record(result, folder),
            "name": result.scenario.name,
            "title": dict(result.scenario.title),
            **{name: rows_of(getattr(result, name)) for name in TABLES},
        }
    )
    return document


def rows_of(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table as mappings, with what its index names, and in which unit a change is counted."""
    rows = records(frame.reset_index() if frame.index.name else frame)
    if not {"variable", "unit", "change"} <= set(frame.columns):
        return rows
    return [{**row, "change_unit": change_unit(row["variable"], row["unit"])} for row in rows]


def write(result: Result, folder: str | Path, lang: str = "en") -> Path:
    """Write the run into a new folder, whole or not at all.

    `tables` holds every table as CSV, `tables.xlsx` and `tables.md` hold them together, with heads in one language.
    """
    require_language(lang)

    def write_files(new: Path) -> None:
        new.mkdir()
        iamc(result).to_csv(new / "results.csv", index=False, lineterminator="\n")
        (new / "run.json").write_text(dumps(as_json(result, folder)) + "\n", encoding="utf-8")
        (new / "scenario.yaml").write_text(result.scenario.to_yaml(folder), encoding="utf-8")
        write_every_table(result, new, lang)
        new.chmod(0o755)

    require_kind(result, Result, "result")
    check_out(Path(folder))
    return save_atomically(folder, write_files)


def write_every_table(result: Result, folder: Path, lang: str) -> None:
    """Write the tables of a run into a folder: one CSV each with the numbers as they are, and all of them as read.

    These are a workbook and a file of Markdown, in the units of the language.
    """
    tables = for_files(result, lang)
    (folder / "tables").mkdir()
    for name, frame in tables.items():
        (folder / "tables" / f"{name}.csv").write_bytes(as_bytes({name: frame}, ".csv"))
    read = (sheet for sheet in map(sheets(result, lang).__getitem__, tables) if sheet is not None)
    words = "\n".join([head(result, lang), *map(markdown_of, read)])
    (folder / "tables.md").write_text(words, encoding="utf-8", newline="\n")
    (folder / "tables.xlsx").write_bytes(run_workbook(result, lang))


def head(result: Result, lang: str) -> str:
    """Return what stands above tables in Markdown: title, states, the answer, the policies and what users changed."""
    scenario = result.scenario
    policies = [text("report.policies", lang), "", *(f"- {line}" for line in reasons(scenario, lang)), ""]
    said = [f"- {words}" for words in (*sentences(result, lang), *notices(result, lang))]
    return "\n".join([f"# {title(scenario, lang)}", "", scenario.states(lang), "", *said, "", *policies])


def read_run(folder: str | Path) -> dict[str, Any]:
    """Return `run.json` of a folder that `write` made, or raise with what is wrong."""
    path = Path(folder) / "run.json"
    try:
        if path.stat().st_size > 50_000_000:
            raise DataError(Problem("report.not_a_run", {"place": path}))
        given = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise DataError(Problem("report.no_run", {"place": path, "why": reason(error)})) from error
    except ValueError as error:
        raise DataError(Problem("report.not_a_run", {"place": path})) from error
    if not isinstance(given, dict) or not {"economy", "scenario", "name"} <= set(given):
        raise DataError(Problem("report.not_a_run", {"place": path}))
    return given


def read_scenario(folder: str | Path) -> Scenario:
    """Return the scenario of a run that `write` made, on the base year it was solved on, or raise with the cause."""
    run, place = read_run(folder), Path(folder) / "run.json"
    if not (isinstance(run["scenario"], str) and isinstance(run["economy"], dict)):
        raise DataError(Problem("report.not_a_run", {"place": place}))
    words = run["scenario"].encode()
    try:
        scenario = parse(words, str(place))
    except HinterlandError as error:
        try:
            scenario = parse(words, place.name)  # runs of old tell the path of an economy from where they were made
        except HinterlandError:
            raise DataError([Problem("compare.cannot_solve", {"place": folder}), *error.problems]) from error
    economy, solved_on = scenario.economy, run["economy"]
    same_units = solved_on.get("units", economy.units.head()) == economy.units.head()  # runs of old do not say
    if solved_on.get("sha256") not in (digest(economy), older_digest(economy)) or not same_units:
        raise DataError(Problem("compare.base_moved", {"place": folder, "name": scenario.economy.name}))
    return scenario


def record(result: Result, folder: str | Path = "") -> dict[str, Any]:
    """Return what makes the run repeatable: versions, hashes, tolerance, certificate. No time.

    The path of an economy of one's own is told from the folder that the run is written to.
    """
    economy = result.scenario.economy
    certificate = result.certificate
    return {
        "hinterland": version("hinterland"),
        "jax": version("jax"),
        "numpy": version("numpy"),
        "economy": {
            "name": economy.name,
            "year": economy.year,
            "sha256": digest(economy),
            "units": economy.units.head(),
        },
        "scenario": result.scenario.to_yaml(folder),
        "closure": "static",
        "financing": result.scenario.closure,
        "seed": SEED if len(result.scenario.policies) > EXACT else None,
        "certificate": {
            "passed": certificate.passed,
            "verdict": certificate.verdict,
            "tolerance": certificate.tolerance,
            "iterations": certificate.iterations,
            "residuals": certificate.residuals,
            "redundant_market": certificate.redundant_market,
            "identities": certificate.identities,
            "error": certificate.error,
            "direction": None if certificate.direction is None else certificate.direction.text("en"),
            "stable": result.equilibrium.solved.stable_where_doubtful,
            "uniqueness": {"holds": certificate.uniqueness.holds, "rule": certificate.uniqueness.rule},
        },
    }
