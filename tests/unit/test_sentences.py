"""The five sentences of a first screen say what is so, in both languages."""

from __future__ import annotations

import numpy as np
import pytest

import hinterland as hl
from hinterland.report.changes import seen
from hinterland.report.first_screen import first_screen
from hinterland.report.run_tables import sheets, table
from hinterland.report.sentences import sentences, spread
from hinterland.report.tables import variable_name
from hinterland.scenario.called import policy_names
from hinterland.study.variation import households
from hinterland.texts import LANGUAGES, text

KINDS = hl.policies


def ended(today) -> hl.Result:
    """A reform that lasts and a transfer that has ended before it is at full force."""
    reform = KINDS.HukouReform(to=["Sichuan"], access=0.8, ramp=10)
    transfer = KINDS.FiscalTransfer(to=["Gansu"], use="households", start=2021, end=2026)
    return hl.run(hl.Scenario(today, {"reform": reform, "transfer": transfer}))


def test_what_has_ended_is_no_cost_of_a_year(today):
    """Law: at the rest point budgets bear what is in force, and the present value holds what was paid before."""
    result = ended(today)
    by_policy = result.budget.groupby("policy")[["charged", "present"]].sum()
    alone = hl.run(hl.Scenario(today, {"reform": result.scenario.policies["reform"]}))
    assert by_policy.loc["transfer", "charged"] == 0 < by_policy.loc["transfer", "present"]
    assert by_policy.loc["reform", "charged"] == pytest.approx(alone.budget["charged"].sum(), rel=1e-12)
    assert f"{by_policy['charged'].sum():.1f} bn CNY a year" in sentences(result, "en")[2]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_bills_that_nobody_pays_are_not_said_to_be_paid(today, lang: str):
    result = hl.run(hl.Scenario(today, [KINDS.HukouReform(to=["Sichuan"])], closure="none"))
    said = " ".join(sentences(result, lang)).lower()
    assert text("screen.bills_none", lang) in said
    assert text("screen.bills_paid", lang) not in said
    assert " 0.0 " not in said


def test_nothing_is_told_of_a_scenario_that_does_nothing(today):
    said = " ".join(sentences(hl.run(hl.Scenario(today, [])), "en"))
    assert "neither gain nor lose" in said
    assert "does not move to" not in said


def test_the_elasticity_that_counts_most_is_found_where_some_ends_cannot_be_paid(dual_transfer):
    frame = dual_transfer.sensitivity
    whole = spread(frame, "urbanization_rate")
    assert whole.idxmax() == "service_worth"
    frame.loc[frame["value"].eq(1.0) & frame["parameter"].eq("service_worth"), "urbanization_rate"] = np.nan
    part = spread(frame, "urbanization_rate")
    assert 0 < part["service_worth"] < whole["service_worth"]
    assert (part <= whole + 1e-12).all()


def test_a_change_that_is_printed_as_none_is_none():
    assert seen("urbanization_rate") == 5e-3  # in points
    assert seen("real_gdp") == 5e-5  # a share of it


def test_a_label_is_not_read_as_a_channel(today):
    """Labels such as `land` or `public_services` are also keys of channels: a policy is called what it is."""
    result = hl.run(hl.Scenario(today, {"land": KINDS.MarketReform(), "services": KINDS.Utilities(to=["Gansu"])}))
    for lang, called in (("en", ["land", "services"]), ("zh", ["市场改革", "市政与能源水利"])):
        rows = sheets(result, lang)["decomposition"].columns[0]
        assert rows[:2] == called
        assert {*called} <= set(table(result, "decomposition", lang)[text("column.part", lang)])


@pytest.mark.parametrize(("lang", "factor"), [("en", 1), ("zh", 10)])
def test_the_change_of_an_amount_is_in_the_unit_of_its_level(dual_transfer, lang: str, factor: int):
    known = dual_transfer.headline.set_index("variable").loc["goods_saved"]
    columns = sheets(dual_transfer, lang)["headline"].columns
    at = columns[0].index(variable_name("goods_saved", lang))
    assert float(columns[-1][at]) == pytest.approx(factor * known["change"], abs=0.5)


