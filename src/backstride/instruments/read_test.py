"""The stored results of a physical test -> what they say: by themselves, side by side, over time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from backstride.knowledge.facts import NOT_SURE, as_fact
from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.physical_test import Norm, PhysicalTest
from backstride.model.findings import Facts, FactValue
from backstride.model.history import AnswerValue, Sex, TestResult
from backstride.model.scores import TestReading, TestState
from backstride.model.text import Quantity, Text, Value


def offered(test: PhysicalTest, facts: Facts) -> TestState:
    """barred where a reason against it holds, not_known while one is not settled, else offered."""
    truths = {reason.when.value(facts) for reason in test.not_if}
    if True in truths:
        return "barred"
    return "not_known" if None in truths else "offered"


def reasons(test: PhysicalTest, facts: Facts) -> tuple[Text, ...]:
    """The reasons against it that hold, in words."""
    return tuple(
        test.text(f"not_if.{index}.says")
        for index, reason in enumerate(test.not_if)
        if reason.when.value(facts) is True
    )


def open_names(test: PhysicalTest, facts: Facts) -> tuple[str, ...]:
    """The facts that would settle whether it may be done, in the order of its reasons."""
    names = (name for reason in test.not_if for name in sorted(reason.when.open_names(facts)))
    return tuple(dict.fromkeys(names))


def read_test(
    test: PhysicalTest, results: Sequence[TestResult], sex: Sex | None, knowledge: Knowledge
) -> TestReading:
    """What the latest result of each of its questions says.  An unknown sex gets both norms, none assumed."""
    by_question = {id: _series(results, id) for id in test.results}
    latest = {id: series[-1] for id, series in by_question.items() if series}
    facts = _facts({id: each.value for id, each in latest.items()}, knowledge)
    says = [
        *_reads(test, facts),
        *_sides(test, facts, knowledge),
        *_norms(test, facts, sex, knowledge),
        *(
            text
            for id, series in by_question.items()
            if len(series) > 1
            for text in _since(test, id, series, knowledge)
        ),
    ]
    if not latest:
        says = [Text("instruments.not_measured")]
    elif not says:
        says = [_first(id, each, knowledge) for id, each in latest.items()]
    return TestReading(
        test.id,
        test.text("name"),
        {id: each.value for id, each in latest.items()},
        tuple(says),
        test.sources,
    )


def _first(question: str, result: TestResult, knowledge: Knowledge) -> Text:
    """A result that nothing else is said of: something to compare the next one with."""
    number = knowledge.questions[question].kind == "number"
    now: Value = _amount(question, float(result.value), knowledge) if number else str(result.value)
    return Text("instruments.first_value", {"what": knowledge.questions[question].text("short"), "now": now})


def _series(results: Sequence[TestResult], question: str) -> list[TestResult]:
    """Its results by day; of one day the last one, as a correction.  "Not sure" is no result."""
    told = [each for each in results if each.test == question and each.value != NOT_SURE]
    by_day = {each.on: each for each in sorted(told, key=lambda each: each.on)}
    return list(by_day.values())


def _facts(values: Mapping[str, AnswerValue], knowledge: Knowledge) -> dict[str, FactValue]:
    known = {id: as_fact(knowledge.questions[id], value) for id, value in values.items()}
    return {id: value for id, value in known.items() if value is not None}


def _reads(test: PhysicalTest, facts: Facts) -> Iterator[Text]:
    for index, reads in enumerate(test.reads):
        if reads.when.value(facts) is True:
            yield test.text(f"reads.{index}.says")


def _sides(test: PhysicalTest, facts: Facts, knowledge: Knowledge) -> Iterator[Text]:
    if test.sides is None:
        return
    left, right = _number(facts, test.sides.left), _number(facts, test.sides.right)
    if left is None or right is None:
        return
    yield Text(
        "instruments.side_told",
        {
            "left": _amount(test.sides.left, left, knowledge),
            "right": _amount(test.sides.right, right, knowledge),
        },
    )
    same = test.sides.same_within_share
    if same is None:
        return
    larger = max(left, right)
    share = abs(left - right) / larger if larger > 0 else 0.0
    values: dict[str, Value] = {"share": Quantity(share, "share"), "same": Quantity(same, "share")}
    if share <= same:
        yield Text("instruments.side_same", values)
    else:
        less = Text("instruments.on_left" if left < right else "instruments.on_right")
        yield Text("instruments.side_differs", {**values, "less": less})


def _norms(test: PhysicalTest, facts: Facts, sex: Sex | None, knowledge: Knowledge) -> Iterator[Text]:
    shown = [
        (index, norm)
        for index, norm in enumerate(test.norm)
        if norm.sex is None or sex is None or norm.sex == sex
    ]
    told = False
    for id in test.results:
        if (value := _number(facts, id)) is None:
            continue
        for index, norm in shown:
            if _of_side(norm, id, test):
                yield _norm(test, index, norm, _amount(id, value, knowledge))
                told = True
    if told and sex is None and any(norm.sex for norm in test.norm):
        yield Text("instruments.norm_both")


def _of_side(norm: Norm, question: str, test: PhysicalTest) -> bool:
    if norm.side is None or test.sides is None:
        return norm.side is None
    return question == (test.sides.left if norm.side == "left" else test.sides.right)


def _norm(test: PhysicalTest, index: int, norm: Norm, value: Text) -> Text:
    spread: Value = ""
    if norm.sd is not None:
        ends = {"low": f"{max(0.0, norm.mean - norm.sd):g}", "high": f"{norm.mean + norm.sd:g}"}
        spread = Text("instruments.norm_spread", ends)
    who = Text(f"instruments.who_{norm.sex or 'any'}", {"studied": test.text(f"norm.{index}.studied")})
    return Text(
        "instruments.norm_near", {"value": value, "who": who, "mean": f"{norm.mean:g}", "spread": spread}
    )


def _since(
    test: PhysicalTest, question: str, series: Sequence[TestResult], knowledge: Knowledge
) -> Iterator[Text]:
    """The latest number against the first: whether it moved more than measuring alone can, where known."""
    first, last = series[0], series[-1]
    if knowledge.questions[question].kind != "number":
        return
    values: dict[str, Value] = {
        "what": knowledge.questions[question].text("short"),
        "day": first.on,
        "before": _amount(question, float(first.value), knowledge),
        "now": _amount(question, float(last.value), knowledge),
    }
    if test.error is None:
        yield Text("instruments.since_value", values)
    else:
        yield Text("instruments.since_error", {**values, "error": _amount(question, test.error, knowledge)})


def _number(facts: Facts, name: str) -> float | None:
    value = facts.get(name)
    return None if value is None or isinstance(value, (bool, str)) else float(value)


def _amount(question: str, value: float, knowledge: Knowledge) -> Text:
    unit = knowledge.questions[question].unit or ""
    return Text("instruments.number_of", {"number": f"{value:.4g}", "unit": unit})
