"""A glance gives the numbers of a run, whoever else is asking, and knows the rest of them without solving again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

import hinterland as hl
from hinterland.study import glance as glances
from hinterland.study import run as runs

CHANGED = {  # one value of the main job at a time
    "industry_transfer.gain": 0.025,
    "public_services.increase": 0.04,
    "in_place.access": 0.35,
    "tax_incentive.rate": 0.12,
    "talent.years": 0.15,
    "transport.speed": 300,
}


def names(found: hl.Result, place: str) -> dict[str, np.ndarray]:
    """Return what the tables of a run say of a place, by variable: baseline, value, change."""
    table = found.headline if place == "" else found.regions[found.regions["region"] == place]
    return {row.variable: np.array([row.baseline, row.value, row.change]) for row in table.itertuples()}


@pytest.mark.parametrize("name", hl.presets())
def test_a_glance_says_of_each_preset_what_a_run_says(name: str):
    scenario = hl.read(name)
    seen, found = hl.glance(scenario), hl.run(scenario)
    nation = names(found, "")
    assert list(seen.headline.value) == list(nation)
    for variable, expected in nation.items():
        told = [level[variable] for level in seen.headline[1:]]
        np.testing.assert_allclose(told, expected, rtol=1e-12, atol=1e-12, err_msg=variable)
    assert seen.headline.units == dict(zip(found.headline["variable"], found.headline["unit"], strict=True))
    regions = found.regions.set_index(["variable", "region"])
    for variable in seen.provinces.value:
        expected = regions.loc[variable].loc[list(seen.codes), ["baseline", "value", "change"]].to_numpy().T
        told = [level[variable] for level in seen.provinces[1:]]
        np.testing.assert_allclose(told, expected, rtol=1e-12, atol=1e-12, err_msg=variable)
    assert set(seen.provinces.value) == set(found.regions["variable"])
    assert seen.certificate.residuals == found.certificate.residuals


def test_the_rest_of_a_run_is_not_solved_again(monkeypatch):
    seen = hl.glance("dual_transfer")

    def never(*_: object) -> None:
        raise AssertionError("solved again")

    monkeypatch.setattr(runs, "solve", never)
    monkeypatch.setattr(glances, "solve", never)
    assert seen.result.equilibrium is seen.equilibrium
    told = dict(zip(seen.result.headline["variable"], seen.result.headline["value"], strict=True))
    assert told == pytest.approx(seen.headline.value, rel=1e-14)


def test_threads_get_the_bits_of_one_after_another():
    """Nothing that is kept, and no program, mixes up who asked: four threads, each scenario three times in turn."""
    main = hl.read("dual_transfer")
    scenarios = [main.with_values({key: value}) for key, value in CHANGED.items()]
    forget()
    alone = [bits(hl.glance(scenario)) for scenario in scenarios]
    forget()
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda scenario: bits(hl.glance(scenario)), scenarios * 3))
    assert together == alone * 3


def forget() -> None:
    """Forget where people move: in the company of what other tests asked it has another last bit."""
    from hinterland.study import apply

    apply._MOVERS.clear()


def bits(seen: glances.Glance) -> bytes:
    """Return every bit that a glance tells."""
    numbers = [seen.equilibrium.solved.point, *seen.headline.value.values(), *seen.provinces.value.values()]
    return b"".join(np.asarray(number).tobytes() for number in numbers)


def test_what_is_kept_of_the_base_year_is_nobodys_to_change():
    seen = hl.glance("dual_transfer")
    with pytest.raises(ValueError, match="read-only"):
        seen.provinces.baseline["real_income"][0] = 0.0
    seen.headline.baseline["real_income"] = 0.0
    assert hl.glance("dual_transfer").headline.baseline["real_income"] > 0
