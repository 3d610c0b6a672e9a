"""Names and numbers of any length end in words and exit code 2."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize("length", [256, 60_000])
@pytest.mark.parametrize("words", [("run",), ("compare",), ("report",), ("scenarios", "check")])
def test_a_name_that_no_file_can_have_is_refused(command, words: tuple[str, ...], length: int):
    for lang, said in (("en", "shorter name"), ("zh", "较短的名称")):
        code, out, err = command(
            *words, "a" * length, *(["dual_transfer"] if words == ("compare",) else []), "--lang", lang
        )
        assert (code, out) == (2, "")
        assert said in err
        assert len(err) < 400


@pytest.mark.parametrize("digits", [400, 5_000])
def test_a_number_that_no_float_can_hold_is_refused(command, digits: int):
    code, out, err = command("run", "dual_transfer", "--set", f"in_place.access={'9' * digits}")
    assert (code, out) == (2, "")
    assert "in_place.access" in err
