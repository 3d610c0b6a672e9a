"""The studio's answers: what a state shows, what its link holds, who may ask, what is told of what is wrong."""

from __future__ import annotations

import ast
import base64
import csv
import io
import json
import random
import re
import socket
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from tests.tools import tool

import hinterland as hl
from hinterland.errors import DataError, Problem
from hinterland.policy.strength import MEASURED, STRENGTHS
from hinterland.report import diagnosis, first_screen
from hinterland.studio import api, levers, link, serve
from hinterland.studio.api import VIEWS, State
from hinterland.studio.app import build
from hinterland.studio.guard import POLICY
from hinterland.studio.scenarios import changed, said
from hinterland.texts import LANGUAGES, table, text

HERE = Path(hl.__file__).parent / "studio"
PAGE = HERE / "page"
MOST_LINES, WIDEST = 900, 100
PUBLIC = {"hinterland", "hinterland.errors", "hinterland.texts"}
LEVERS = sorted(set(hl.schema.instruments()) - {"measured_change"})


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(build(), base_url="http://127.0.0.1:8765") as opened:
        yield opened


def answer(client: TestClient, state: dict[str, Any], sequence: int = 1) -> dict[str, Any]:
    reply = client.post("/api/answer", json={"state": state, "sequence": sequence})
    assert reply.status_code == 200, reply.text
    return reply.json()


def block(found: dict[str, Any], name: str) -> dict[str, Any]:
    return next(of for of in found["blocks"] if of["id"] == name)


def refused(client: TestClient, path: str, content: Any, status: int = 422) -> str:
    reply = client.post(path, json=content)
    assert reply.status_code == status, reply.text
    return " ".join(reply.json()["problems"])


# Where it is served.


def test_a_port_that_is_taken_is_named_with_the_next_that_is_free(command):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(DataError, match=f"port {port} is taken") as error:
            serve.require_free(port)
        offered = int(re.findall(r"--port (\d+)", error.value.text("en"))[0])
        serve.require_free(offered)
        code, _, err = command("studio", "--port", str(port), "--lang", "zh")
        assert code == 2
        assert f"--port {offered}" in err
    for wrong in ("0", "70000"):
        assert command("studio", "--port", wrong)[0] == 2


# What is shown.


def test_an_answer_bears_the_number_of_its_question_and_the_numbers_of_a_run(client):
    found = answer(client, {"lang": "en", "variable": "real_income"}, sequence=41)
    assert found["sequence"] == 41
    seen = hl.glance("dual_transfer")
    cards, tiles = (next(of for of in found["blocks"] if of["kind"] == kind) for kind in ("cards", "map"))
    assert [of["change"] for of in cards["cards"]] == [
        of.change for of in hl.cards(seen, [card["key"] for card in cards["cards"]])
    ]
    drawn = {of["code"]: of["words"] for of in tiles["tiles"] if of["words"]}
    values = dict(zip(seen.codes, seen.provinces.change["real_income"], strict=True))
    assert set(drawn) == set(values)
    assert all(
        abs(float(words.replace("\N{MINUS SIGN}", "-")) - 100 * values[code]) < 0.01 for code, words in drawn.items()
    )


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("view", VIEWS)
def test_every_view_answers_in_its_language_without_a_key_in_sight(client, view: str, lang: str):
    state = {"lang": lang, "view": view, "compare": [{"preset": "northeast_revival"}]}
    found = answer(client, state)
    assert found["blocks"]
    shown = json.dumps([of for of in found["blocks"] if of["kind"] != "code"], ensure_ascii=False)
    assert not re.search(r'"(title|sentence|name)": "(studio|chart|column)\.', shown)
    titles = " ".join(str(of["title"]) for of in found["blocks"])
    assert bool(re.search("[\u4e00-\u9fff]", titles)) == (lang == "zh")


def test_each_of_the_22_instruments_is_a_lever_with_range_unit_and_evidence(client):
    for lang in LANGUAGES:
        start = client.get("/api/start", params={"lang": lang}).json()
        assert sorted(of["key"] for of in start["instruments"] if of["offered"]) == LEVERS
        assert len(LEVERS) == 22
        for of in start["instruments"]:
            size = next(value for value in of["values"] if value["name"] == of["size"])
            assert size["low"] < size["high"]
            assert 0 < size["step"] <= size["high"] - size["low"]
            assert of["help"]
            assert of["evidence"] in {text(f"strength.{mark}", lang) for mark in (*STRENGTHS, MEASURED)}


