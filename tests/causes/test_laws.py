"""What holds for every runner, whatever is known of them."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.causes.made_up import KNOWLEDGE, USED, facts, known, values_of

from backstride.causes.contribute import contributors
from backstride.causes.rank import rank
from backstride.causes.weigh import weigh
from backstride.knowledge.cause_integrity import of_load
from backstride.model.assessment import Flag, RankedCause, Tier
from backstride.model.findings import Facts
from backstride.model.text import Text

laws = settings(max_examples=40, deadline=None)


def by_id(facts: Facts) -> dict[str, RankedCause]:
    return {each.cause: each for each in rank(known(facts), KNOWLEDGE)}


@laws
@given(facts)
def test_probabilities_sum_to_one_and_lie_inside_their_ranges(facts: Facts) -> None:
    ranked = by_id(facts).values()

    assert sum(cause.probability for cause in ranked) == pytest.approx(1)
    for cause in ranked:
        assert 0 < cause.low <= cause.probability <= cause.high < 1


@laws
@given(facts, st.randoms(use_true_random=False))
def test_the_order_of_answers_does_not_matter(facts: Facts, random: st.DataObject) -> None:
    items = list(facts.items())
    random.shuffle(items)  # type: ignore[attr-defined]

    assert rank(known(facts), KNOWLEDGE) == rank(known(dict(items)), KNOWLEDGE)
    assert contributors(known(facts), KNOWLEDGE) == contributors(known(dict(items)), KNOWLEDGE)


@laws
@given(facts, st.data())
def test_not_sure_leaves_everything_as_it_was(facts: Facts, data: st.DataObject) -> None:
    unsure = tuple(name for name in USED if name not in facts and name in KNOWLEDGE.questions)
    some = data.draw(st.lists(st.sampled_from(unsure), unique=True)) if unsure else []

    assert rank(known(facts, tuple(some)), KNOWLEDGE) == rank(known(facts), KNOWLEDGE)


@laws
@given(facts)
def test_only_what_is_known_speaks_and_only_what_is_not_known_is_unknown(facts: Facts) -> None:
    for cause in by_id(facts).values():
        rows = KNOWLEDGE.causes[cause.cause].evidence
        open_rows = [row for row in rows if row.when.value(facts) is None]

        assert len(cause.unknown) == len(open_rows)
        for reason in (*cause.reasons_for, *cause.reasons_against):
            assert (reason.ratio is None) == (reason.checked == "P")
            assert set(reason.rests_on) & facts.keys()
        for reason in cause.unknown:
            assert not set(reason.rests_on) & facts.keys()


@laws
@given(facts, st.data())
def test_an_answer_that_speaks_for_a_cause_never_lowers_its_own_odds(
    facts: Facts, data: st.DataObject
) -> None:
    cause = data.draw(st.sampled_from(list(KNOWLEDGE.causes.values())))
    row = data.draw(st.sampled_from(cause.evidence))
    missing = [name for name in row.when.names if name not in facts]
    assume(row.when.value(facts) is None)
    more = {**facts, **{name: data.draw(st.sampled_from(values_of(name))) for name in missing}}
    before, after = weigh(cause, facts, KNOWLEDGE), weigh(cause, more, KNOWLEDGE)
    turned = [
        log_ratio
        for old, new in zip(before.lines, after.lines, strict=True)
        if old.truth is None and (log_ratio := (new.ratio or 1) - 1) != 0
    ]
    assume("age_years" not in missing)

    if all(each > 0 for each in turned):
        assert after.log_weight >= before.log_weight
    if all(each < 0 for each in turned):
        assert after.log_weight <= before.log_weight


@laws
@given(facts)
def test_weights_of_the_reasons_add_up_to_the_odds(facts: Facts) -> None:
    for id, cause in by_id(facts).items():
        weighed = weigh(KNOWLEDGE.causes[id], facts, KNOWLEDGE)
        reasons = sum(reason.weight for reason in (*cause.reasons_for, *cause.reasons_against))

        assert weighed.log_weight == pytest.approx(weighed.log_prior + reasons)
        assert all(reason.weight > 0 for reason in cause.reasons_for)
        assert all(reason.weight < 0 for reason in cause.reasons_against)


@laws
@given(facts)
def test_the_record_never_speaks_for_or_against_a_disc(facts: Facts) -> None:
    ranked = by_id(facts)

    for id in ("disc_without_leg_pain", "disc_with_radiculopathy"):
        for reason in (*ranked[id].reasons_for, *ranked[id].reasons_against, *ranked[id].unknown):
            assert not any(of_load(name, KNOWLEDGE) for name in reason.rests_on)


@laws
@given(facts)
def test_a_serious_cause_never_fits_best_on_load_or_on_who_somebody_is_alone(facts: Facts) -> None:
    for id, cause in by_id(facts).items():
        if KNOWLEDGE.causes[id].serious and cause.fit == "fits best":
            symptoms = [
                line
                for line in weigh(KNOWLEDGE.causes[id], facts, KNOWLEDGE).lines
                if line.evidence.block not in ("record", "who") and line.weight > 0
            ]
            assert symptoms


@laws
@given(facts)
def test_best_fits_stand_first_and_unlikely_ones_last(facts: Facts) -> None:
    order = [
        ("fits best", "possible", "not known yet", "unlikely").index(cause.fit)
        for cause in rank(known(facts), KNOWLEDGE)
    ]

    assert order == sorted(order)
    assert len(order) == len(KNOWLEDGE.causes)


@laws
@given(facts)
def test_what_is_unknown_is_listed_most_telling_first(facts: Facts) -> None:
    for cause in by_id(facts).values():
        telling = [reason.weight for reason in cause.unknown]

        assert telling == sorted(telling, reverse=True)
        assert all(weight > 0 for weight in telling)


@laws
@given(facts)
def test_a_contributor_is_seen_only_where_something_known_shows_it(facts: Facts) -> None:
    for each in contributors(known(facts), KNOWLEDGE):
        assert (each.state == "may have contributed") == bool(each.because)
        assert not (each.state != "not known" and each.ask)


@laws
@given(facts)
def test_every_reason_can_be_said_and_walked_back_to_a_source(facts: Facts) -> None:
    for cause in by_id(facts).values():
        for reason in (*cause.reasons_for, *cause.reasons_against, *cause.unknown):
            assert reason.text.id in KNOWLEDGE.sentences
            assert reason.source in KNOWLEDGE.sources


@laws
@given(facts, st.sampled_from(sorted(KNOWLEDGE.red_flags)), st.sampled_from([Tier.T1, Tier.T2, Tier.T4]))
def test_a_raised_flag_bypasses_the_ranking_and_changes_no_number(
    facts: Facts, flag: str, tier: Tier
) -> None:
    record = KNOWLEDGE.red_flags[flag]
    raised = Flag(flag, "raised", tier, Text("a"), Text("b"), (), (), suspects=record.causes)
    plain, flagged = rank(known(facts), KNOWLEDGE), rank(known(facts), KNOWLEDGE, (raised,))

    first = record.causes if tier >= Tier.T2 else ()
    assert tuple(each.cause for each in flagged if each.rule_out) == first
    assert tuple(each.cause for each in flagged[: len(first)]) == first
    assert all(each.fit in ("fits best", "possible") for each in flagged if each.rule_out)
    assert {each.cause: each.probability for each in plain} == {
        each.cause: each.probability for each in flagged
    }
