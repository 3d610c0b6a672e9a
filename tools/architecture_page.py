"""Write docs/architecture.md from the code itself: rooms, floors, arrows, sizes, and where to open what.

    python tools/architecture_page.py

A room is a folder of the package or a loose file beside the folders. Every import counts, those for type checkers and
those inside functions as well. No file is executed. The rows of "To change X, open Y" stand in docs/architecture.csv; a
test holds the page to this and every name to the code.
"""

from __future__ import annotations

import ast
import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "hinterland"
PAGE = ROOT / "docs" / "architecture.md"
PLACES = ROOT / "docs" / "architecture.csv"

Graph = Mapping[str, frozenset[str]]
Code = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(frozen=True)
class File:
    """A file of code; its name is the path inside the package with dots, empty for the package itself."""

    name: str
    path: Path
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The file as Python reads it."""
        return ast.parse(self.text)

    @property
    def lines(self) -> int:
        """All lines."""
        return len(self.text.splitlines())

    @property
    def room(self) -> str:
        """The folder it stands in, or its own name."""
        return self.name.partition(".")[0] or "__init__"


@dataclass(frozen=True)
class House:
    """The files of a package with the imports between them."""

    package: str
    files: Mapping[str, File]

    @classmethod
    def read(cls, source: Path) -> House:
        """Read every file below the folder of a package."""
        found = {}
        for path in sorted(source.rglob("*.py")):
            parts = path.relative_to(source).with_suffix("").parts
            name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            found[name] = File(name, path.relative_to(source), path.read_text(encoding="utf-8"))
        return cls(source.name, found)

    @cached_property
    def imports(self) -> Graph:
        """The files that each file imports."""
        return {name: frozenset(self.imported(file.tree)) - {name} for name, file in self.files.items()}

    def imported(self, tree: ast.Module) -> Iterator[str]:
        """Name the files of the package that a file imports."""
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                wanted = [(alias.name, "") for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, "relative imports are not used here"
                wanted = [(node.module or "", alias.name) for alias in node.names]
            else:
                continue
            for module, name in wanted:
                if module.partition(".")[0] == self.package:
                    place = module.removeprefix(self.package).removeprefix(".")
                    inside = f"{place}.{name}".removeprefix(".")
                    yield inside if inside in self.files else place

    @cached_property
    def rooms(self) -> Mapping[str, list[File]]:
        """The files of each room."""
        found: dict[str, list[File]] = {}
        for file in self.files.values():
            found.setdefault(file.room, []).append(file)
        return found

    @cached_property
    def arrows(self) -> Graph:
        """The other rooms that each room imports from."""
        return {
            room: frozenset(self.files[to].room for file in files for to in self.imports[file.name]) - {room}
            for room, files in self.rooms.items()
        }

    @property
    def loose(self) -> list[str]:
        """Files beside the folders."""
        return [name for name, files in self.rooms.items() if len(files) == 1 and len(files[0].path.parts) == 1]

    def longest_file(self) -> tuple[int, str]:
        """Lines and path."""
        return max((file.lines, file.path.as_posix()) for file in self.files.values())

    def longest_function(self) -> tuple[int, str]:
        """Lines of code, and where."""
        return max(
            (lines_of_code(node, file.text), f"{file.path.as_posix()}::{name}")
            for file in self.files.values()
            for name, node in defined(file.tree).items()
            if not isinstance(node, ast.ClassDef)
        )


def defined(tree: ast.Module | Code, prefix: str = "") -> dict[str, Code]:
    """Return functions and classes by name, methods as `Class.method`; what stands inside a function has no name."""
    found: dict[str, Code] = {}
    for node in tree.body:
        if isinstance(node, Code):
            found[prefix + node.name] = node
        if isinstance(node, ast.ClassDef):
            found |= defined(node, f"{prefix}{node.name}.")
    return found


def lines_of_code(node: ast.FunctionDef | ast.AsyncFunctionDef, text: str) -> int:
    """Count the lines of a function without its docstrings, comments and empty lines."""
    told: set[int] = set()
    for inner in ast.walk(node):
        if isinstance(inner, Code) and ast.get_docstring(inner) is not None:
            told |= set(range(inner.body[0].lineno, (inner.body[0].end_lineno or 0) + 1))
    lines = enumerate(text.splitlines()[node.lineno - 1 : node.end_lineno], node.lineno)
    return sum(number not in told and bool(line.strip()) and not line.strip().startswith("#") for number, line in lines)


def reach(graph: Graph, start: str) -> frozenset[str]:
    """Everything that a node leads to; itself only on a circle."""
    found: set[str] = set()
    waiting = list(graph[start])
    while waiting:
        node = waiting.pop()
        if node not in found:
            found.add(node)
            waiting += graph[node]
    return frozenset(found)


def circles(graph: Graph) -> list[frozenset[str]]:
    """Sets of nodes that lead to each other."""
    below = {node: reach(graph, node) for node in graph}
    return sorted(
        {frozenset(to for to in below[node] if node in below[to]) for node in graph if node in below[node]}, key=sorted
    )


def floors(graph: Graph) -> dict[str, int]:
    """Longest chain of imports below each node; the nodes of a circle share a floor."""
    below = {node: reach(graph, node) for node in graph}

    def floor(node: str) -> int:
        lower = [to for to in below[node] if node not in below[to]]
        return 1 + max(map(floor, lower)) if lower else 0

    return {node: floor(node) for node in graph}


def back_up(graph: Graph) -> list[tuple[str, str]]:
    """Arrows that do not lead to a lower floor."""
    height = floors(graph)
    return [(node, to) for node, tos in graph.items() for to in sorted(tos) if height[to] >= height[node]]


def direct(graph: Graph) -> Graph:
    """Leave out the arrows that a longer way says as well."""
    return {
        node: frozenset(to for to in tos if not any(to in reach(graph, other) for other in tos - {to}))
        for node, tos in graph.items()
    }


MEASURES = (
    "rooms: folders and loose files",
    "floors",
    "arrows between rooms",
    "loose files beside the folders",
    "longest file, lines",
    "longest function, lines of code",
    "circles of rooms",
    "circles of files",
    "arrows back up",
)
COMMIT = "47b9a90"  # the last before the folders; measured by this tool over its src
BEFORE = (37, 16, 208, 25, "372 (`economy.py`)", "106 (`cli.py::build`)", 1, 4, 4)

HEAD = """# Where everything stands

