"""The permalink: all that a page shows, as a fragment of a URL.

A fragment is a version, then the state as canonical JSON, pressed together, in letters that a URL may hold:
base64url(version byte + zlib(JSON)). The order of keys is that of the records, so that policies keep theirs. What comes
in is a stranger's: it is measured before it is unpacked, and whatever is wrong with it is told by name.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import zlib
from typing import Any
from urllib.parse import unquote

from hinterland.errors import DataError, Problem

VERSION, LAST_VERSION = 1, 32
LONGEST = 8192  # letters of a fragment
LARGEST = 64 * 1024  # bytes of what it holds
LETTERS = re.compile(r"[A-Za-z0-9_-]*")


def encoded(state: dict[str, Any]) -> str:
    """Return a state as a fragment; a DataError where it would be longer than any that is read."""
    held = canonical(state)
    if len(held) > LARGEST:
        raise DataError(Problem("studio.link.bomb", {"most": LARGEST}))
    packed = bytes([VERSION]) + zlib.compress(held, 9)
    fragment = base64.urlsafe_b64encode(packed).decode().rstrip("=")
    if len(fragment) > LONGEST:
        raise DataError(Problem("studio.link.too_much", {"found": len(fragment), "most": LONGEST}))
    return fragment


def canonical(state: Any) -> bytes:
    """Return plain values as the one JSON text that says them in their order; a DataError where they are no JSON."""
    try:
        return json.dumps(state, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, OverflowError, RecursionError) as error:  # numbers that are none, letters that are half
        raise DataError(Problem("studio.no_json")) from error


def decoded(fragment: str) -> dict[str, Any]:
    """Return the state that a fragment holds; a DataError says what is wrong with it."""
    said = unquote(fragment.removeprefix("#"))  # as a browser passes on letters that no link of ours has
    if len(said) > LONGEST:
        raise DataError(Problem("studio.link.too_long", {"found": len(said), "most": LONGEST}))
    if not LETTERS.fullmatch(said):
        wrong = next(letter for letter in said if not LETTERS.fullmatch(letter))
        raise DataError(Problem("studio.link.letters", {"value": f"{wrong!r:.10}"}))
    try:
        packed = base64.urlsafe_b64decode(said + "=" * (-len(said) % 4))
    except (binascii.Error, ValueError) as error:
        raise DataError(Problem("studio.link.cut")) from error
    if not packed:
        raise DataError(Problem("studio.link.cut"))
    if packed[0] != VERSION:  # no program has so many versions: it is no link of ours
        key = "version" if packed[0] < LAST_VERSION else "damaged"
        raise DataError(Problem(f"studio.link.{key}", {"found": packed[0], "known": VERSION}))
    return parsed(unpacked(packed[1:]))


def unpacked(packed: bytes) -> bytes:
    """Return what was pressed together; nothing larger than is allowed is ever made."""
    press = zlib.decompressobj()
    try:
        held = press.decompress(packed, LARGEST + 1)
    except zlib.error as error:
        raise DataError(Problem("studio.link.damaged")) from error
    if len(held) > LARGEST:
        raise DataError(Problem("studio.link.bomb", {"most": LARGEST}))
    if not press.eof:
        raise DataError(Problem("studio.link.cut"))
    if press.unused_data:
        raise DataError(Problem("studio.link.damaged"))
    return held


def parsed(held: bytes) -> dict[str, Any]:
    """Return the mapping that a JSON text says."""
    try:
        state = json.loads(held.decode("utf-8"), parse_constant=refused)
    except (ValueError, RecursionError) as error:
        raise DataError(Problem("studio.link.damaged")) from error
    if not isinstance(state, dict):
        raise DataError(Problem("studio.link.damaged"))
    return state


def refused(constant: str) -> None:
    """Refuse numbers that JSON has not."""
    raise ValueError(constant)