def test_what_nobody_is_charged_is_no_bill_that_is_paid():
    cash = KINDS.FiscalTransfer(to=["Guizhou"], use="households")
    result = hl.run(hl.Scenario("china-2010", {"cash": cash, "works": KINDS.Utilities(to=["Gansu"])}))
    who, costs = sentences(result, "en")[1:3]
    assert who.startswith("The bills that are charged being paid")
    assert "nobody is charged for 1" in costs


@pytest.mark.parametrize("lang", LANGUAGES)
def test_why_there_is_no_benefit_per_yuan_is_what_lacks(today, lang: str):
    """Law: evidence is not blamed where none would help: nobody pays, or no income bears what public funds cost."""
    cash = KINDS.FiscalTransfer(to=["Guizhou"], use="households")
    for policy in (cash, KINDS.Utilities(to=["Gansu"])):  # with evidence and without
        told = {
            "no_funds": hl.Scenario("china-2010", [policy]),
            "no_bill": hl.Scenario(today, [policy], closure="none"),
            **({"no_ratio": hl.Scenario(today, [policy])} if policy is not cash else {}),
        }
        for key, scenario in told.items():
            said = sentences(hl.run(scenario), lang)[2].lower()
            reasons = [of for of in ("no_funds", "no_bill", "no_ratio") if text(f"screen.{of}", lang) in said]
            assert reasons == [key]


def test_a_policy_that_has_ended_is_no_cost_of_the_year_and_not_in_force(today):
    policies = {
        "cash": KINDS.FiscalTransfer(to=["Gansu"], end=2026),
        "works": KINDS.Utilities(to=["Tibet"], start=2024),
    }
    result = hl.run(hl.Scenario(today, policies))
    present = result.budget.groupby("policy")["present"].sum()
    said = sentences(result, "en")[2]
    assert f"({present['works']:.1f} bn CNY at present value" in said
    assert f"those that end before (1) cost {present['cash']:.1f} bn CNY besides" in said
    assert "policies in force in" in first_screen(result, "en")[0]


def test_what_is_said_of_costs_is_the_first_case_that_holds(today):
    ended = {"cash": KINDS.FiscalTransfer(to=["Gansu"], end=2026)}
    works = KINDS.Utilities(to=["Gansu"], start=2030)
    cases = {
        "No cost is charged; policies without a cost (unknown or zero): 1": (
            {"trade": KINDS.MarketReform()},
            "by_payer",
        ),
        "Nobody is charged what it costs": ({"works": works}, "none"),
        "Those that end before (1) cost": (ended | {"trade": KINDS.MarketReform(start=2030)}, "by_payer"),
        "It costs": (ended | {"works": works}, "by_payer"),
    }
    for begins, (policies, closure) in cases.items():
        assert sentences(hl.run(hl.Scenario(today, policies, closure=closure)), "en")[2].startswith(begins)


def test_a_dose_of_zero_is_not_an_unknown_cost_and_no_evidence(today):
    result = hl.run(hl.Scenario(today, {"none": KINDS.Utilities(to=["Gansu"], increase=0.0)}))
    said = " ".join(sentences(result, "en"))
    assert "policies with a dose of zero: 1" in said
    assert "unit cost" not in said
    assert "in force" not in said


def test_places_are_put_in_order_by_what_the_sentence_above_tells(dual_transfer):
    """Law: one measure, the gain of those at home: of a macro-region it is that of its provinces, by their income."""
    gain, economy = dual_transfer.gain_by_home, dual_transfer.scenario.economy
    own = households(economy)
    lived_on_n = (own.earned_gc.sum(axis=1) + own.rents_g).reshape(len(gain), -1).sum(axis=1)
    by_macro = dual_transfer.gains[dual_transfer.gains["dimension"] == "macro_region"].set_index("who")["change"]
    macro = np.array(economy.regions.macro_regions(economy.domestic_codes))
    for name, change in by_macro.items():
        inside = macro == name
        assert np.average(np.array([*gain.values()])[inside], weights=lived_on_n[inside]) == pytest.approx(change)
    for shown in (sheets(dual_transfer, "en")["extremes"], sheets(dual_transfer, "en")["regions"]):
        told = [float(row[1]) for row in shown.rows]
        assert told == sorted(told, reverse=True)
        assert "gain of those at home" in shown.title


