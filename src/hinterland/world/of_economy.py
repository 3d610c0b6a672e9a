"""An economy as a world: its arrays are a setting of the model. A base year that does not balance is refused.

What moves from it to balance would be booked as an effect of the policy (docs/decisions/0015).
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from hinterland import schema
from hinterland.arrays import FloatArray
from hinterland.economy.accounts import (
    has_budgets,
    household_share_n,
    kept_n,
    require_amounts,
    require_sound,
    services_n,
)
from hinterland.economy.content import BASE_YEARS, kept
from hinterland.economy.economy import Economy
from hinterland.economy.implied import land_revenue_share_n, owned_homes_n
from hinterland.economy.services import entitled_services_n
from hinterland.economy.units import LONGEST_NOTE
from hinterland.errors import DataError, Problem
from hinterland.model.levers import Levers
from hinterland.model.model import Model
from hinterland.texts import LANGUAGES
from hinterland.world.assemble import chosen_model
from hinterland.world.balance import BEYOND_ROUNDING, balanced, base_transfer_n, imbalance_nj, worst
from hinterland.world.world import World

BUDGETS = ("local_tax_n", "central_tax_n", "entitled_services_n", "land_revenue_n")
ACCOUNTS = schema.names_of("account")  # which no equation reads


def world_of(economy: Economy) -> World:
    """Return the economy as a world; raise by name where its base year does not balance."""
    require_economy(economy)
    require_balanced(economy)
    model, levers = setting_of(economy)
    return World(labels_of(economy), economy.sectors, model, levers, economy.name, labels=economy.namings)


def require_economy(given: object) -> None:
    """Raise a DataError where what is to be solved is neither an economy nor a world, but the name of one, say."""
    if not isinstance(given, Economy):
        raise DataError(Problem("solve.of_what", {"found": f"{given!r:.80}"}))


def require_balanced(economy: Economy) -> None:
    """Raise a DataError with the places that are farthest from balance, and both ways to it."""
    if not is_even(economy):
        where = worst(base_gap_nj(economy), labels_of(economy))
        values: dict[str, object] = {"place": economy.name, "file": economy.path or "FOLDER", "where": where}
        raise DataError(Problem("economy.unbalanced", {**values, "most": BEYOND_ROUNDING}))


def is_even(economy: Economy) -> bool:
    """Whether a base year balances, but for rounding."""
    return bool(np.abs(base_gap_nj(economy)).max() <= BEYOND_ROUNDING)


@kept(BASE_YEARS)
def base_gap_nj(economy: Economy) -> FloatArray:
    """Return how far a base year is from balance, by region or by region and sector."""
    return imbalance_nj(model_of(economy))


def evened(economy: Economy, way: str) -> Economy:
    """Return the economy with a base year that balances, by kept transfers or by the value added that trade makes.

    No other array is changed, and its notes say what was done. Raises where that way leads nowhere.
    """
    even = balanced(model_of(economy), given_of(economy), way, labels_of(economy))
    new: dict[str, FloatArray] = {"value_added_nj": even.production.value_added_nj}
    if way == "deficits":
        new = {"transfer_n": base_transfer_n(even)}
    if "base_income_n" in economy.arrays:
        new["base_income_n"] = even.production.base_income_n
    done, known = Problem(f"note.balance.{way}"), economy.notes
    said = {lang: "; ".join(filter(None, (done.text(lang), known.get(lang)))) for lang in LANGUAGES}
    notes: dict[str, str] = {lang: words[:LONGEST_NOTE] for lang, words in said.items()}
    found = replace(economy, arrays=dict(economy.arrays) | new, notes=notes)
    require_balanced(found)
    return found


def labels_of(economy: Economy) -> tuple[str, ...]:
    """Return what regions are called in messages."""
    return tuple(economy.regions.label(code) for code in economy.region_codes)


def setting_of(economy: Economy) -> tuple[Model, Levers]:
    """Return the model and the levers of an economy, unchecked."""
    return model_of(economy), economy.levers


@kept(BASE_YEARS)
def model_of(economy: Economy) -> Model:
    """Return the model of a base year: one object for all that have its content, so that solvers know it."""
    return chosen_model(given_of(economy))


def given_of(economy: Economy) -> dict[str, FloatArray]:
    """Return the arrays of a base year that equations read."""
    require_budgets(economy)
    read = {name: value for name, value in economy.arrays.items() if name not in ACCOUNTS}
    own_n = household_share_n(economy)
    owners = {} if own_n is None else {"household_share_n": affordable(economy, own_n), **owners_of(economy)}
    return read | owners | {"town_r": economy.town_r.astype(float)}


def owners_of(economy: Economy) -> dict[str, FloatArray]:
    """Return what owners get of rents: homes have to be built, and local governments take a part in towns."""
    abroad = np.zeros(len(economy.foreign_codes))
    return {
        "owned_homes_n": np.concatenate([owned_homes_n(economy), 1 + abroad]),
        "land_revenue_share_n": np.concatenate([land_revenue_share_n(economy), abroad]),
    }


def require_budgets(economy: Economy) -> None:
    """Raise a DataError by name where taxes leave nothing, or the entitled get more than is spent in all."""
    if not has_budgets(economy):
        return
    require_amounts(economy, [name for name in BUDGETS if name in economy.arrays])
    taken_n = 1 - kept_n(economy)
    require_sound(economy, "economy.taxes", taken_n < 1, taken_n)
    if "entitled_services_n" in economy.arrays:
        entitled_n, spent_n = entitled_services_n(economy), services_n(economy)
        require_sound(
            economy,
            "economy.entitled",
            entitled_n <= spent_n,
            entitled_n / np.maximum(spent_n, 1e-12),
        )


def affordable(economy: Economy, share_n: FloatArray) -> FloatArray:
    """Return shares of households in income after taxes; raise by name where they have more than all of it."""
    home_n = share_n[: economy.cells.regions]
    require_sound(economy, "economy.households", home_n < 1, home_n)
    return share_n
