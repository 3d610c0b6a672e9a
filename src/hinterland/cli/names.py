"""Names that the shell completes; nothing is loaded before it asks."""


def each(given: "list[str] | None") -> list[str]:
    """Return the names of an option that may stand several times, each with several names between commas."""
    from hinterland.names import several_in

    return [name for words in given or () for name in several_in(words)]


def preset_names() -> list[str]:
    """Names that the shell completes for a scenario."""
    from hinterland.scenario.file import presets

    return [*presets(), *presets(measured=True)]


def instrument_names() -> list[str]:
    """Names that the shell completes for an instrument."""
    from hinterland.schema import instruments

    return list(instruments())


def instrument_lists(incomplete: str) -> list[str]:
    """Lists that the shell completes for instruments with commas between: what stands already and one more."""
    before = incomplete.rpartition(",")[0]
    taken = before.split(",") if before else []
    return [",".join([*taken, name]) for name in instrument_names() if name not in taken]


def grouping_names() -> list[str]:
    """Names that the shell completes for a grouping of provinces."""
    from hinterland.data.regions import GROUPINGS, china

    return [*GROUPINGS, *china().by_group]


def economy_names() -> list[str]:
    """Names that the shell completes for an economy."""
    from hinterland.data.box import economies

    return list(economies())


def series_names() -> list[str]:
    """Names that the shell completes for `data show`."""
    from hinterland.data.box import economies
    from hinterland.schema import variables
    from hinterland.schema.names import tables

    return [*economies(), *variables(), *tables()]
