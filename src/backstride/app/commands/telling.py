"""Commands by which a runner tells something, or takes it back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any, get_args

import typer

from backstride.app import actions, entering, recorded
from backstride.app.commands.common import (
    AsJson,
    OnDay,
    StorePath,
    UnitsOption,
    day_told,
    door,
    echo_json,
    opened,
    show,
    wording,
)
from backstride.app.daily import Daily
from backstride.app.dialogue import Dialogue
from backstride.app.prompt import Prompt
from backstride.app.visits import tell_seen
from backstride.knowledge.answering import allowed
from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.loader import shipped
from backstride.model.assessment import NoPlan
from backstride.model.errors import BadInput
from backstride.model.history import DROP_MM, REGIONS, STACK_MM, PainTiming, Shoe
from backstride.model.said import said
from backstride.model.text import Quantity, Text
from backstride.plan.ladder_history import WHY_SEEN
from backstride.reports.wording import Wording

Pairs = Annotated[list[str], typer.Argument(help="As KEY=VALUE.", metavar="KEY=VALUE...")]


def ask(store: StorePath = None, on: OnDay = None, units: UnitsOption = "km") -> None:
    """The check-in: safety questions first, then the most telling one by one."""
    with opened(store) as opened_store:
        prompt = Prompt(wording(units), input, typer.echo)
        Dialogue(opened_store, day_told(on), shipped(), prompt).run()
        answer = actions.assess_store(opened_store, day_told(on), shipped())
    if not answer.triage.stops_plan:
        show(answer, units, only=frozenset({"short"}))
    typer.echo()
    prompt.tell("done")


def check_in(store: StorePath = None, on: OnDay = None, units: UnitsOption = "km") -> None:
    """Today in half a minute: pain, what was done, how the back answered, anything new."""
    with opened(store) as opened_store:
        prompt = Prompt(wording(units), input, typer.echo)
        Daily(opened_store, day_told(on), shipped(), prompt).run()


def answer(pairs: Pairs, store: StorePath = None, on: OnDay = None, as_json: AsJson = False) -> None:
    """Set answers without a dialogue: `backstride answer fever=no age_years=41`."""
    with opened(store) as opened_store:
        told = entering.answer(opened_store, _pairs(pairs).items(), day_told(on), shipped())
    if as_json:
        echo_json({"answered": told})
    else:
        typer.echo(door("noted", what=", ".join(told)) if told else door("noted_nothing"))


def profile(
    pairs: Annotated[list[str] | None, typer.Argument(metavar="[KEY=VALUE...]", show_default=False)] = None,
    store: StorePath = None,
    as_json: AsJson = False,
) -> None:
    """Show or set who runs: birth_year, age_years, sex, height_m, mass_kg, zone, medicines."""
    with opened(store) as opened_store:
        if pairs:
            row = entering.checked_profile(_pairs(pairs))
            opened_store.change_profile(lambda told: replace(told, **row))
        told = opened_store.profile()
    values = {field: getattr(told, field) for field in entering.PROFILE_FIELDS}
    if as_json:
        echo_json(values)
        return
    for field, value in values.items():
        shown = ", ".join(value) if isinstance(value, tuple) else value
        typer.echo(f"{field:>12}  {door('not_told') if shown is None else shown}")


def log(
    score: Annotated[float, typer.Argument(help="Pain from 0 (none) to 10 (worst).")],
    at: Annotated[
        list[str] | None, typer.Option("--at", help="Where; may be given often.", show_default=False)
    ] = None,
    timing: Annotated[
        str | None, typer.Option(help=" | ".join(get_args(PainTiming)), show_default=False)
    ] = None,
    note: Annotated[str | None, typer.Option(help="Anything worth keeping.", show_default=False)] = None,
    eased_by: Annotated[str | None, typer.Option(help="What eased it.", show_default=False)] = None,
    on: OnDay = None,
    store: StorePath = None,
    as_json: AsJson = False,
) -> None:
    """Note the pain of a day; 0 notes a pain-free day."""
    told: dict[str, object] = {"on": day_told(on), "score": score, "regions": tuple(at or ())}
    told |= {"timing": timing, "note": note, "eased_by": eased_by}
    with opened(store) as opened_store:
        noted = entering.log_pain(opened_store, told)
    if as_json:
        echo_json({"on": noted.on.isoformat(), "score": noted.score, "regions": noted.regions})
    else:
        places = tuple(Text(f"body.{region}") for region in noted.regions) or Text("door.no_place")
        score_told = Quantity(noted.score, "score")
        typer.echo(door("noted_pain", day=noted.on, score=score_told, places=places))
        typer.echo(door("undo", kind="symptom"))


def shoe(
    id: Annotated[str, typer.Argument(help="A short name for the pair.")],
    model: Annotated[str, typer.Option(help="Maker and model.")] = "",
    since: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="First day in them.")
    ] = None,
    until: Annotated[
        datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day in them.")
    ] = None,
    before_km: Annotated[
        float | None, typer.Option(min=0, help="Distance in them before the first recorded run.")
    ] = None,
    drop_mm: Annotated[
        float | None,
        typer.Option(
            min=DROP_MM[0],
            max=DROP_MM[1],
            help="Heel over ball of the foot, by the maker.",
            show_default=False,
        ),
    ] = None,
    stack_mm: Annotated[
        float | None,
        typer.Option(
            min=STACK_MM[0], max=STACK_MM[1], help="Sole under the heel, by the maker.", show_default=False
        ),
    ] = None,
    store: StorePath = None,
) -> None:
    """Add a pair of shoes, or change one by the same name."""
    told = Shoe(
        id,
        model,
        since.date() if since else None,
        until.date() if until else None,
        None if before_km is None else before_km * 1000,
        drop_mm=drop_mm,
        stack_mm=stack_mm,
    )
    with opened(store) as opened_store:
        pair = recorded.add_shoe(opened_store, told)
    typer.echo(door("noted", what=pair.model or pair.id))
    typer.echo(door("undo", kind="shoe"))


def seen(
    who: Annotated[str, typer.Argument(help="Who looked: physiotherapist, doctor, sports_physician ...")],
    may_run: Annotated[
        str, typer.Option("--may-run", help="What they said about running: yes | not-yet | not-said.")
    ] = "not-said",
    on: OnDay = None,
    store: StorePath = None,
    as_json: AsJson = False,
) -> None:
    """Tell that somebody has looked at your back, and whether you may run again."""
    knowledge = shipped()
    with opened(store) as opened_store:
        visit = tell_seen(opened_store, who, may_run, day_told(on), knowledge)
        days = (visit.on, *(told.on for told in opened_store.history().check_ins))
        answer = actions.assess_store(opened_store, max(days), knowledge)
    if as_json:
        echo_json({"who": visit.who, "on": visit.on.isoformat(), "may_run": visit.may_run})
        return
    words = wording("km")
    name = knowledge.professionals[visit.who].text("name")
    typer.echo(door(f"seen_{visit.may_run}", day=visit.on, who=name))
    if isinstance(answer.plan, NoPlan):
        typer.echo(door("seen_no_flag", why=answer.plan.reason))
    else:
        change = next(each for each in answer.plan.history if each.why.id == WHY_SEEN and each.on == visit.on)
        typer.echo(" ".join(words.say(led) for led in change.led_to))
        if visit.may_run == "yes" and answer.plan.look_first:
            typer.echo(door("seen_still_waits"))
    typer.echo(door("undo", kind="seen"))


def questions(as_json: AsJson = False, units: UnitsOption = "km") -> None:
    """Every question: its id, wording, kind and allowed values."""
    knowledge, words = shipped(), wording(units)
    rows = sorted(knowledge.questions.values(), key=lambda question: (question.group, question.order))
    if not as_json:
        for question in rows:
            typer.echo(
                f"{question.id}  [{words.told(allowed(question))}]\n    {words.say(question.text('ask'))}"
            )
        return
    echo_json(questions_json(knowledge, words))


def questions_json(knowledge: Knowledge, words: Wording) -> dict[str, Any]:  # Any: JSON
    """Every question with its kind and the values it allows, and what else answers may name."""
    rows = sorted(knowledge.questions.values(), key=lambda question: (question.group, question.order))
    return {
        "schema": "backstride/questions/1",
        "questions": [
            {
                "id": question.id,
                "group": question.group,
                "ask": words.say(question.text("ask")),
                "why": words.say(question.text("why")),
                "kind": question.kind,
                "allowed": _values(question.kind, tuple(question.options)),
                "options": {key: words.say(question.text(f"options.{key}")) for key in question.options},
                "unit": question.unit,
                "low": question.low,
                "high": question.high,
                "emergency": question.emergency,
                "follows": question.follows,
            }
            for question in rows
        ],
        "facts": [
            {"id": fact.id, "kind": fact.kind, "meaning": words.say(Text(f"facts.{fact.id}.meaning"))}
            for fact in knowledge.facts.values()
        ],
        "regions": {region: words.say(Text(f"body.{region}")) for region in REGIONS},
        "timings": get_args(PainTiming),
    }


def _values(kind: str, options: tuple[str, ...]) -> list[str]:
    always = ["not_sure", "unknown"]
    return {"yes_no": ["yes", "no", *always], "choice": [*options, *always]}.get(kind, always)


def _pairs(pairs: list[str]) -> dict[str, str]:
    if wrong := [pair for pair in pairs if "=" not in pair]:
        raise BadInput(tuple(said("{pair}: write it as KEY=VALUE", pair=f"{pair!r}") for pair in wrong))
    return dict(pair.split("=", 1) for pair in pairs)
