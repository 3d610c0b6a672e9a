"""What a user hands in, as numbers in the order of their labels: plain, masked, pandas and xarray arrays.

The first labelled array says the order of each kind of index unless labels are known; the others are reordered by
label, and a set of other labels is refused. Plain arrays have no labels and keep their order; a table that is merely
numbered, as after `reset_index`, has lost its own and is refused where others are labelled. What lies on several
axes, such as a hukou group, has the labels of all of them (`510000|rural`). pandas and xarray are recognised where they
are loaded; nothing is imported for it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.dimensions import WORDS, axes_of, kind_of
from hinterland.errors import DataError, Problem, places
from hinterland.label_parts import BETWEEN, Labels, label_of, labels_in_order, turned

# A number whose digits stand in groups, of three or, as lakhs and 万 are written, of two or four; 1,5 is no such one.
SEPARATED = re.compile(r"[+-]?[0-9]{1,4}([,，_'’\s][0-9]{2,4})*[,，_'’\s][0-9]{3,4}(\.[0-9]*)?")
ABSENT = ("NoneType", "NAType", "NaTType", "MaskedConstant")
SHOWN = 5


class Labelled(NamedTuple):
    """Cells, the index letter of each axis and its labels, None where it has none."""

    values: Any
    letters: str
    labels: tuple[Labels | None, ...]


def together(
    given: Mapping[str, Any], index_of: Callable[[str], str], known: Mapping[str, Sequence[Labels]] | None = None
) -> tuple[dict[str, FloatArray], dict[str, Labels]]:
    """Return arrays in one order of every kind of index, and the labels of those kinds that have any.

    `index_of` gives the index letters of a name; `known` the labels of a kind, in all its namings, each in one order;
    labels of a kind that has none there are refused. Where there is one sector, arrays with labels may leave its axis
    out.
    """
    problems: list[Problem] = []
    namings = {kind: tuple(names) for kind, names in (known or {}).items() if names}
    read = {name: labelled(name, figures, index_of(name), namings, problems) for name, figures in given.items()}
    sources = dict.fromkeys(namings, "")
    for name, array in read.items():
        for letter, labels in zip(array.letters, array.labels, strict=True):
            kind = kind_of(letter)
            if labels is None or counted(labels) or kind in namings:
                continue
            if known is not None and kind in known:
                values = {"name": name, "letter": letter, "what": plural(kind)}
                problems.append(Problem("labels.nameless", {**values, "found": places(labels, len(labels))}))
            else:
                namings[kind], sources[kind] = (labels,), name
    # A copy: what the user does to his array afterwards is not done to a world that was checked.
    arrays = {name: np.array(ordered(name, array, namings, sources, problems)) for name, array in read.items()}
    if problems:
        raise DataError(problems)
    found = {kind: names[0] for kind, names in namings.items()}
    return (of_one_sector(arrays, given, index_of) if len(found.get("sector", ())) == 1 else arrays), found


def of_one_sector(
    arrays: Mapping[str, FloatArray], given: Mapping[str, Any], index_of: Callable[[str], str]
) -> dict[str, FloatArray]:
    """Return arrays with an axis for the one sector there is, where those with labels leave it out."""
    found = dict(arrays)
    for name, array in arrays.items():
        axes = tuple(axis for axis, letter in enumerate(index_of(name)) if kind_of(letter) == "sector")
        if bears_labels(given[name]) and array.ndim == len(index_of(name)) - len(axes):
            found[name] = np.expand_dims(array, axes)
    return found


def names(name: str, labels: Any) -> Labels | None:
    """Return labels that a user lists, in any kind of sequence, as texts; None where none are given."""
    if labels is None:
        return None
    many = getattr(labels, "ndim", 1)
    if isinstance(labels, str | bytes | set | frozenset | Mapping) or not hasattr(labels, "__iter__") or many != 1:
        found = type(labels).__name__ + (f" ({many} D)" if many != 1 else "")
        raise DataError(Problem("labels.unordered", {"name": name, "found": found}))
    listed = list(labels.values if is_of(labels, "xarray", "DataArray") else labels)
    if nested := [type(label).__name__ for label in listed if not isinstance(label, Hashable)]:
        found = f"{type(labels).__name__} ({', '.join(dict.fromkeys(nested))})"
        raise DataError(Problem("labels.unordered", {"name": name, "found": found}))
    read, problems = tuple(map(label_of, listed)), []
    twice = [label for label in dict.fromkeys(read) if read.count(label) > 1]
    if not read:
        problems.append(Problem("labels.unlisted", {"name": name}))
    if absent := gaps(listed):
        problems.append(Problem("labels.absent", {"name": name, "where": places(absent, len(read))}))
    elif twice:
        problems.append(Problem("labels.repeated", {"name": name, "where": places(twice, len(read))}))
    if problems:
        raise DataError(problems)
    return read


def cells(name: str, figures: Any, letter: str, known: Labels | None) -> list[Any]:
    """Return cells that need not be numbers, such as names of groups, in the order of known labels; None if masked."""
    problems: list[Problem] = []
    if isinstance(figures, list | tuple):  # as cells of their own: NumPy makes one text of a name and a gap
        listed = np.empty(len(figures), dtype=object)
        listed[:] = figures
        figures = listed
    raw, _, labels = parts_of(name, figures, letter, problems)
    if raw.ndim != 1:
        raise DataError(Problem("labels.unordered", {"name": name, "found": type(figures).__name__}))
    filled = np.ma.filled(raw.astype(object), None) if isinstance(raw, np.ma.MaskedArray) else raw.astype(object)
    namings = {kind_of(letter): (known,)} if known else {}
    array = Labelled(filled, letter, labels)
    in_order = ordered(name, array, namings, dict.fromkeys(namings, ""), problems)
    if problems:
        raise DataError(problems)
    return list(in_order)


def plural(kind: str) -> str:
    """Return what the indices of a kind are called."""
    return f"{kind if len(kind) > 1 else WORDS[kind][1]}s"


def counted(labels: Labels) -> bool:
    """Whether labels are those of a table without an index: 0, 1, 2."""
    return labels == tuple(map(str, range(len(labels))))


def is_of(value: Any, module: str, *kinds: str) -> bool:
    """Whether a value is of a class of a module, which is not loaded for it."""
    found = sys.modules.get(module)
    return found is not None and isinstance(
        value, tuple(getattr(found, kind) for kind in kinds if hasattr(found, kind))
    )


def is_table(value: Any) -> bool:
    """Whether a value may bear labels."""
    return is_of(value, "pandas", "Series", "DataFrame") or is_of(value, "xarray", "DataArray")


def bears_labels(value: Any) -> bool:
    """Whether a value is a table or a mapping, or a list that holds one."""
    if isinstance(value, list | tuple):
        return any(map(bears_labels, value))
    return isinstance(value, Mapping) or is_table(value)


def unsaid(labels: Labels) -> bool:
    """Whether labels are those that a world gives what has none: r1, r2, ..., and of several axes r1|s1, r1|s2, ..."""
    axes = zip(*(label.split(BETWEEN) for label in labels), strict=False)
    return all(
        tuple(dict.fromkeys(axis)) == tuple(f"{axis[0][:1]}{at + 1}" for at in range(len({*axis}))) for axis in axes
    )


def is_absent(cell: Any) -> bool:
    """Whether a cell says that there is no value."""
    return type(cell).__name__ in ABSENT


def labelled(
    name: str, figures: Any, letters: str, namings: Mapping[str, Sequence[Labels]], problems: list[Problem]
) -> Labelled:
    """Return figures as numbers with their labels; what is no number is told with its place."""
    raw, dims, labels = parts_of(name, figures, letters, problems)
    table = is_of(figures, "pandas", "DataFrame") and len(dims) == 2  # rows and columns have an order of their own
    order = axes_of(name, dims, letters, table, problems) if dims and len(dims) <= len(letters) else None
    if order is not None:
        axes = sorted(order, key=letters.index)
        take = [order.index(letter) for letter in axes]
        raw, labels, letters = raw.transpose(take), tuple(labels[axis] for axis in take), "".join(axes)
    letters, labels = letters[: raw.ndim], labels[: len(letters)]
    lengths = [namings.get(kind_of(letter), ((),))[0] for letter in letters]
    shown = [
        own or (known if len(known) == size else None)
        for own, known, size in zip(labels, lengths, raw.shape, strict=False)
    ]
    return Labelled(numbers(name, raw, shown, problems), letters, labels)


def parts_of(
    name: str, figures: Any, letters: str, problems: list[Problem]
) -> tuple[Any, tuple[Any, ...], tuple[Labels | None, ...]]:
    """Return the cells of an array, the names of its dimensions where they have any, and the labels of each axis.

    A table without labels has the numbers of its rows; levels of rows and columns are axes where there are as many.
    """
    if isinstance(figures, Mapping) and letters[:1] == "s" and not any(map(bears_labels, figures.values())):
        # Its keys may be scenarios or places.
        problems.append(Problem("labels.listed", {"name": name, "found": type(figures).__name__}))
        return np.zeros(0), (), (None,)
    if isinstance(figures, Mapping) and not any(map(bears_labels, figures.values())):
        raw, _, _ = parts_of(name, [*figures.values()], letters, problems)
        return raw, (), (tuple(map(label_of, figures)), *(None,) * (raw.ndim - 1))
    if isinstance(figures, list | tuple | Mapping) and bears_labels(figures):
        return listed(name, figures, letters, problems)
    for axis in figures.axes if is_of(figures, "pandas", "Series", "DataFrame") else ():
        if absent := gaps(axis):
            problems.append(Problem("labels.absent", {"name": name, "where": places(absent, len(axis))}))
            return np.zeros(0), (), (None,)
    if is_of(figures, "pandas", "DataFrame") and 2 < sum(of.nlevels for of in figures.axes) <= len(letters):
        figures = without_repeated(name, without_repeated(name, figures, problems).T, problems).T
        figures = figures.stack([*range(figures.columns.nlevels)], future_stack=True)
    if is_of(figures, "pandas", "Series") and 1 < figures.index.nlevels <= len(letters):
        figures = without_repeated(name, figures, problems)
        figures = figures.to_xarray()
    if is_of(figures, "pandas", "Series", "DataFrame"):
        axes = figures.axes
        return (
            np.asarray(figures),
            tuple(axis.name if axis.nlevels == 1 else tuple(filter(None, axis.names)) or None for axis in axes),
            tuple(labels_in_order(axis.tolist(), axis.names) for axis in axes),
        )
    if is_of(figures, "xarray", "DataArray"):
        return figures.values, figures.dims, tuple(labels_along(figures, dim) for dim in figures.dims)
    try:
        raw = figures if isinstance(figures, np.ma.MaskedArray) else np.asarray(figures)
    except ValueError:
        problems.append(Problem("labels.ragged", {"name": name}))
        raw = np.zeros(0)
    if raw.dtype.names is not None:
        problems.append(Problem("labels.records", {"name": name, "found": ", ".join(raw.dtype.names)}))
        raw = np.zeros(0)
    elif raw.size == 0 and raw.ndim > 1 and letters[:1] != "s" and not problems:
        problems.append(Problem("labels.empty", {"name": name}))
    return raw, (), (None,) * raw.ndim


def gaps(labels: Iterable[Any]) -> list[str]:
    """Return the positions of labels that are None, NaN or blank, or have a part that is."""
    parts = ((at, part) for at, label in enumerate(labels) for part in (label if type(label) is tuple else (label,)))
    return [str(at) for at in dict.fromkeys(at for at, of in parts if is_absent(of) or of != of or of == "")]


def without_repeated(name: str, figures: Any, problems: list[Problem]) -> Any:
    """Return a table of pandas without the rows whose labels stood before; what these are is a problem."""
    again = figures.index.duplicated()
    if again.any():
        where = places([label_of(label) for label in figures.index[again].unique()], len(figures))
        problems.append(Problem("labels.repeated", {"name": name, "where": where}))
    return figures[~again]


def listed(
    name: str, figures: Any, letters: str, problems: list[Problem]
) -> tuple[Any, tuple[Any, ...], tuple[Labels | None, ...]]:
    """Return tables of scenarios, one each, as one array, in the order of the first's labels; other lists are refused.

    The place of a table in a list is no label of its own; the key of one in a mapping is.
    """
    values = [*(figures.values() if isinstance(figures, Mapping) else figures)]
    several = [parts_of(name, one, letters[1:], problems) for one in values if bears_labels(one)]
    raws = list[Any]()
    for raw, dims, labels in several:
        axes = [(own or (), wanted or ()) for own, wanted in zip(labels, several[0][2], strict=False)]
        same = (dims, raw.ndim) == (several[0][1], several[0][0].ndim)
        if same and all(sorted(own) == sorted(wanted) for own, wanted in axes):
            for axis, (own, wanted) in enumerate(axes):
                raw = np.take(raw, [own.index(label) for label in wanted], axis=axis)
            raws.append(raw)
    if letters[:1] != "s" or len(raws) < len(values):
        kinds = ", ".join(dict.fromkeys(type(one).__name__ for one in values))
        found = f"{type(figures).__name__} ({kinds})"
        problems.append(Problem("labels.listed", {"name": name, "found": found}))
        return np.zeros(0), (), (None,)
    keys = tuple(map(label_of, figures)) if isinstance(figures, Mapping) else None
    return np.stack(raws), (None, *several[0][1]) if several[0][1] else (), (keys, *several[0][2])


def labels_along(figures: Any, dim: Any) -> Labels:
    """Return the labels along a dimension: its own, or else those of all axes that it runs over, or else numbers."""
    if dim in figures.coords:
        return labels_in_order(figures[dim].values.tolist(), getattr(figures.indexes.get(dim), "names", ()))
    parts = {
        name: of.values.tolist() for name, of in figures.coords.items() if of.dims == (dim,) and of.dtype.kind != "f"
    }
    # One residence for all tells nothing.
    telling = {name: part for name, part in parts.items() if len({*part}) > 1} or parts
    return labels_in_order([*zip(*telling.values(), strict=True)] if parts else range(figures.sizes[dim]), [*telling])


def numbers(name: str, raw: Any, labels: Sequence[Labels | None], problems: list[Problem]) -> FloatArray:
    """Return cells as floats; those that are masked, absent or no number are told with their place."""
    hidden = np.ma.getmask(raw)  # one False where nothing is masked: large arrays are not copied for it
    raw = np.ma.getdata(raw)
    bad: dict[str, list[tuple[str, object]]] = {"missing": [], "thousands": [], "number": []}
    if raw.dtype.kind in "fiub":
        values = np.asarray(raw, dtype=float)
        bad["missing"] = [(place_of(at, labels), "") for at in np.argwhere(hidden).tolist()]
    else:
        values = np.full(raw.shape, np.nan)
        for position in np.ndindex(raw.shape):
            cell = None if hidden is not np.ma.nomask and hidden[position] else raw[position]
            kind, values[position] = number_of(cell)
            if kind:
                bad[kind].append((place_of(position, labels), cell))
    for kind, cells in bad.items():
        if cells:
            where = places([place for place, _ in cells], raw.size)
            problems.append(Problem(f"labels.{kind}", {"name": name, "where": where, "found": cells[0][1]}))
    return values


def number_of(cell: Any) -> tuple[str, float]:
    """Return what is wrong with a cell, nothing where it is a number, and the number."""
    text = cell.strip() if isinstance(cell, str) else cell
    if is_absent(cell) or text == "":
        return "missing", np.nan
    if isinstance(text, str) and SEPARATED.fullmatch(text):
        return "thousands", np.nan
    if isinstance(text, complex | np.complexfloating):  # float() would drop what is imaginary
        return "number", np.nan
    try:
        return "", float(text)
    except (TypeError, ValueError):
        return "number", np.nan


def place_of(position: Iterable[int], labels: Sequence[Labels | None]) -> str:
    """Return where a cell stands: labels where there are any, else positions from zero."""
    at = list(position)
    named = [of[n] if of else str(n) for n, of in zip(at, [*labels, *([None] * len(at))], strict=False)]
    return f"({', '.join(named)})" if len(named) > 1 else "".join(named) or "-"


def ordered(
    name: str,
    array: Labelled,
    namings: Mapping[str, Sequence[Labels]],
    sources: Mapping[str, str],
    problems: list[Problem],
) -> Any:
    """Return an array with every labelled axis in the order of its kind."""
    values = array.values
    for axis, (letter, labels) in enumerate(zip(array.letters, array.labels, strict=True)):
        kind = kind_of(letter)
        known = namings.get(kind) or (namings.get("region", ()) if kind in "gc" else ())
        if labels is None or not known:
            continue
        mute = counted(labels) and {*labels} not in [{*naming} for naming in known]
        if mute and len(labels) > 1 and not any(map(unsaid, known)):
            named = places([*known[0]], len(known[0]), SHOWN)
            problems.append(
                Problem("labels.counted", {"name": name, "letter": letter, "last": len(labels) - 1, "known": named})
            )
            continue
        alone = len(labels) == 1 and all(len(naming) == 1 and unsaid(naming) for naming in known)  # of one sector, say
        if mute or alone or kind not in namings:
            continue
        if len(set(labels)) < len(labels):
            twice = sorted({label for label in labels if labels.count(label) > 1})
            problems.append(Problem("labels.repeated", {"name": name, "where": places(twice, len(labels))}))
            continue
        own = turned(labels, namings[kind])
        same = [naming for naming in namings[kind] if own and set(naming) == set(own)]
        if own and same[0] != own:
            place = {label: at for at, label in enumerate(own)}
            values = np.take(values, [place[label] for label in same[0]], axis=axis)
        elif not own:
            nearest = max(namings[kind], key=lambda naming: len({*naming}.intersection(labels)))
            problems.append(difference(name, letter, labels, nearest, sources[kind]))
    return values


def difference(name: str, letter: str, labels: Labels, wanted: Labels, source: str) -> Problem:
    """Return what sets two sets of labels apart: those that are missing, and those that the other has not."""
    missing = [label for label in wanted if label not in labels]
    extra = [label for label in labels if label not in wanted]
    parts = {"missing": places(missing, len(wanted)), "extra": places(extra, len(labels))}
    said = "both" if missing and extra else "lacking" if missing else "extra"
    values = {"name": name, "letter": letter, "source": source or plural(kind_of(letter))}
    return Problem("labels.different", {**values, "found": Problem(f"labels.different_{said}", {**parts})})
