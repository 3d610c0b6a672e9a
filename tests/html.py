"""What pages have to keep: every element closed in its order, every id once, every reference met, headings in order."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
LOADING = {"src", "srcset", "href", "xlink:href", "data", "action", "poster", "background"}
FORBIDDEN = {"script", "iframe", "object", "embed", "link", "base", "form", "img", "video", "audio"}


class Page(HTMLParser):
    """A page read strictly: `problems` says what is wrong with it, `words` and `tables` what stands in it."""

    def __init__(self, content: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.levels: list[int] = []
        self.problems: list[str] = []
        self.words: list[str] = []
        self.tables: list[list[list[str]]] = []
        self.captions: list[str] = []
        self.labels: list[str] = []
        self.feed(content)
        self.close()
        self.problems += [f"open: {tag}" for tag in self.open]
        self.problems += [f"id twice: {one}" for one in {one for one in self.ids if self.ids.count(one) > 1}]
        self.problems += [f"no such id: {one}" for one in self.targets if one not in self.ids]
        self.problems += [
            f"h{after} after h{before}"
            for before, after in zip([0, *self.levels], self.levels, strict=False)
            if after > before + 1
        ]
        if self.levels.count(1) != 1:
            self.problems.append(f"{self.levels.count(1)} first headings")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)
        known = dict(attrs)
        if len(known) < len(attrs):
            self.problems.append(f"attribute twice: {tag}")
        if tag in FORBIDDEN:
            self.problems.append(f"element: {tag}")
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name in LOADING:
                if not (value or "").startswith("#"):
                    self.problems.append(f"loads: {tag} {name}={value}")
                self.targets.append((value or "")[1:])
            if name.startswith("on"):
                self.problems.append(f"script: {tag} {name}")
        if tag == "th" and known.get("scope") not in ("row", "col"):
            self.problems.append("head of a table without scope")
        if tag == "svg":
            self.labels.append(known.get("aria-label") or "")
        if tag == "table":
            self.tables.append([])
            self.captions.append("")
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append("")
        elif tag in {"h1", "h2", "h3", "h4"}:
            self.levels.append(int(tag[1]))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            self.problems.append(f"closed out of order: {tag}, open: {self.open[-3:]}")
        else:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if "caption" in self.open:
            self.captions[-1] += data
        elif self.open and self.open[-1] in ("td", "th"):
            self.tables[-1][-1][-1] += data

    @property
    def text(self) -> str:
        """All words, with plain spaces."""
        return " ".join("".join(self.words).split())
