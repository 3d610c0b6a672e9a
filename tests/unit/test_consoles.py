"""Consoles of every kind: no traceback for letters that one cannot write, for a reader who has left, a full disk."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from hinterland.cli import consoles

ENCODINGS = ("gbk", "cp1252", "ascii")
COMMANDS = (
    ("data", "list", "--lang", "zh"),
    ("policies", "show", "hukou_reform"),
    ("nonsense", "--lang", "zh"),
    ("help", "run", "--lang", "zh"),
)


def started(*arguments: str, **environment: str) -> subprocess.Popen[bytes]:
    """A command in a process of its own, whose console has an encoding."""
    return subprocess.Popen(
        [sys.executable, "-m", "hinterland", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "LANG": "C.UTF-8", **environment},
    )


def answered(*arguments: str, **environment: str) -> tuple[int, bytes, bytes]:
    process = started(*arguments, **environment)
    out, err = process.communicate(timeout=120)
    return process.returncode, out, err


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])
def test_a_console_of_few_letters_gets_an_answer_in_its_own(words: tuple[str, ...], encoding: str):
    code, out, err = answered(*words, PYTHONIOENCODING=encoding)
    assert code == (2 if words[0] == "nonsense" else 0)
    assert b"Traceback" not in err
    told = (out or err).decode(encoding)  # every letter is one of the console
    assert told.strip()
    if (encoding, words[0]) == ("gbk", "data"):
        assert "经济体" in told


def test_json_keeps_every_letter_whatever_the_console():
    _, plain, _ = answered("policies", "list", "--format", "json", "--lang", "zh", PYTHONIOENCODING="utf-8")
    code, out, err = answered("policies", "list", "--format", "json", "--lang", "zh", PYTHONIOENCODING="ascii")
    assert (code, err) == (0, b"")
    assert out.isascii()
    assert json.loads(out) == json.loads(plain)


def test_chinese_that_was_not_insisted_on_gives_way_to_english():
    _, out, err = answered("help", "run", LC_ALL="zh_CN.UTF-8", PYTHONIOENCODING="ascii")
    assert (b"Options" in out, err) == (True, b"")
    _, out, err = answered("help", "run", "--lang", "zh", PYTHONIOENCODING="ascii")
    assert (b"?" in out, b"PYTHONIOENCODING=utf-8" in err) == (True, True)


def test_a_plain_locale_of_posix_is_served():
    code, out, err = answered("policies", "show", "transport", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert (code, bool(out), err) == (0, True, b"")


@pytest.mark.parametrize("words", [("data", "list"), ("policies", "list", "--format", "json"), ("--help",)])
def test_a_reader_who_leaves_ends_the_command_without_a_word(words: tuple[str, ...]):
    process = started(*words)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()  # before anything is written
    err = process.stderr.read()
    process.stderr.close()
    assert (process.wait(timeout=120), err) == (consoles.LEFT, b"")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no full device here")
def test_a_full_disk_is_one_message():
    for lang, word in (("en", b"Check the space"), ("zh", "磁盘空间".encode())):
        with open("/dev/full", "w") as full:
            process = subprocess.run(
                [sys.executable, "-m", "hinterland", "data", "list", "--lang", lang],
                stdout=full,
                stderr=subprocess.PIPE,
                env={**os.environ, "LANG": "C.UTF-8"},
                check=False,
            )
        assert process.returncode == 2
        assert word in process.stderr
        assert b"Traceback" not in process.stderr


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_a_closed_stream_is_no_error(closed: str):
    done = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m hinterland data list {closed}"], capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize(
    ("letters", "plain"),
    [("9 – 10", "9 - 10"), ("→", "->"), ("≥ 30％", ">= 30%"), ("Δ x", "d  x"), ("中", "?"), ("é", "e"), ("½", "1/2")],
)
def test_a_letter_is_replaced_by_what_can_be_read(letters: str, plain: str):
    consoles.open_consoles()
    assert letters.encode("ascii", errors="readable").decode() == plain


def test_letters_by_number_are_read_back_as_json():
    consoles.open_consoles()
    words = "腹地 – 𠀀"
    written = json.dumps(words, ensure_ascii=False).encode("ascii", errors="by_number")
    assert json.loads(written) == words