Made by `python tools/architecture_page.py` from the imports in `src/hinterland`; edit the code, or the rows of
[architecture.csv](architecture.csv), and not this. Why the folders are these:
[decision 13](decisions/0013-the-house.md).

中文提要：本页由代码自动生成。每个文件夹是一个“房间”，数据只向下流动：上层引用下层，下层不知道上层，没有循环。
“层”是它下面最长的引用链。要改某处，先查最后一张表“改什么，开哪个文件”；路径本身就说明内容，
如 `model/trade.py::share_nij` 是贸易份额的方程。
新增政策工具、结果、模型区块、经济体、方案的步骤见 [extending.md](extending.md)。

A *room* is a folder, or a file that stands beside the folders. Its *floor* is the longest chain of imports below it. An
*arrow* says that a file of one room imports from another room; imports for type checkers and inside functions count.
Data flow down only: {up} arrows lead back up, and there are {circles} circles, among rooms or among files."""


def sentence(room: Sequence[File]) -> str:
    """Return the first sentence of what a room says of itself."""
    door = min(room, key=lambda file: len(file.path.parts) * 100 + (file.path.stem != "__init__"))
    told = " ".join((ast.get_docstring(door.tree) or "").split("\n\n")[0].split())
    return told.partition(". ")[0].removesuffix(".") + "."


def label(room: str) -> str:
    """Write a room as people find it: a folder with a slash, a file with its ending."""
    return f"{room}/" if (SOURCE / room).is_dir() else f"{room}.py"


def table(heads: Sequence[str], rows: Iterable[Sequence[object]], right: Sequence[int] = ()) -> str:
    """Return a table; columns whose number is in `right` hold figures."""
    rule = "|" + "|".join("---:" if number in right else "---" for number in range(len(heads))) + "|"
    lines = ["| " + " | ".join(str(cell).replace("|", "\\|") for cell in row) + " |" for row in (heads, *rows)]
    return "\n".join([lines[0], rule, *lines[1:]])


def chart(house: House) -> str:
    """Draw rooms on their floors; arrows that a longer way says as well are left out."""
    height, lines = floors(house.arrows), ["```mermaid", "flowchart TD"]
    node = {room: room.strip("_") for room in house.rooms}
    for floor in range(max(height.values()), -1, -1):
        there = sorted(room for room in height if height[room] == floor)
        lines.append(f'  subgraph floor{floor}["floor {floor}"]')
        lines += [f'    {node[room]}["{label(room)}"]' for room in there]
        lines.append("  end")
    for room in sorted(house.rooms, key=lambda room: (-height[room], room)):
        if below := sorted(direct(house.arrows)[room], key=lambda to: (-height[to], to)):
            lines.append(f"  {node[room]} --> {' & '.join(node[to] for to in below)}")
    return "\n".join([*lines, "```"])


def rooms_table(house: House) -> str:
    """Return every room with its floor, what it is, its size, and its arrows both ways."""
    height, rows = floors(house.arrows), []

    def names(rooms: Iterable[str]) -> str:
        return ", ".join(f"`{label(room)}`" for room in sorted(rooms, key=lambda room: (-height[room], room)))

    for room in sorted(house.rooms, key=lambda room: (-height[room], room)):
        files = house.rooms[room]
        users = [other for other, tos in house.arrows.items() if room in tos]
        ends = (names(house.arrows[room]), names(users))
        rows.append((f"`{label(room)}`", height[room], sentence(files), len(files), *ends))
    heads = ("room", "floor", "what it is", "files", "imports from", "imported by")
    return table(heads, rows, (1, 3))


def measured(house: House) -> tuple[object, ...]:
    """Return what MEASURES names."""
    (lines, file), (code, function) = house.longest_file(), house.longest_function()
    return (
        len(house.rooms),
        max(floors(house.arrows).values()) + 1,
        sum(map(len, house.arrows.values())),
        len(house.loose),
        f"{lines} (`{file}`)",
        f"{code} (`{function}`)",
        len(circles(house.arrows)),
        len(circles(house.imports)),
        len(back_up(house.arrows)),
    )


def places() -> list[dict[str, str]]:
    """Return the rows of "To change X, open Y"."""
    return list(csv.DictReader(PLACES.read_text(encoding="utf-8").splitlines()))


def place(row: Mapping[str, str]) -> str:
    """Write where to go as a link; `path::name`."""
    told = row["path"] + (f"::{row['name']}" if row["name"] else "")
    return f"[`{told}`](../{'src/hinterland/' if (SOURCE / row['path']).exists() else ''}{row['path']})"


def page() -> str:
    """Return the page."""
    house = House.read(SOURCE)
    among = len(circles(house.arrows)) + len(circles(house.imports))
    now = zip(MEASURES, BEFORE, measured(house), strict=True)
    parts = [
        HEAD.format(up=len(back_up(house.arrows)) or "no", circles=among or "no"),
        "## The rooms and their floors",
        "Who imports whom, drawn without the arrows that a longer way says as well.",
        chart(house),
        rooms_table(house),
        "## Before and after",
        f"Before: commit {COMMIT}, the last without these folders. After: this code. Docstrings, comments and empty\n"
        "lines are not counted as lines of a function.",
        table(("measure", "before", "after"), now, (1, 2)),
        "## To change X, open Y",
        "Paths begin at `src/hinterland/`, those of pages at the top of the repository.\n"
        "路径以 `src/hinterland/` 为起点，文档以仓库根目录为起点。",
        table(("what", "改什么", "open"), [(row["en"], row["zh"], place(row)) for row in places()]),
    ]
    return "\n\n".join(parts) + "\n"


def main() -> None:
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
