"""The ranking agrees with the same reasoning written down another way, and its parts are what they say."""

from __future__ import annotations

from itertools import combinations, permutations
from math import exp, log

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.causes.made_up import KNOWLEDGE, facts, known

from backstride.causes.compete import compete
from backstride.causes.rank import rank
from backstride.causes.temper import gamma, share, shares
from backstride.causes.weigh import Weighed, weigh
from backstride.knowledge.cause import Cause
from backstride.model.findings import Facts

TEMPERING = KNOWLEDGE.number("tempering")
strengths = st.lists(st.floats(-3, 3).map(lambda value: round(value, 2)), max_size=6)


def best_arrangement(values: list[float]) -> float:
    """The largest sum over every order of the values, the place n counting n gamma(n) - (n-1) gamma(n-1)."""
    grows = [
        n / (1 + TEMPERING * (n - 1)) - (n - 1) / (1 + TEMPERING * (n - 2)) for n in range(1, len(values) + 1)
    ]
    return max(sum(g * v for g, v in zip(grows, order, strict=True)) for order in permutations(values))


def odds_times_ratios(cause: Cause, facts: Facts) -> float:
    """What a cause weighs: prior by age times every ratio, the best order found by trying all."""
    priors = cause.priors
    age = facts.get("age_years")
    if age is None:
        weight = (priors.age_18_39 + priors.age_40_64 + priors.age_65_up) / 3
    elif age < 18:  # type: ignore[operator]
        weight = priors.under_18
    else:
        weight = priors.age_18_39 if age < 40 else priors.age_40_64 if age < 65 else priors.age_65_up  # type: ignore[operator]
    for block in ("history", "aggravators", "exam", "record", "course", "who"):
        known_ratios = [
            row.if_yes if row.when.value(facts) else row.if_no
            for row in cause.evidence
            if row.block == block and row.when.value(facts) is not None
        ]
        weight *= exp(best_arrangement([log(ratio) for ratio in known_ratios if ratio > 1]))
        weight /= exp(best_arrangement([-log(ratio) for ratio in known_ratios if ratio < 1]))
    return weight


@settings(max_examples=30, deadline=None)
@given(facts)
def test_the_ranking_agrees_with_brute_force(facts: Facts) -> None:
    few = dict(list(facts.items())[:14])  # trying every order of many ratios would take too long
    weights = {id: odds_times_ratios(cause, few) for id, cause in KNOWLEDGE.causes.items()}

    for cause in rank(known(few), KNOWLEDGE):
        assert cause.probability == pytest.approx(weights[cause.cause] / sum(weights.values()), rel=1e-9)


def test_evidence_for_one_cause_alone_is_bayes_rule_on_its_odds() -> None:
    """Lifting the good leg is looked at for the irritated nerve alone, with a published ratio of 2.8."""
    before = {each.cause: each.probability for each in rank(known({}), KNOWLEDGE)}
    after = {
        each.cause: each.probability for each in rank(known({"crossed_straight_leg_raise": True}), KNOWLEDGE)
    }
    odds = before["disc_with_radiculopathy"] / (1 - before["disc_with_radiculopathy"]) * 2.8

    assert after["disc_with_radiculopathy"] == pytest.approx(odds / (1 + odds))


@pytest.mark.parametrize(("n", "expected"), [(1, 1.0), (2, 10 / 11), (6, 2 / 3), (11, 0.5)])
def test_gamma_falls_as_measured(n: int, expected: float) -> None:
    assert gamma(n, 0.1) == pytest.approx(expected)


@given(st.integers(1, 12), st.floats(0, 0.5))
def test_n_equal_clues_count_n_gamma_n_together(n: int, tempering: float) -> None:
    assert sum(shares([0.7] * n, tempering)) == pytest.approx(n * gamma(n, tempering))
    assert sum(share(place, tempering) for place in range(1, n + 1)) == pytest.approx(n * gamma(n, tempering))


@given(strengths)
def test_tempered_clues_never_count_more_than_in_full_nor_less_than_by_a_common_gamma(
    values: list[float],
) -> None:
    total_for = sum(v * s for v, s in zip(values, shares(values, TEMPERING), strict=True) if v > 0)
    full = [v for v in values if v > 0]

    assert total_for <= sum(full) + 1e-9
    assert total_for >= gamma(max(1, len(full)), TEMPERING) * sum(full) - 1e-9


@given(strengths, st.floats(0.01, 3))
def test_one_more_clue_for_never_takes_away(values: list[float], more: float) -> None:
    def total(of: list[float]) -> float:
        return sum(v * s for v, s in zip(of, shares(of, TEMPERING), strict=True))

    assert total([*values, more]) > total(values)
    assert total([*values, -more]) < total(values)


@given(strengths)
def test_the_order_in_which_clues_are_written_does_not_matter(values: list[float]) -> None:
    forwards = sorted(zip(values, shares(values, TEMPERING), strict=True))
    backwards = sorted(zip(values[::-1], shares(values[::-1], TEMPERING), strict=True))

    for (value, counted), (other, counted_too) in zip(forwards, backwards, strict=True):
        assert (value, counted) == pytest.approx((other, counted_too))


@pytest.mark.parametrize("cause", KNOWLEDGE.causes.values(), ids=lambda cause: cause.id)
def test_without_an_age_the_prior_reaches_every_age_band(cause: Cause) -> None:
    weighed = weigh(cause, {}, KNOWLEDGE)
    priors = cause.priors
    top = max(priors.under_18, priors.age_18_39, priors.age_40_64, priors.age_65_up)

    assert exp(weighed.log_prior + weighed.log_prior_half_width) >= top * (1 - 1e-9)


def test_a_published_interval_is_taken_and_an_unpublished_one_is_wide() -> None:
    both = {"eased_by_bending_forward": True, "leg_pain": "thigh", "worse_standing_walking": False}
    lines = weigh(KNOWLEDGE.causes["stenosis"], both, KNOWLEDGE).lines
    forward = next(line for line in lines if line.evidence.if_yes == 6.4)
    walking = next(line for line in lines if line.evidence.if_yes == 3.7)

    assert forward.half_width == pytest.approx(log(6.4 / 4.1))
    assert walking.half_width == pytest.approx(log(KNOWLEDGE.number("unmeasured_spread")))


def test_ranges_come_from_squares_of_the_parts() -> None:
    """With one certain rival the range of a cause is its own half width on the log-odds."""
    causes = list(KNOWLEDGE.causes.values())
    pair = {
        "one": Weighed(causes[0], log(0.2), log(3), ()),
        "other": Weighed(causes[1], log(0.8), 0.0, ()),
    }
    one, other = compete(pair)["one"], compete(pair)["other"]

    assert one.low / (1 - one.low) == pytest.approx(0.25 / 3)
    assert one.high / (1 - one.high) == pytest.approx(0.25 * 3)
    assert (other.low, other.high) == pytest.approx((1 - one.high, 1 - one.low))


def test_pairs_of_causes_keep_their_ratio_when_a_third_changes() -> None:
    quiet = {each.cause: each.probability for each in rank(known({"age_years": 30.0}), KNOWLEDGE)}
    loud = {
        each.cause: each.probability
        for each in rank(known({"age_years": 30.0, "crossed_straight_leg_raise": True}), KNOWLEDGE)
    }
    rest = [id for id in quiet if id != "disc_with_radiculopathy"]

    for one, other in combinations(rest[:6], 2):
        assert quiet[one] / quiet[other] == pytest.approx(loud[one] / loud[other])
