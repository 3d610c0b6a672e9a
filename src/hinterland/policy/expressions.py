"""The words of a target, such as `West and gdp_per_head < 1.1 * national`: tokens and a tree, never code.

A hand-written tokenizer and a parser by recursive descent, one function a line of the grammar:

    either     = both ("or" both)*
    both       = negated ("and" negated)*
    negated    = "not" negated | comparison
    comparison = sum (("<" | "<=" | ">" | ">=" | "==" | "!=") sum)*
    sum        = product (("+" | "-") product)*
    product    = signed (("*" | "/") signed)*
    signed     = ("+" | "-") signed | atom
    atom       = number | name | quoted name | "(" either ")"

What the names mean is not decided here.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from hinterland.errors import PolicyError, Problem

LONGEST = 200  # characters of one expression
DEEPEST = 20  # parentheses and signs inside one another
COMPARISONS = ("<", "<=", ">", ">=", "==", "!=")
CHAINS = (("<", "<="), (">", ">="))  # two in one direction may follow each other: 0.4 < x < 0.6
WORDS = {"and": "and", "or": "or", "not": "not", "且": "and", "并且": "and", "或": "or", "或者": "or", "非": "not"}

# What a Chinese keyboard gives, one character for one, so that positions stay.
PLAIN = str.maketrans("０１２３４５６７８９．（）＜＞＝！＋－＊／×％“”‘’「」", '0123456789.()<>=!+-*/*%""\'\'""')
SIGNS = {"≤": "<=", "≥": ">=", "≠": "!="}
TOKEN = re.compile(
    r"""\s*(?:(?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?(?:\s*%)?)
    |(?P<name>人均\s+GDP(?![^\W_])|[^\W\d]\w*)
    |(?P<quoted>"[^"]*"|'[^']*')
    |(?P<sign><=|>=|==|!=|[-<>+*/()≤≥≠])
    |(?P<other>\S))""",
    re.VERBOSE,
)
CODE = ("=", "[", "]", "{", "}", ";", "`", ":", "@")
CODE_WORDS = ("import", "lambda", "eval", "exec")
LOOKS = re.compile(
    rf"""[^\w\s-]|__|^-|\s-\s|(?<!\w)(?:{"|".join((*WORDS, *CODE_WORDS))})(?!\w)""",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Token:
    """A piece of the text and its position, counted from one."""

    kind: str  # number, name, quoted, sign, word, other or end
    text: str
    at: int


@dataclass(frozen=True)
class Number:
    """A number as written; six digits may be the code of a province."""

    text: str
    at: int


@dataclass(frozen=True)
class Name:
    """A name: of an indicator inside a comparison, of a place outside."""

    text: str
    at: int


@dataclass(frozen=True)
class Arithmetic:
    """Two numbers and + - * or / between them."""

    sign: str
    left: Node
    right: Node
    at: int


@dataclass(frozen=True)
class Comparison:
    """Two numbers or more, compared one after the other."""

    terms: tuple[Node, ...]
    signs: tuple[str, ...]
    at: int


@dataclass(frozen=True)
class Negated:
    """Whatever is not in a set."""

    of: Node
    at: int


@dataclass(frozen=True)
class Joined:
    """The union (or) or intersection (and) of sets."""

    word: str
    parts: tuple[Node, ...]
    at: int


Node = Number | Name | Arithmetic | Comparison | Negated | Joined


def plain(text: str) -> str:
    """Return the text with signs of a Chinese keyboard made plain; every character keeps its position."""
    return text.translate(PLAIN)


def looks_like_expression(text: str) -> bool:
    """Whether a text that names no place is meant as an expression, and not as a misspelt place."""
    return LOOKS.search(plain(text)) is not None


def tokens(text: str) -> list[Token]:
    """Cut a text into tokens; the last one says where it ends."""
    found = []
    for match in TOKEN.finditer(text):
        group = str(match.lastgroup)
        piece = match[group]
        word = WORDS.get(piece.lower()) if group == "name" else None
        kind, plain = ("word", word) if word else (group, SIGNS.get(piece, piece))
        found.append(Token(kind, plain, match.start(group) + 1))
    return [*found, Token("end", "", len(text) + 1)]


def names_in(node: Node) -> Iterator[Name]:
    """Yield every name in a tree, from left to right."""
    match node:
        case Name():
            yield node
        case Arithmetic(_, left, right, _):
            yield from names_in(left)
            yield from names_in(right)
        case Comparison(parts, _, _) | Joined(_, parts, _):
            for part in parts:
                yield from names_in(part)
        case Negated(of, _):
            yield from names_in(of)


def parse(text: str, where: str) -> Node:
    """Return the tree of an expression, or raise a PolicyError with the position and the piece that is wrong."""
    if len(text) > LONGEST:
        raise PolicyError(
            Problem("policy.target_too_long", {"where": where, "text": text[:40], "found": len(text), "most": LONGEST})
        )
    pieces = tokens(plain(text))
    refuse_code(pieces, text, where)
    refuse_depth(pieces, text, where)
    return Parser(pieces, text, where).whole()


def refuse_code(pieces: list[Token], text: str, where: str) -> None:
    """Raise where a text holds what only code holds: calls, attributes, brackets, assignments."""
    for token, after in itertools.pairwise(pieces):
        called = after.text == "(" or after.text.startswith(".")
        if (
            "__" in token.text
            or (token.kind == "name" and (token.text in CODE_WORDS or called))
            or (token.kind == "other" and token.text in CODE)
        ):
            piece = token.text + (after.text if token.kind == "name" and called else "")
            raise PolicyError(
                Problem("policy.target_code", {"where": where, "text": text, "position": token.at, "found": piece})
            )


def refuse_depth(pieces: list[Token], text: str, where: str) -> None:
    """Raise where parentheses, `not` or signs stand too deep inside one another for the parser to follow."""
    level = run = 0
    for token in pieces:
        level += {"(": 1, ")": -1}.get(token.text, 0)
        run = run + 1 if token.text in ("not", "-", "+") else 0
        if level + run > DEEPEST:
            raise PolicyError(
                Problem(
                    "policy.target_too_deep",
                    {"where": where, "text": text, "position": token.at, "most": DEEPEST},
                )
            )


class Parser:
    """The grammar, one method a line, over a list of tokens that it walks once."""

    def __init__(self, pieces: list[Token], text: str, where: str) -> None:
        self.pieces, self.text, self.where = pieces, text, where
        self.next = 0

    @property
    def token(self) -> Token:
        """The token that comes next."""
        return self.pieces[self.next]

    def taken(self, *texts: str) -> Token | None:
        """Step over the next token if it is one of these, and return it; a quoted text is never one."""
        token = self.token
        if token.kind in ("sign", "word") and token.text in texts:
            self.next += 1
            return token
        return None

    def wrong(self, expected: str) -> PolicyError:
        """Return the error that the next token is not what the grammar wants."""
        key = "policy.target_unfinished" if self.token.kind == "end" else "policy.target_syntax"
        place = {"where": self.where, "text": self.text, "position": self.token.at, "found": self.token.text}
        return PolicyError(Problem(key, {**place, "expected": Problem(expected)}))

    def whole(self) -> Node:
        """Parse everything."""
        node = self.either()
        if self.token.kind != "end":
            raise self.wrong("policy.target_expects_operator")
        return node

    def either(self) -> Node:
        """Parse what `or` joins."""
        parts = [self.both()]
        while self.taken("or"):
            parts.append(self.both())
        return parts[0] if len(parts) == 1 else Joined("or", tuple(parts), parts[0].at)

    def both(self) -> Node:
        """Parse what `and` joins."""
        parts = [self.negated()]
        while self.taken("and"):
            parts.append(self.negated())
        return parts[0] if len(parts) == 1 else Joined("and", tuple(parts), parts[0].at)

    def negated(self) -> Node:
        """Parse what may stand after `not`."""
        if word := self.taken("not"):
            return Negated(self.negated(), word.at)
        return self.comparison()

    def comparison(self) -> Node:
        """Parse one comparison, or a chain of two in one direction."""
        at = self.token.at
        terms, signs = [self.sum()], []
        while sign := self.taken(*COMPARISONS):
            signs.append(sign.text)
            terms.append(self.sum())
        if len(signs) > 2 or (len(signs) == 2 and not any(set(signs) <= set(way) for way in CHAINS)):
            place = {"where": self.where, "text": self.text, "position": at, "found": " ".join(signs)}
            raise PolicyError(Problem("policy.target_chain", place))
        return Comparison(tuple(terms), tuple(signs), at) if signs else terms[0]

    def sum(self) -> Node:
        """Parse a sum or difference."""
        node = self.product()
        while sign := self.taken("+", "-"):
            node = Arithmetic(sign.text, node, self.product(), sign.at)
        return node

    def product(self) -> Node:
        """Parse a product or quotient."""
        node = self.signed()
        while sign := self.taken("*", "/"):
            node = Arithmetic(sign.text, node, self.signed(), sign.at)
        return node

    def signed(self) -> Node:
        """Parse what may stand after a sign; -x is 0 - x."""
        if sign := self.taken("+", "-"):
            return Arithmetic(sign.text, Number("0", sign.at), self.signed(), sign.at)
        return self.atom()

    def atom(self) -> Node:
        """Parse a number, a name or parentheses."""
        token = self.token
        if self.taken("("):
            node = self.either()
            if not self.taken(")"):
                raise self.wrong("policy.target_expects_close")
            return node
        if token.kind not in ("number", "name", "quoted"):
            raise self.wrong("policy.target_expects_term")
        self.next += 1
        if token.kind == "number":
            return Number(token.text, token.at)
        return Name(token.text.strip("\"'").strip() if token.kind == "quoted" else token.text, token.at)
