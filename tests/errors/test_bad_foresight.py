"""What people who look ahead cannot be asked for: what no horizon shows them, limits whose price goes by the year."""

import pytest

import hinterland as hl


def reform(horizon: int, **dates) -> hl.Scenario:
    return hl.Scenario("china-2020", [hl.policies.HukouReform(to=["West"], access=0.4, **dates)], horizon=horizon)


@pytest.mark.parametrize("dates", [{"end": 2045}, {"start": 2038, "ramp": 8}])
def test_what_changes_after_the_horizon_is_refused_with_the_horizon_that_would_do(dates):
    plan = reform(20, **dates)
    with pytest.raises(hl.PolicyError, match=r"hukou_reform .*2045.*`horizon` to 25") as raised:
        hl.path(plan, foresight=True)
    assert "2045 年" in raised.value.problems[0].text("zh")


def test_a_limit_on_people_is_refused_on_every_door(command):
    with pytest.raises(hl.PolicyError, match="capacity"):
        hl.path("great_qinling", foresight=True)
    for words in (["path", "great_qinling", "--foresight"], ["run", "great_qinling", "--set", "预期=预知"]):
        code, out, said = command(*words)
        assert (code, out) == (2, "")
        assert "capacity" in said


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_unknown_expectations_are_told_with_those_there_are(command, lang: str):
    code, out, said = command("path", "border_belt", "--set", "expectations=foresigt", "--lang", lang)
    assert (code, out) == (2, "")
    assert "static" in said
    assert "foresight" in said