def test_a_gain_is_told_with_its_range_and_an_order_that_turns_is_no_order(dual_transfer):
    """At a worth of nothing of services the West loses more than the East: neither is best, nor is any province."""
    said, ranges = sentences(dual_transfer, "en")[1], dual_transfer.gain_ranges.set_index("who")
    for name in ("West", "East"):
        low, high = (f"{100 * ranges.loc[name, end]:+.2f}" for end in ("low", "high"))
        assert f"{name} {100 * ranges.loc[name, 'change']:+.2f} % [{low}~{high}]" in said
    assert ranges.loc["West", "low"] < ranges.loc["East", "low"]
    assert said.endswith("(order turns).")
    assert sheets(dual_transfer, "en")["extremes"].title.endswith("(the order turns)")
    calm = hl.run(hl.Scenario("china-2020", [KINDS.FiscalTransfer(to=["Gansu"], use="households")]))
    assert "turns" not in sentences(calm, "en")[1]
    assert "best" in sheets(calm, "en")["extremes"].title


def test_a_gain_that_some_elasticity_turns_into_a_loss_is_called_neither():
    served, free = (
        KINDS.PublicServices(to=["Gansu", "Guizhou"], increase=0.15),
        KINDS.MarketReform(to=["West"], cut=0.04),
    )
    result = hl.run(hl.Scenario("china-2020", [served, free]))
    row = result.gain_ranges.iloc[0]
    assert row["low"] < 0 < row["high"], row
    assert "whether residents gain or lose turns with worth of a yuan of services" in sentences(result, "en")[1]


def test_what_few_policies_add_and_what_is_no_income_is_told():
    """Most of what the years from 2000 brought is moving at lower cost, which is no money and no railway."""
    result = hl.run("previous_round")
    said, split = sentences(result, "en")[1], result.decomposition["equivalent_variation"]
    names = policy_names(result.scenario.policies, result.scenario.economy.regions, "en")
    each = ", ".join(f"{names[name]} {split[name]:+.1f}" for name in ("migration_costs", "western_rail"))
    assert f"by policy, less what others pay for it, {each}" in said
    free = split["migration_costs"] + split["western_rail"]  # who has no bill pays none
    assert f"of it {free:+.1f} bn CNY by policies that have no bill" in said
    first = result.gains[result.gains["dimension"] == "hukou"]
    own = first[["wage", "goods", "homes", "rents", "tax"]].to_numpy().sum()
    assert f"in money {own:+.1f}" in said
    assert own < 0.1 * split["total"]


@pytest.mark.parametrize(("name", "told"), [("china-2010", True), ("china-2020", False)])
def test_on_what_income_gains_are_counted_is_told_where_it_is_not_households_own(name: str, told: bool):
    result = hl.run(hl.Scenario(name, [KINDS.MarketReform(to=["West"])]))
    assert ("No accounts of households are known" in str(first_screen(result, "en")[0])) is told


def test_a_transfer_between_places_is_told_by_who_gives_and_who_gets():
    cash = KINDS.FiscalTransfer(to=["West"], use="households", per_head=20.0)
    said = sentences(hl.run(hl.Scenario("china-2010", [cash])), "en")[1]
    assert said.startswith("Residents neither gain nor lose together")
    assert "West +" in said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_where_nothing_moves_nothing_is_put_in_order(today, lang: str):
    """Law: what is too small to be printed is no order: no best and no worst, and no range that noise made."""
    result = hl.run(hl.Scenario(today, [KINDS.Utilities(to=["Gansu"], increase=0.0)]))
    said = sentences(result, lang)
    assert said[1].rstrip(".。").lower() == text("screen.residents_still", lang)
    assert sheets(result, lang)["extremes"] is None
    assert not len(table(result, "extremes", lang))
    titles = {text(f"report.{key}", lang) for key in ("extremes", "extremes_turn", "extremes_own")}
    assert not titles & {getattr(part, "title", "") for part in first_screen(result, lang)}
    every = sheets(result, lang)["regions"]
    codes = [today.regions.name(code, lang) for code in sorted(today.domestic_codes)]
    assert [row[0] for row in every.rows] == codes  # in the order of their codes


@pytest.mark.parametrize("form", ["csv", "json", "md"])
def test_a_table_by_name_is_all_that_a_form_holds(command, form: str):
    code, out, _ = command("run", "migration_2000_2005", "--table", "flows", "--format", form)
    assert code == 0
    assert "real_gdp" not in out
    assert "work" in out
