"""The three safety properties, each on the whole answer; the rooms have their own, finer tests."""

from __future__ import annotations

import logging
from datetime import UTC, date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstride.app.intake import import_paths
from backstride.assess import assess
from backstride.knowledge.loader import shipped
from backstride.model.assessment import Plan, Tier
from backstride.model.history import Answer, History, Profile
from backstride.model.text import Missing, Quantity
from backstride.reports.outline import outline
from backstride.reports.wording import Wording
from backstride.store.store import Store

ON = date(2026, 3, 20)
SAFETY = [each for each in shipped().questions.values() if each.group == "safety"]
HARMLESS = {each.id: "no" for each in SAFETY if each.follows is None}


def answered(given: dict[str, str]) -> History:
    profile = Profile(age_years=40, sex="female", made_up=True)
    return History(profile, answers=tuple(Answer(id, value, ON) for id, value in given.items()))


alarms = st.dictionaries(
    st.sampled_from([each.id for each in SAFETY]),
    st.sampled_from(["yes", "no", "not_sure"]),
    max_size=6,
).map(
    lambda drawn: {
        id: value for id, value in drawn.items() if value != "yes" or shipped().questions[id].kind == "yes_no"
    }
)


@given(alarms)
def test_a_raised_flag_stands_first_and_no_plan_is_made(drawn: dict[str, str]) -> None:
    answer = assess(answered({**HARMLESS, **drawn}), ON, shipped())

    first = outline(answer, Wording(shipped().sentences))[0]
    if answer.triage.tier >= Tier.T2:
        assert first.id == "safety"
        assert answer.triage.flags[0].state == "raised"
        assert not isinstance(answer.plan, Plan)
    if isinstance(answer.plan, Plan):
        assert not answer.triage.open_questions
        assert answer.plan.safety_net


@given(alarms)
def test_what_is_not_known_is_never_taken_as_no(drawn: dict[str, str]) -> None:
    """Taking answers away never makes a plan, clears a flag, or calls a serious cause unlikely."""
    whole = assess(answered({**HARMLESS, **drawn}), ON, shipped())
    less = assess(answered(drawn), ON, shipped())

    clear = {flag.id for flag in whole.triage.flags if flag.state == "clear"}
    assert {flag.id for flag in less.triage.flags if flag.state == "clear"} <= clear
    assert isinstance(whole.plan, Plan) or not isinstance(less.plan, Plan)
    serious = {id for id, cause in shipped().causes.items() if cause.serious}
    dismissed = {cause.cause for cause in less.causes if cause.fit == "unlikely"} & serious
    assert dismissed <= {cause.cause for cause in whole.causes if cause.fit == "unlikely"}


def test_of_nobody_nothing_is_known() -> None:
    answer = assess(History(), ON, shipped())

    assert not isinstance(answer.plan, Plan)
    assert answer.triage.open_questions
    assert answer.changes == ()
    assert all(_says_nothing(finding.value) for finding in answer.findings)
    assert all(finding.facts == {} for finding in answer.findings)
    assert all(day.state == "unrecorded" for day in answer.strip.days)
    assert all(each.state == "not known" for each in answer.contributors)
    assert answer.coverage.unrecorded_days == 84


def _says_nothing(value: Quantity | Missing) -> bool:
    """Missing, or an interval from nothing to all there could be."""
    return isinstance(value, Missing) or (value.low == 0 and value.high is not None and value.high > 0)


SECRETS = ("Jane Example", "jane.example@mail.example", "47.3769", "secret note")
BROKEN = {
    "jane.example@mail.example_7001.fit": b"\x0e\x10\x00\x00\xff\xff\x00\x00.FIT\x00\x00 Jane Example",
    "note.gpx": b'<gpx><trk><name>Jane Example</name><trkpt lat="47.3769" lon="x"><secret note',
    "page.tcx": b"<html>Jane Example secret note 47.3769</html>",
    "list.json": b'{"name": "Jane Example", "lat": 47.3769}',
}


def test_no_ledger_line_log_or_error_holds_what_a_file_says_of_a_person(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "export"
    folder.mkdir()
    for name, data in BROKEN.items():
        (folder / name).write_bytes(data)

    with caplog.at_level(logging.DEBUG), Store.open(tmp_path / "store.sqlite") as store:
        report = import_paths(store, [folder], UTC, lambda progress: None)

    printed = capsys.readouterr()
    told = "\n".join(
        [*(f"{line.name} {line.why} {line.warnings}" for line in report.lines), caplog.text, *printed]
    )
    assert len(report.lines) == len(BROKEN)
    assert [secret for secret in SECRETS if secret in told] == []
