"""What an economy leaves out is read at its neutral value, or refused by name: no policy ends in a KeyError."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import numpy as np
import pytest
from tests.own import own

import hinterland as hl
from hinterland import schema
from hinterland.economy import accounts
from hinterland.economy.implied import cell_value_gc, own_income_c, rents_that_pay_n, welfare_weight_g
from hinterland.economy.load import load
from hinterland.economy.neutral import NEUTRAL, array
from hinterland.instruments import INSTRUMENTS
from hinterland.policy.policy import changes_of
from hinterland.study.variation import households
from hinterland.world.of_economy import model_of

ALL = [name for name in INSTRUMENTS if name != "measured_change"]
MAY_LACK = [name for name in load().arrays if not schema.arrays()[name].required]


def lived_on(economy: hl.Economy) -> np.ndarray:
    return np.concatenate([np.ravel(part) for part in households(economy)])


READ = (
    *(accounts.income_n, accounts.gdp_n, accounts.kept_n, accounts.household_share_n, accounts.services_n),
    *(rents_that_pay_n, accounts.rents_of_homes_n, own_income_c, cell_value_gc, welfare_weight_g, lived_on),
)


def without(economy: hl.Economy, *names: str) -> hl.Economy:
    return replace(economy, arrays={name: of for name, of in economy.arrays.items() if name not in names})


def asked(economy: hl.Economy, name: str) -> str:
    """What a policy says of an economy: nothing where it can be made, else its message."""
    try:
        hl.Scenario(economy, [INSTRUMENTS[name]()])
    except hl.HinterlandError as error:
        return error.text()
    return ""


@pytest.mark.parametrize("lacking", MAY_LACK)
def test_no_policy_and_no_account_asks_for_an_array_that_may_be_left_out(lacking: str, today):
    economy = today if lacking == "efficiency_rj" else without(today, lacking)  # which two residences need
    for name in ALL:
        asked(economy, name)
    for of in READ:
        with suppress(hl.HinterlandError):  # accounts that do not go without what is left out say so by name
            of(economy)


# Neutral values of one block are given together; without inputs there is none that says how much of output is added.
TOGETHER = {"value_added_share_nj": ("input_share_nkj",), "capital_share_nj": ("capital_nj", "ownership_ni")}
TOGETHER |= {"capital_share_nj": (*TOGETHER["capital_share_nj"], "capital_elasticity", "capital_pool_n")}
TOGETHER |= {
    "structures_share_nj": ("land_revenue_n",),
    "local_tax_n": ("central_tax_n", "grant_share_n", "service_elasticity_n", "household_income_nr"),
}

# Arrays whose presence switches a block on.
SWITCHES = {"local_tax_n": "government", "capital_share_nj": "capital", "housing_supply_elasticity_n": "housing"}


@pytest.mark.parametrize("name", [*NEUTRAL, "grant_share_n", "land_share_hj"])
def test_a_neutral_value_that_is_written_out_says_what_is_said_without_it(name: str, today):
    base = without(today, *TOGETHER.get(name, ()))
    if name == "efficiency_rj":  # with one residence it may be left out
        base = own()
    lean = without(base, name)
    full = replace(lean, arrays=dict(lean.arrays) | {name: array(lean, name)})
    for of in READ:
        np.testing.assert_array_equal(of(lean), of(full), err_msg=of.__name__)
    for instrument in ALL:
        if (said := asked(lean, instrument)) != asked(full, instrument):
            assert SWITCHES[name] in said  # a block of nothing is one
        elif not said:
            policy = INSTRUMENTS[instrument]()
            for lever, change in changes_of(policy, lean).items():
                if lever not in ("links", "clusters"):
                    np.testing.assert_array_equal(change, changes_of(policy, full)[lever], err_msg=lever)


def test_the_model_reads_the_same_neutral_values(today):
    """Of blocks that stand without them: land of nobody, one pool for all rents, equal grants."""
    for name, block in (("structures_share_nj", "production"), ("grant_share_n", "government")):
        lean = without(today, name, *TOGETHER.get(name, ()))
        np.testing.assert_array_equal(getattr(model_of(lean).parts[block], name), array(lean, name))
    lean = without(today, "land_share_hj")
    np.testing.assert_array_equal(model_of(lean).people.land_share_hj, array(lean, "land_share_hj"))