def test_who_asks_for_the_words_while_they_are_being_made_waits_and_nothing_is_made_twice():
    levers._start.cache_clear()
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(levers.start, ["en"] * 4))
    assert all(of is found[0] for of in found)
    assert levers._start.cache_info().misses == 1


@pytest.mark.parametrize("instrument", LEVERS)
def test_an_instrument_alone_is_a_scenario(client, instrument: str):
    scenario = {"economy": "china-2020", "policies": {"one": {"instrument": instrument}}}
    found = answer(client, {"lang": "zh", "scenario": scenario})
    assert [of["label"] for of in found["levers"]] == ["one"]
    assert found["levers"][0]["cost"]


def test_policies_keep_their_order_and_other_elasticities_their_values(client):
    policies = {"z": {"instrument": "transport"}, "a": {"instrument": "market_reform"}}
    scenario = {"economy": "china-2020", "elasticities": {"migration_elasticity": 2.5}, "policies": policies}
    found = answer(client, {"scenario": scenario})
    opened = client.post("/api/open", json={"link": found["link"]}).json()["state"]
    assert list(opened["scenario"]["policies"]) == ["z", "a"]
    assert opened["scenario"]["elasticities"] == {"migration_elasticity": 2.5}
    assert opened == found["state"]


def test_a_change_of_a_ready_scenario_says_so_and_going_back_is_the_same_scenario(client):
    first = answer(client, {"lang": "en"})
    state = json.loads(json.dumps(first["state"]))
    state["scenario"]["policies"]["in_place"]["access"] = 0.9
    moved = answer(client, state)
    assert moved["title"] == first["title"] + text("edit.title", "en")
    assert moved["link"] != first["link"]
    state["scenario"]["policies"]["in_place"]["access"] = 0.5
    assert answer(client, state) == first


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("preset", ["dual_transfer", "migration_2000_2005"])
def test_cards_are_called_and_counted_as_the_terminal_does(client, preset: str, lang: str):
    cards = block(answer(client, {"preset": preset, "lang": lang}), "headline")["cards"]
    lines = first_screen.headline(hl.run(preset), lang).rows
    told = [(line, of) for of in cards for line in lines if line[0].startswith(of["name"])]
    assert len(told) >= 3
    for (_, before, after, *_), of in told:
        assert (before, after) == (of["before"], of["after"].split(" ")[0])
    assert text("unit.relative level", lang) not in json.dumps(cards, ensure_ascii=False)


