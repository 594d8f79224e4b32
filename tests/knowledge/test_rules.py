"""Rules are three-valued, refuse what is not in their language, and more facts never overturn them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstride.knowledge.rules import BadRule, Rule, uses

TABLE = [
    # rule                              facts                        expected
    ("a", {"a": True}, True),
    ("a", {"a": False}, False),
    ("a", {}, None),
    ("a and b", {"a": False}, False),
    ("a and b", {"a": True}, None),
    ("a or b", {"a": True}, True),
    ("a or b", {"a": False}, None),
    ("not a", {}, None),
    ("not a", {"a": True}, False),
    ("age >= 50", {"age": 50.0}, True),
    ("age >= 50", {"age": 49.0}, False),
    ("age >= 50", {}, None),
    ("leg == 'below_knee'", {"leg": "thigh"}, False),
    ("leg in ('thigh', 'below_knee')", {"leg": "thigh"}, True),
    ("at_least(2, a, b, c)", {"a": True, "b": True}, True),
    ("at_least(2, a, b, c)", {"a": True}, None),
    ("at_least(2, a, b, c)", {"a": False, "b": False}, False),
    ("at_least(2, a, b, age > 70)", {"a": True, "age": 71.0}, True),
]


@pytest.mark.parametrize(("text", "facts", "expected"), TABLE)
def test_a_rule_is_yes_no_or_not_known(
    text: str, facts: dict[str, bool | float | str], expected: bool | None
) -> None:
    assert Rule(text).value(facts) is expected


@pytest.mark.parametrize(
    "text",
    [
        "a +",
        "import os",
        "f(a)",
        "a < b",
        "1 < a",
        "a.b",
        "a == [1]",
        "at_least(a, b)",
        "a < 1 < b",
        "a if b else c",
    ],
)
def test_what_is_not_in_the_language_is_refused(text: str) -> None:
    with pytest.raises(BadRule):
        Rule(text)


def test_a_rule_names_only_the_facts_that_could_still_settle_it() -> None:
    rule = Rule("(a and b) or (c and age > 60)")

    assert rule.open_names({"b": False, "c": True}) == {"age"}
    assert rule.open_names({"a": True, "b": True}) == frozenset()
    assert rule.names == {"a", "b", "c", "age"}
    assert [use.against for use in uses(rule)] == [None, None, None, (60,)]


NAMES = ("a", "b", "c", "d")
expressions = st.recursive(
    st.sampled_from(NAMES),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
        inner.map(lambda text: f"(not {text})"),
        st.tuples(st.integers(1, 3), st.lists(inner, min_size=2, max_size=3)).map(
            lambda t: f"at_least({t[0]}, {', '.join(t[1])})"
        ),
    ),
    max_leaves=8,
)
some_facts = st.dictionaries(st.sampled_from(NAMES), st.booleans())


@given(expressions, some_facts, some_facts)
def test_more_answers_never_overturn_what_is_settled(
    text: str, known: dict[str, bool], more: dict[str, bool]
) -> None:
    rule = Rule(text)
    settled = rule.value(known)

    if settled is not None:
        assert rule.value({**more, **known}) is settled


@given(expressions, some_facts)
def test_a_rule_is_settled_exactly_when_nothing_is_open(text: str, known: dict[str, bool]) -> None:
    rule = Rule(text)

    assert (rule.value(known) is None) == bool(rule.open_names(known))
    assert not rule.open_names(known) & known.keys()


@given(expressions, some_facts)
def test_not_known_means_that_both_ends_are_possible_or_hidden(text: str, known: dict[str, bool]) -> None:
    """Whatever a settled rule says, every full set of answers that agrees with it says the same."""
    rule = Rule(text)
    settled = rule.value(known)
    for bits in range(16):
        full = {name: bool(bits >> index & 1) for index, name in enumerate(NAMES)} | known
        assert settled is None or rule.value(full) is settled
        assert rule.value(full) is not None
