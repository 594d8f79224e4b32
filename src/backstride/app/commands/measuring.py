"""Commands that measure how somebody is doing: questionnaires and physical tests."""

from __future__ import annotations

import textwrap
from datetime import date
from typing import Annotated, Any

import typer

from backstride.app import entering
from backstride.app.commands.common import (
    AsJson,
    OnDay,
    StorePath,
    day_told,
    echo_json,
    opened,
    paper,
    wording,
)
from backstride.app.interview import Interview
from backstride.app.physical import PhysicalDialogue
from backstride.app.prompt import Prompt
from backstride.app.sheet import Sheet
from backstride.app.timer import Timer
from backstride.instruments.entering import instrument_called
from backstride.instruments.read_test import offered, open_names, read_test, reasons
from backstride.instruments.standing import standings
from backstride.knowledge.instrument import Instrument
from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.loader import shipped
from backstride.knowledge.physical_test import PhysicalTest
from backstride.model.errors import BadInput
from backstride.model.faults import did_you_mean
from backstride.model.findings import Facts
from backstride.model.history import History
from backstride.model.said import said
from backstride.model.scores import Standing
from backstride.model.text import Text
from backstride.reports.as_json import plain
from backstride.reports.doing import standing_lines
from backstride.reports.wording import Wording
from backstride.store.store import Store


def score(
    given: Annotated[
        list[str] | None,
        typer.Argument(metavar="[NAME | NAME=SCORE | NAME.ITEM=POINTS ...]", show_default=False),
    ] = None,
    on: OnDay = None,
    store: StorePath = None,
    as_json: AsJson = False,
) -> None:
    """Questionnaires: how you are doing. Bare it lists them; a name asks it; NAME=SCORE notes it."""
    knowledge, words, day = shipped(), wording("km"), day_told(on)
    with opened(store) as opened_store:
        asked = given[0] if given and len(given) == 1 and "=" not in given[0] else None
        if given and asked is None:
            entering.note_scores(opened_store, _pairs(given), day, knowledge)
        elif asked is not None and not as_json:
            _fill(opened_store, instrument_called(asked, knowledge), day, words)
        history = opened_store.history()
    named = {pair.split("=")[0].split(".")[0] for pair in given or ()}
    rows = [each for id, each in knowledge.instruments.items() if id in named or not given]
    if asked is not None:
        instrument_called(asked, knowledge)
    found = {each.instrument: each for each in standings(history, knowledge)}
    if as_json:
        echo_json(scores_json(rows, found, words))
        return
    for row in rows:
        _print_score(row, found.get(row.id), words)


def _fill(store: Store, instrument: Instrument, day: date, words: Wording) -> None:
    before = [each for each in store.history().scores if each.instrument == instrument.id]
    earlier = tuple(before[-1].items) if before and instrument.own_items is not None else ()
    sheet = Sheet(instrument, day, Prompt(words, input, typer.echo)).fill(earlier)
    typer.echo()
    if sheet is None:
        typer.echo(words.say(Text("instruments.stopped")))
    else:
        store.add(sheet)


def _print_score(instrument: Instrument, standing: Standing | None, words: Wording) -> None:
    name = words.say(instrument.text("name"))
    if standing is None:
        typer.echo(f"{instrument.id:>14}  {name}: {words.say(Text('instruments.never'))}.")
        return
    first, *more = standing_lines(standing, words)
    for line in (f"{instrument.id:>14}  {first}", *(f"{'':>14}  {line}" for line in more)):
        typer.echo(textwrap.fill(line, paper().width, subsequent_indent=" " * 16))