def test_the_first_view_says_who_gains_and_what_it_costs_whom(client):
    found = block(answer(client, {"lang": "en"}), "headline")
    whole = client.post("/api/part", json={"state": {"lang": "en"}, "block": "headline"}).json()
    said = [words.replace("\N{MINUS SIGN}", "-") for words in whole["said"]]
    assert said == hl.answered(hl.run("dual_transfer"), "en")
    assert said[0].startswith(found["said"][0].replace("\N{MINUS SIGN}", "-").partition(" %")[0])
    assert said[1] == found["said"][1]
    assert "residents lose" in found["said"][0]
    assert all(who in found["said"][1] for who in ("bn CNY a year", "centre", "province", "people"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_policy_that_has_ended_costs_nothing_after_its_end(client, lang: str):
    policies = {"a": {"instrument": "fiscal_transfer", "end": 2027}, "b": {"instrument": "transport"}}
    (ended, lasting) = answer(client, {"lang": lang, "scenario": {"policies": policies}})["levers"]
    values = dict.fromkeys(("cost", "end", "year"), "~")
    assert all(words in ended["cost"] for words in text("studio.cost.ended", lang, **values).split("~"))
    assert "2027" in ended["cost"]
    assert "2027" not in lasting["cost"]
    assert lasting["years"] == {"start": [2021, 2050], "end": [2030, 2050]}  # five years of building, five of ramp


def test_only_what_stands_on_one_base_year_is_compared_and_offered(client):
    other = [{"preset": "northeast_revival"}, {"preset": "previous_round"}]
    found = answer(client, {"lang": "en", "view": "compare", "compare": other})
    pins, chart = block(found, "pins"), block(found, "compare")
    assert "china-2000" in pins["names"][2]
    assert "china" not in pins["names"][1]
    assert {row["scenario"] for rows in chart["data"].values() for row in rows} == set(pins["names"][:2])
    assert [of["key"] for of in pins["ready"]] == [name for name in hl.presets() if name != "previous_round"]


def test_a_base_year_that_was_edited_says_so_in_the_language_of_the_page(client):
    state = {"lang": "zh", "scenario": {"policies": {}, "elasticities": {"migration_elasticity": 2.5}}}
    about = block(answer(client, state), "headline")["about"]
    assert about.startswith("china-2020（已由用户改动）：")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_facts_are_worded_once(client, lang: str):
    shown = block(answer(client, {"lang": lang, "view": "stand"}), "facts")["table"]["rows"]
    printed = diagnosis.facts(lang).tables()["facts"].rows
    assert [(row[0], row[2], row[3], row[5]) for row in shown] == [(row[1], row[2], row[3], row[4]) for row in printed]


@pytest.mark.parametrize("block", ["headline", "flows", "gains", "instruments", "channels", "range", "again", "fan"])
def test_a_block_is_worked_out_in_full_when_it_is_asked_for(client, block: str):
    found = client.post("/api/part", json={"state": {"lang": "en"}, "block": block}).json()
    assert found["id"] == block
    assert not found["more"]
    if found["kind"] == "cards":
        assert all(of["spread"] for of in found["cards"])


def test_what_each_policy_adds_sums_to_the_total(client):
    found = client.post("/api/part", json={"state": {"lang": "en"}, "block": "instruments"}).json()
    *parts, total = [[float(cell.replace("\N{MINUS SIGN}", "-")) for cell in row[1:]] for row in found["table"]["rows"]]
    assert [round(sum(column), 2) for column in zip(*parts, strict=True)] == pytest.approx(total, abs=0.02)


# The permalink.


@pytest.mark.parametrize("preset", hl.presets())
def test_the_link_of_a_ready_scenario_is_short_and_holds_all_of_it(client, preset: str):
    found = answer(client, {"preset": preset})
    assert len(found["link"]) <= 2048
    held = link.decoded(found["link"])["scenario"]["policies"]
    assert list(held) == list(hl.read(preset).policies)
    assert client.post("/api/open", json={"link": found["link"]}).json()["state"] == found["state"]


def some_value(of: Any, draw: random.Random) -> Any:
    if of.kind == "number":
        return draw.uniform(of.minimum, of.maximum)
    if of.kind == "integer":
        return draw.randint(int(of.minimum), int(of.maximum))
    if of.kind == "choice":
        return draw.choice(of.known)
    if of.kind == "shares":
        return {"centre": draw.random(), "人": draw.random()}
    return draw.sample(["West", "四川", "gdp_per_head < 0.6 * national", "<script>", "\U0001f600", ""], 3)


def random_state(draw: random.Random) -> dict[str, Any]:
    policies = {}
    for number in range(draw.randint(0, 6)):
        instrument = draw.choice(LEVERS)
        entries = hl.schema.values(instrument).values()
        chosen = {of.name: some_value(of, draw) for of in entries if draw.random() < 0.7}
        policies[f"{instrument}_{number}"] = {"instrument": instrument, **chosen}
    scenario = {"economy": draw.choice(["china-2020", "china-2010"]), "policies": policies}
    return {"lang": draw.choice(LANGUAGES), "view": draw.choice(VIEWS), "year": draw.randint(0, 3000)} | {
        "scenario": scenario
    }


def test_ten_thousand_random_scenarios_come_back_as_they_were():
    draw = random.Random(16)
    for _ in range(10_000):
        state = random_state(draw)
        fragment = link.encoded(state)
        assert link.decoded(fragment) == state
        assert link.encoded(link.decoded(fragment)) == fragment


def packed(content: bytes, version: int = link.VERSION) -> str:
    return base64.urlsafe_b64encode(bytes([version]) + zlib.compress(content)).decode().rstrip("=")


GOOD = link.encoded({"lang": "zh"})
BAD_LINKS = {
    "too_long": "A" * (link.LONGEST + 1),
    "letters": GOOD[:4] + "<script>",
    "cut": GOOD[:-6],
    "damaged": GOOD[:8] + ("A" if GOOD[8] != "A" else "B") + GOOD[9:],
    "version": packed(b"{}", version=9),
    "bomb": packed(b" " * (link.LARGEST + 1)),
    "unknown": packed(b'{"lang":"fr"}'),
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", BAD_LINKS)
def test_a_bad_link_is_told_by_name_and_never_opened(client, kind: str, lang: str):
    told = refused(client, "/api/open", {"link": BAD_LINKS[kind], "lang": lang})
    template = text(
        f"studio.link.{kind}", lang, **dict.fromkeys(("found", "most", "value", "known", "where", "why"), "~")
    )
    assert all(piece.strip() in told for piece in template.split("~"))


@pytest.mark.parametrize("content", [b"[]", b"null", b"1e999", b'{"a":NaN}', b"{" * 5000, b"\xff\xfe", b""])
def test_what_is_no_record_is_damaged(content: bytes):
    with pytest.raises(DataError, match="damaged"):
        link.decoded(packed(content))


def test_no_prefix_and_no_changed_letter_of_a_link_is_opened_as_something_else():
    state = {"lang": "zh", "scenario": {"policies": {"a": {"instrument": "transport", "speed": 300.0}}}}
    fragment = link.encoded(state)
    for at in range(len(fragment)):
        for broken in (fragment[:at], fragment[:at] + ("A" if fragment[at] != "A" else "B") + fragment[at + 1 :]):
            try:
                assert link.decoded(broken) == state  # a bit that no byte holds
            except DataError:
                continue


def test_a_link_of_another_version_says_so(client):
    held = {"version": "0.0.1", "lang": "en"}
    opened = client.post("/api/open", json={"link": link.encoded(held), "lang": "en"}).json()
    assert "0.0.1" in opened["remarks"][0]
    told = refused(client, "/api/open", {"link": link.encoded(held | {"preset": "gone"}), "lang": "en"})
    assert "gone" in told
    assert "0.0.1" in told


# What is wrong.


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_refused_scenario_is_told_in_words_with_every_problem(client, lang: str):
    policies = {"a": {"instrument": "transport", "sped": 1}, "b": {"instrument": "tax_incentive", "rate": 30}}
    told = refused(client, "/api/answer", {"state": {"lang": lang, "scenario": {"policies": policies}}})
    assert "speed" in told
    assert {"zh": "优惠税率", "en": "tax rate"}[lang] in told
    assert "policies." not in told


def test_messages_of_the_page_advise_no_terminal_and_name_what_stands_on_it(client):
    policies = {"first": {"instrument": "hukou_reform", "to": ["火星"]}}
    told = refused(client, "/api/answer", {"state": {"lang": "zh", "scenario": {"policies": policies}}})
    assert "“户籍制度改革”的“目标地区”" in told
    assert "hinterland " not in told
    assert "first" not in told
    wrong = refused(client, "/api/answer", {"state": {"lang": "zh", "view": "nowhere", "strange": 1}})
    assert not re.search("input|permitted", wrong)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_only_a_terminal_can_do_stands_apart_in_every_message_of_a_scenario(lang: str):
    own = [key for key in table() if key.startswith(("policy.", "scenario.", "target.", "link."))]
    assert not [key for key in own if "`hinterland " in table()[key][lang] and not key.endswith(".terminal")]
    problem = Problem("scenario.not_a_mapping", {"place": "own.yaml"})
    assert "hinterland scenarios show" in problem.text(lang)
    assert problem.text(lang).startswith(problem.text(lang, terminal=False))
    assert "hinterland" not in problem.text(lang, terminal=False)


def test_a_file_of_thousands_of_policies_is_refused_before_any_is_read(client):
    lines = [f"  a{number}: {{instrument: talent}}" for number in range(8000)]
    content = "\n".join(["economy: china-2020", "policies:", *lines])
    assert "100" in refused(client, "/api/file", {"content": content, "lang": "en"})


@pytest.mark.parametrize("place", ["/root/nowhere.npz", "../../secret.nc", "my_own"])
def test_a_file_opens_nothing_of_this_machine_and_tells_not_what_is_there(client, place: str):
    said = {refused(client, "/api/file", {"content": f"economy: {of}\n", "lang": "en"}) for of in (place, "/etc.npz")}
    assert len(said) == 1
    assert place not in said.pop()


def test_pages_of_others_are_not_answered_without_an_origin_either(client):
    for site, status in (("cross-site", 403), ("same-site", 403), ("same-origin", 200), ("none", 200)):
        assert client.get("/api/warm", headers={"sec-fetch-site": site}).status_code == status
    assert client.get("/", headers={"sec-fetch-site": "cross-site"}).status_code == 200  # a link that is followed


@pytest.mark.parametrize("value", ["NaN", "1e999", "1" * 400, '"\\ud800"'])
def test_numbers_and_letters_that_are_none_are_refused_in_words(client, value: str):
    policies = {"a": {"instrument": "talent", "years": "value"}}
    body = json.dumps({"state": {"lang": "en", "scenario": {"policies": policies}}}).replace('"value"', value)
    reply = client.post("/api/answer", content=body, headers={"content-type": "application/json"})
    assert reply.status_code in (400, 422)
    assert all(len(words) < 500 for words in reply.json()["problems"])


def test_a_number_of_thousands_of_digits_in_a_file_is_refused(client):
    content = f"policies:\n  a: {{instrument: talent, years: {'1' * 5000}}}\n"
    assert "digits" in refused(client, "/api/file", {"content": content, "lang": "en"})


def test_what_is_not_there_is_told_in_the_form_of_every_refusal(client):
    assert client.get("/api/nothing").json()["problems"]
    assert client.get("/api/answer").json()["problems"]


def test_a_series_is_read_in_one_unit_in_every_year():
    found = hl.charts.over_years("gdp_rev4census", "zh")
    assert len({(of.reading.factor, of.reading.unit) for of in found.values()}) == 1
    year = min(found)
    first, last = (found[of].scaled["370000"] / hl.series("gdp_rev4census", of)["370000"] for of in (year, max(found)))
    assert first == pytest.approx(last, rel=1e-12)


def test_a_scenario_that_is_changed_on_the_page_is_called_as_the_command_calls_it():
    """No two are called alike, so that their tables may stand together; what is the user's is said to be."""
    base = hl.read("dual_transfer")
    whole = base.to_mapping()
    for access in (0.4, 0.8):
        given = {key: whole[key] for key in ("economy", "policies")}
        given["policies"] = whole["policies"] | {"in_place": whole["policies"]["in_place"] | {"access": access}}
        ours, theirs = changed(base, given), base.with_values({"in_place.access": access})
        assert (ours.name, ours.title, ours.about) == (theirs.name, theirs.title, theirs.about)
        assert f"in_place.access={access}" in ours.name
    fewer = {name: of for name, of in whole["policies"].items() if name != "talent"}
    assert "talent" in changed(base, {"economy": whole["economy"], "policies": fewer}).name
    assert changed(base, said(base, base.name)) is base


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_maps_of_a_path_have_its_numbers(client, lang: str):
    state = {"lang": lang, "variable": "real_gdp", "opened": ["map_by_year"]}
    block = client.post("/api/part", json={"state": state, "block": "map_by_year"}).json()
    rows = hl.path("dual_transfer").by("region").query("variable == 'real_gdp'").set_index(["year", "region"])["change"]
    assert [*block["frames"]] == [str(year) for year in range(2021, 2051)]
    for year in (2021, 2033, 2050):
        numbers = {code: of[0] for code, of in zip(block["codes"], block["frames"][str(year)], strict=True) if of[1]}
        assert numbers == pytest.approx({code: 100 * rows[year, code] for code in numbers}, rel=1e-12)
        assert len(numbers) == 31


def test_years_of_the_page_are_those_of_people_who_look_ahead_where_the_scenario_says_so(client):
    policies = {"hukou": {"instrument": "hukou_reform", "to": ["West"], "access": 0.4, "start": 2028}}
    given = {"policies": policies, "horizon": 14, "expectations": "foresight"}
    state = {"lang": "en", "preset": "", "scenario": given, "opened": ["years"]}
    reply = client.post("/api/part", json={"state": state, "block": "years"}).json()
    assert "know the years to come" in reply["sentence"]
    assert any("2025" in row for row in reply["table"]["rows"])


def test_rank_and_size_are_of_a_year_in_which_every_province_has_its_figure(client):
    block = next(of for of in answer(client, {"view": "stand", "lang": "en"})["blocks"] if of["id"] == "rank_size")
    assert len(block["table"]["rows"]) == 31


def test_channels_are_called_channels_though_a_policy_has_the_label_of_one():
    _, rows = hl.contributions(hl.glance("dual_transfer"), "channels", "zh")
    assert rows[0][0] == text("channel.industry_transfer", "zh")


def test_every_instrument_says_who_pays_by_its_rule(client):
    for of in client.get("/api/start").json()["instruments"]:
        assert of["shares"] == hl.schema.payers(of["key"])


def test_a_scenario_file_with_an_unknown_key_names_the_nearest(client):
    content = "name: x\npolicys: {}\n"
    assert "policies" in refused(client, "/api/file", {"content": content, "lang": "en"})
    taken = client.post("/api/file", json={"content": hl.read("liangjiang").to_yaml()}).json()
    assert list(taken["state"]["scenario"]["policies"]) == list(hl.read("liangjiang").policies)
    assert "own.yaml" in refused(client, "/api/file", {"content": "- a", "name": "own.yaml", "lang": "zh"})


@pytest.mark.parametrize("economy", ["/etc/passwd", "../x.npz", "own.nc", "C:\\x.npz", "china-2020/../x"])
def test_no_file_of_this_machine_is_named_in_a_question(client, economy: str):
    state = {"lang": "en", "scenario": {"economy": economy, "policies": {}}}
    told = refused(client, "/api/answer", {"state": state})
    assert "china-2020" in told
    assert refused(client, "/api/answer", {"state": {"lang": "en", "preset": economy}})
    assert refused(client, "/api/file", {"content": f"economy: {economy}\npolicies: {{}}\n", "lang": "en"})


def test_a_question_of_another_form_is_told(client):
    for content in ({}, {"state": {"lang": "fr"}}, {"state": {"unknown": 1}}, {"state": {}, "sequence": -1}, [], "x"):
        assert refused(client, "/api/answer", content)
    assert client.post("/api/answer", content=b"{").status_code == 422
    assert client.post("/api/part", json={"state": {}, "block": "none"}).status_code == 422
    assert client.get("/api/files/none.png", params={"link": GOOD}).status_code == 422
    assert client.get("/api/files/map.png", params={"link": GOOD[:-3]}).status_code == 422


def test_an_error_inside_is_told_without_its_traceback(monkeypatch):
    from hinterland.studio import views

    def broken(*_: object) -> None:
        raise RuntimeError("/secret/path")

    monkeypatch.setattr(views, "answer", broken)
    with TestClient(build(), base_url="http://127.0.0.1:8765", raise_server_exceptions=False) as opened:
        reply = opened.post("/api/answer", json={"state": {"lang": "en"}})
    assert reply.status_code == 500
    assert "secret" not in reply.text
    assert reply.json()["problems"] == [text("studio.failed", "en")]
    assert reply.headers["content-security-policy"] == POLICY


# Who may ask.


def test_every_answer_bears_the_strict_policy(client):
    for path in ("/", "/page/main.js", "/page/style.css", "/api/warm", "/nothing", "/openapi.json"):
        reply = client.get(path)
        assert reply.headers["content-security-policy"] == POLICY, path
        assert reply.headers["x-content-type-options"] == "nosniff"
        assert reply.headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize("path", ["/", "/page/main.js", "/page/style.css", "/api/start", "/charts.js"])
def test_what_is_asked_for_twice_is_the_same_pressed_or_not(client, path: str):
    pressed, again, plain = (client.get(path, headers={"accept-encoding": of}) for of in ("gzip", "gzip", "identity"))
    assert pressed.content == again.content
    assert pressed.headers == again.headers
    assert path == "/" or pressed.headers["content-encoding"] == "gzip"  # which is small
    assert path == "/charts.js" or plain.content == pressed.content


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:8765", "localhost.evil:8765", ""])
def test_another_host_is_refused_before_anything_is_answered(client, host: str):
    assert client.get("/", headers={"host": host}).status_code == 400


def test_another_origin_is_refused(client):
    assert client.get("/api/warm", headers={"origin": "http://evil.example"}).status_code == 403
    assert client.get("/api/warm", headers={"origin": "http://127.0.0.1:8765"}).status_code == 200


def test_a_body_is_counted_before_it_is_parsed(client):
    assert refused(client, "/api/answer", "x" * 2**21, status=413)
    parts = (b"x" * 2**16 for _ in range(32))  # without a length
    assert client.post("/api/answer", content=parts).status_code == 413


@pytest.mark.parametrize("name", ["../app.py", "%2e%2e%2fapp.py", "app.py", ".", "style.css.map", "__init__.py"])
def test_no_file_but_those_of_the_page_is_served(client, name: str):
    assert client.get(f"/page/{name}").status_code == 404


def test_who_comes_when_the_lane_is_full_is_told_to_come_again(monkeypatch):
    from hinterland.studio import lanes

    monkeypatch.setattr(lanes, "LONGEST", 0)
    with TestClient(build(), base_url="http://127.0.0.1:8765") as opened:
        assert refused(opened, "/api/answer", {"state": {"lang": "en"}}, status=429) == text("studio.full", "en")


# What is taken away, and had elsewhere.


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("map.png", b"\x89PNG"),
        ("flows.svg", b"<svg"),
        ("gains.csv", b"\xef\xbb\xbf"),
        ("series.svg", b"<svg"),
        ("panel.csv", b"\xef\xbb\xbf"),
        ("compare.svg", b"<svg"),
        ("tables.xlsx", b"PK"),
        ("report.html", b"<!DOCTYPE html>"),
    ],
)
def test_a_file_is_what_its_name_says(client, name: str, begins: bytes):
    state = {"lang": "en", "compare": [{"preset": "northeast_revival"}]}
    reply = client.get(f"/api/files/{name}", params={"link": answer(client, state)["link"]})
    assert reply.status_code == 200, reply.text
    assert reply.content.lower().startswith(begins.lower())
    assert name in reply.headers["content-disposition"]


def test_the_iamc_table_and_the_scenario_are_those_of_the_run(client):
    fragment = answer(client, {"preset": "central_rise"})["link"]
    rows = list(csv.DictReader(io.StringIO(client.get("/api/files/results.csv", params={"link": fragment}).text)))
    assert rows == list(csv.DictReader(io.StringIO(hl.iamc(hl.run("central_rise")).to_csv(index=False))))
    kept = client.get("/api/files/scenario.yaml", params={"link": fragment}).text
    assert kept == hl.read("central_rise").to_yaml()


def test_a_picture_of_ones_own_polygons_is_drawn_and_its_names_are_no_markup(client):
    side = 1.0
    features = []
    for code, column, row in client.get("/api/start").json()["tiles"]:
        x, y = 80 + column, 50 - row
        ring = [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]
        shape = {"type": "Polygon", "coordinates": [ring]}
        features.append({"type": "Feature", "properties": {"code": code, "name": "<b onclick=x>"}, "geometry": shape})
    content = {"state": {"lang": "en"}, "geojson": json.dumps({"type": "FeatureCollection", "features": features})}
    reply = client.post("/api/outlines", json=content)
    assert reply.status_code == 200, reply.text
    assert "onclick" not in reply.text
    told = refused(client, "/api/outlines", content | {"geojson": "{}"})
    assert "GeoJSON" in told
    assert "/tmp" not in told


# What the page is made of.


def test_the_page_is_small():
    lines = {path.name: path.read_text(encoding="utf-8").splitlines() for path in PAGE.iterdir()}
    assert all(len(line) <= WIDEST for of in lines.values() for line in of)
    assert sum(len(of) for name, of in lines.items() if not name.endswith(".css")) < MOST_LINES
    assert len(lines["style.css"]) < 150


def test_what_is_too_large_or_no_question_is_told_as_what_it_is(client):
    said = refused(client, "/api/file", {"content": "#" * (api.LONGEST_FILE + 1), "lang": "en"})
    assert "256 KB" in said
    assert "body" not in said
    for broken, status in ((b'{"state": nope', 422), (b"\xff{", 400)):
        reply = client.post("/api/answer", content=broken, headers={"content-type": "application/json"})
        assert reply.status_code == status
        assert "JSON" in " ".join(reply.json()["problems"])
    for path, word in (("/api/answer", "1 MB"), ("/api/file", "256 KB"), ("/api/outlines", "borders")):
        large = {"content-length": str(10**9), "accept-language": "en"}
        said = client.post(path, content=b"{}", headers=large).json()["problems"][0]
        assert word in said
        assert ("borders" in said) == (path == "/api/outlines")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_gives_no_advice_that_its_fields_cannot_take(client, lang: str):
    policies = {"line": {"instrument": "transport", "cost": 100.0}}
    said = answer(client, {"lang": lang, "scenario": {"economy": "china-2020", "policies": policies}})["remarks"]
    assert any("100" in one or "1,000" in one for one in said)
    assert not any("bn CNY." in one or "50亿元" in one for one in said)
    policies["line"]["line"] = ["Paris", "Beijing"]
    wrong = {"state": {"lang": lang, "scenario": {"economy": "china-2020", "policies": policies}}}
    said = refused(client, "/api/answer", wrong)
    assert "cities.csv" not in said
    assert text("network.unknown_city.page", lang).strip() in said


def test_a_place_and_a_city_are_offered_with_every_name_by_which_they_are_taken():
    for lang in LANGUAGES:
        start = levers.start(lang)
        hebei = next(of for of in start.places if "130000" in of.also)
        assert {"Hebei", "\u6cb3\u5317", "\u6cb3\u5317\u7701"} <= {hebei.name, *hebei.also}
        beijing = next(of for of in start.cities if of.key == "Beijing")
        assert {"Beijing", "\u5317\u4eac"} <= set(beijing.also)


def test_the_slider_of_an_elasticity_meets_its_default_and_its_ends(client):
    shown = block(answer(client, {"lang": "en", "view": "assumptions"}), "assumptions")["fields"]
    for of in shown:
        steps = [(end - of["low"]) / of["step"] for end in (of["given"], of["high"])]
        assert steps == pytest.approx([round(each) for each in steps], abs=1e-6), of["key"]
    assert levers.step_through(0.0, 0.0, 0.5) == pytest.approx(0.005)
    assert levers.step_through(1.0, 4.0, 12.0) == pytest.approx(0.1)


def test_the_page_makes_no_markup_of_words_and_asks_nobody_else():
    for path in PAGE.iterdir():
        words = path.read_text(encoding="utf-8")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacent|document\.write|eval\(|new Function", words), path
        assert "://" not in words, path


def test_the_studio_imports_public_names_alone():
    for path in HERE.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [str(node.module)] if isinstance(node, ast.ImportFrom) else []
            ours = {name for name in names if name.startswith("hinterland")}
            assert ours <= PUBLIC or all(name.startswith("hinterland.studio") for name in ours - PUBLIC), path


def test_the_pictures_of_the_docs_are_there_and_small():
    pictures = tool("studio_page")
    sizes = [(pictures.FIGURES / name).stat().st_size for name in pictures.names()]
    assert max(sizes) < 250_000
    words = (pictures.FIGURES.parent / "studio.md").read_text(encoding="utf-8")
    shown = set(re.findall(r"figures/(studio_\w+\.png)", words))
    assert shown <= set(pictures.names())


def test_the_description_of_the_api_names_every_question(client):
    described = client.get("/openapi.json").json()
    assert {"/api/answer", "/api/part", "/api/open", "/api/file", "/api/files/{name}"} <= set(described["paths"])
    assert (
        State.model_json_schema()["properties"].keys()
        == described["components"]["schemas"]["State"]["properties"].keys()
    )


@pytest.mark.parametrize(("lang", "words"), [("zh", "高下"), ("en", "the order of")])
def test_a_comparison_says_how_sure_its_order_is_and_who_pays(client, lang: str, words: str):
    state = {
        "lang": lang,
        "view": "compare",
        "preset": "state_and_market",
        "compare": [{"preset": "northeast_revival"}],
    }
    said = client.post("/api/part", json={"state": state, "block": "compare_said"}).json()["sentence"]
    assert words in said
    assert {"zh": "收入口径", "en": "Incomes:"}[lang] in said
