"""What every message must do: name rule, place, finding and remedy, in both languages."""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterable

import pytest

import hinterland as hl


def in_chinese(words: str) -> str:
    """Words of a message in English with places by their Chinese names alone."""
    return re.sub(r"[A-Z][A-Za-z ]+ \(([\u4e00-\u9fff]+)\)", r"\1", words)


def teaches(call: Callable[[], object], english: Iterable[str], chinese: Iterable[str]) -> hl.HinterlandError:
    """The error that `call` raises, after checking that the words stand in its message in each language."""
    with pytest.raises(hl.HinterlandError) as caught:
        call()
    error = caught.value
    told = {lang: error.text(lang) for lang in ("en", "zh")}
    for word in english:
        assert word in told["en"]
    for word in chinese:
        assert word in told["zh"]
    assert any("\u4e00" <= letter <= "\u9fff" for letter in told["zh"])
    assert told["en"].rstrip()[-1] in string.punctuation
    return error
