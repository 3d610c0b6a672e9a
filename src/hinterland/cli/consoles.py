"""Consoles of every kind: letters that one cannot write are replaced, and a reader who has left ends the program."""

from __future__ import annotations

import codecs
import os
import sys
import unicodedata
from io import TextIOWrapper

# Readable equivalents of letters beyond an old console's; of anything else what Unicode composes it of, else a mark.
PLAIN = str.maketrans(
    {
        **dict.fromkeys("–—―‐‑‒−─━", "-"),
        **dict.fromkeys("“”„″", '"'),
        **dict.fromkeys("‘’′", "'"),
        **dict.fromkeys("│┃", "|"),
        **dict.fromkeys("×✕", "x"),
        "→": "->",
        "←": "<-",
        "Δ": "d ",
        "≥": ">=",
        "≤": "<=",
        "≈": "~",
        "…": "...",
        "·": ".",
        "±": "+-",
        "，": ",",
        "。": ".",
        "；": ";",
        "：": ":",
        "（": "(",
        "）": ")",
        "、": ",",
        "％": "%",
        "✓": "+",
        "✔": "+",
        "✗": "x",
        "✘": "x",
        "█": "#",
        "▇": "#",
        "■": "#",
        "●": "*",
        "○": "o",
        "∞": "inf",
        "⁄": "/",
    }
)
WRITTEN = "\u4e2d"  # a letter that a console of Chinese can write
ASCII = "ascii_only"
LEFT = 141  # what a shell reports of a program whose reader has left: 128 and the number of the signal


def open_consoles(form: str = "") -> None:
    """Let standard output and error write what they can, and replace the rest; JSON keeps every letter by its number.

    A stream that is closed becomes one that nobody reads.
    """
    codecs.register_error("readable", readable)
    codecs.register_error("by_number", by_number)
    codecs.register(ascii_of_our_own)
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115  (as long as the program lasts)
        elif isinstance(stream, TextIOWrapper) and stream.errors in ("strict", "backslashreplace", "surrogateescape"):
            plain = codecs.lookup(stream.encoding).name == "ascii"
            way = "by_number" if form == "json" and name == "stdout" else "readable"
            stream.reconfigure(encoding=ASCII if plain else stream.encoding, errors=way)


def ascii_of_our_own(name: str) -> codecs.CodecInfo | None:
    """Return ASCII under a name of our own: typer takes a console of plain ASCII for one of UTF-8 without asking."""
    if name != ASCII:
        return None
    known = codecs.lookup("ascii")
    ways = (known.encode, known.decode, known.streamreader, known.streamwriter)
    return codecs.CodecInfo(*ways, known.incrementalencoder, known.incrementaldecoder, name=ASCII)


def writes_chinese() -> bool:
    """Whether standard output can write Chinese letters."""
    try:
        WRITTEN.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def readable(error: UnicodeError) -> tuple[str, int]:
    """Replace letters that a console cannot write by ones that it can."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    letters = [in_letters_of(letter, error.encoding) for letter in error.object[error.start : error.end]]
    return "".join(letters), error.end


def in_letters_of(letter: str, encoding: str) -> str:
    """Return an equivalent of a letter in an encoding; a question mark where there is none."""
    parts = unicodedata.normalize("NFKD", letter).translate(PLAIN)
    for way in (letter.translate(PLAIN), parts, "".join(part for part in parts if not unicodedata.combining(part))):
        try:
            way.encode(encoding)
        except UnicodeEncodeError:
            continue
        if way:
            return way
    return "?"


def by_number(error: UnicodeError) -> tuple[str, int]:
    r"""Write letters that a console cannot by their numbers, as JSON reads them: \u4e2d."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    units = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2)), error.end


def leave() -> int:
    """Let nothing more be written, after the reader has left; return the exit code that says so."""
    for stream in (sys.stdout, sys.stderr):
        try:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        except (OSError, ValueError, AttributeError):
            continue
    return LEFT
