"""Tables of a run's outcomes as they are read: the nation, who moves where, what splits the change, elasticities."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from hinterland.report.changes import change_figure, changed
from hinterland.report.money import labels_of
from hinterland.report.places import levels
from hinterland.report.quantities import FINE, number, reading
from hinterland.report.sheet import Sheet, make
from hinterland.report.tables import parameter_name, part_name, short_name
from hinterland.schema import outcomes
from hinterland.study.decompose import ERROR
from hinterland.texts import text

if TYPE_CHECKING:
    import pandas as pd

    from hinterland.study.run import Result


def headline(result: Result, lang: str) -> Sheet:
    """The nation: baseline, value, change; goods no longer lost on the way where an iceberg cost falls."""
    table = result.headline
    shown = table[(table["variable"] != "goods_saved") | (table["value"] != 0)]
    return levels(shown, text("report.headline", lang), lang)


def flows(result: Result, lang: str) -> Sheet | None:
    """Workers by macro-region of hukou (rows) and of work (columns): million before -> after."""
    regions, names = result.scenario.economy.regions, result.macro_regions
    if not names:
        return None
    table: Any = result.flows.set_index(["origin", "destination"])
    of = reading("million", lang)
    rows = [
        (
            regions.name(origin, lang),
            *(
                " → ".join(of.number(table.loc[(origin, there), when]) for when in ("baseline", "value"))
                for there in names
            ),
        )
        for origin in names
    ]
    columns = [text("column.hukou_work", lang), *(regions.name(name, lang) for name in names)]
    return make(text("report.flows", lang, unit=of.unit), columns, rows)


def decomposition(result: Result, lang: str) -> Sheet:
    """What each policy contributes."""
    return split(result.decomposition, lang, "report.decomposition", labels_of(result, lang))


def channels(result: Result, lang: str) -> Sheet | None:
    """What each channel contributes; none where nothing moves."""
    return split(result.channels, lang, "report.channels") if len(result.channels) > 1 else None


def split(table: pd.DataFrame, lang: str, key: str, labels: Mapping[str, str] | None = None) -> Sheet:
    """The change of each outcome split into policies or channels (Shapley); with its error where orders are sampled."""
    shown = [name for name in outcomes("decomposition") if name in table.columns]
    sampled = bool((table[ERROR] > 0).any())
    rows = []
    for part in table.index:
        figures = [change_figure(name, table.loc[part, name], FINE) for name in shown]
        rows.append(
            (
                part_name(str(part), lang, labels),
                *figures,
                *([number(100 * table.loc[part, ERROR], 1)] if sampled else []),
            )
        )
    columns = [short_name(name, lang, with_unit=True) for name in shown]
    errors = [text("column.sampling_error", lang)] if sampled else []
    head = text("column.part" if labels else "column.channel", lang)
    return make(text(key, lang), [head, *columns, *errors], rows)


def sensitivity(result: Result, lang: str) -> Sheet:
    """The same scenario under other elasticities, one at a time."""
    table = result.sensitivity
    shown = [name for name in outcomes("sensitivity") if name in table]
    rows = []
    for row in table.to_dict("records"):
        name = text("report.default", lang) if row["parameter"] == "default" else parameter_name(row["parameter"], lang)
        rows.append((name, number(row["value"], 2), *(changed(key, row[key], lang) for key in shown)))
    columns = [text(f"column.{key}", lang) for key in ("parameter", "value_of")]
    return make(text("report.sensitivity", lang), [*columns, *(short_name(key, lang) for key in shown)], rows, left=2)