def scores_json(
    rows: list[Instrument], found: dict[str, Standing], words: Wording
) -> dict[str, Any]:  # Any: JSON
    return {
        "schema": "backstride/scores/1",
        "instruments": [
            {
                "id": row.id,
                "name": words.say(row.text("name")),
                "measures": words.say(row.text("measures")),
                "window": words.say(row.text("window")),
                "licence": words.say(row.text("licence")),
                "wording": row.wording,
                "low": row.low,
                "high": row.high,
                "better": row.better,
                "takes_total": row.takes_total,
                "items": [
                    {
                        "id": item.id,
                        "ask": words.say(row.text(f"item.{at}.ask")),
                        "low": item.low,
                        "high": item.high,
                        "options": {
                            f"{each.value:g}": words.say(row.text(f"item.{at}.option.{n}.says"))
                            for n, each in enumerate(item.option)
                        },
                    }
                    for at, item in enumerate(row.item)
                ],
                "standing": plain(found.get(row.id), words),
            }
            for row in rows
        ],
    }


def test(
    name: Annotated[str | None, typer.Argument(help="Which test.", show_default=False)] = None,
    on: OnDay = None,
    store: StorePath = None,
    as_json: AsJson = False,
) -> None:
    """Physical tests: bare it lists them; a name shows the steps, runs the timer and notes the result."""
    knowledge, words, day = shipped(), wording("km"), day_told(on)
    rows = sorted(knowledge.physical_tests.values(), key=lambda each: each.order)
    with opened(store) as opened_store:
        if name is not None:
            rows = [_called(name, knowledge)]
        if name is not None and not as_json:
            prompt = Prompt(words, input, typer.echo)
            PhysicalDialogue(opened_store, day, knowledge, prompt, Timer.of_terminal()).run(rows[0])
            return
        history = opened_store.history()
        facts = Interview.begin(opened_store, day, knowledge).known().facts
    if as_json:
        tests = [_test_json(row, facts, history, knowledge, words) for row in rows]
        echo_json({"schema": "backstride/tests/1", "tests": tests})
        return
    for row in rows:
        typer.echo(f"{row.id:>26}  {words.say(row.text('name'))}")
        typer.echo(f"{'':>26}    {_state(row, facts, words)}")


def _called(name: str, knowledge: Knowledge) -> PhysicalTest:
    found = knowledge.physical_tests.get(name)
    if found is None:
        meant = did_you_mean(name, knowledge.physical_tests)
        raise BadInput(
            (said("{name}: no such test{meant}; list them with: backstride test", name=name, meant=meant),)
        )
    return found


def _state(test: PhysicalTest, facts: Facts, words: Wording) -> str:
    if test.by == "clinician":
        return words.say(Text("instruments.clinician"))
    match offered(test, facts):
        case "barred":
            return words.say(Text("instruments.test_barred_short", {"because": reasons(test, facts)}))
        case state:
            return words.say(Text(f"instruments.test_{state}"))


def _test_json(
    test: PhysicalTest, facts: Facts, history: History, knowledge: Knowledge, words: Wording
) -> dict[str, Any]:  # Any: JSON
    reading = read_test(test, history.tests, history.profile.sex, knowledge)
    return {
        "id": test.id,
        "name": words.say(test.text("name")),
        "by": test.by,
        "state": offered(test, facts),
        "because": [words.say(each) for each in reasons(test, facts)],
        "ask": list(open_names(test, facts)),
        "how": [words.say(test.text(f"how.{at}")) for at in range(len(test.how))],
        "stop": [words.say(test.text(f"stop.{at}")) for at in range(len(test.stop))],
        "tells": words.say(test.text("tells")),
        "tells_not": words.say(test.text("tells_not")),
        "not_used": None if test.not_used is None else words.say(test.text("not_used")),
        "results": list(test.results),
        "timer": test.timer,
        "latest": dict(reading.latest),
        "says": [words.say(each) for each in reading.says],
        "sources": list(test.sources),
        "checked": test.checked,
    }


def _pairs(pairs: list[str]) -> list[tuple[str, str]]:
    if wrong := [pair for pair in pairs if "=" not in pair]:
        raise BadInput(
            tuple(
                said("{pair}: write it as NAME=SCORE or NAME.ITEM=POINTS", pair=f"{pair!r}") for pair in wrong
            )
        )
    return [(key.strip(), value) for key, _, value in (pair.partition("=") for pair in pairs)]
