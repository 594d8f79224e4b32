"""What the plan says about running: the rung to do, what must hold first, or why not to run now."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.ladder import Ladder, Rung
from backstride.model.assessment import Step, StepKind, Triage
from backstride.model.findings import Finding
from backstride.model.text import Missing, Quantity, Text, Value
from backstride.plan.climb import STEP, Ready, Standing
from backstride.plan.people import what_they_do
from backstride.plan.situation import Situation
from backstride.plan.within_cap import Fitted, ends

LONGEST = "longest_30_days"
"""The finding that tells the longest run of the last 30 days."""


WALK_UNTIL_SEEN = "walk_until_seen"
"""The step that asks for walks until somebody has looked."""


def run_step(
    now: Situation,
    ready: Ready,
    standing: Standing,
    cap_m: float | None,
    fit: Fitted,
    on: date,
    knowledge: Knowledge,
) -> Step:
    """The one step about running; a session never goes beyond the cap in metres, where there is one.

    `fit` is the rung as it is done within that cap.
    """
    ladder = now.ladder
    if ready.state == "barred":
        return _step(now, "no_running", "avoid", Text("plan.no_running"), None, ready.because)
    if not now.place.phase.may_run:
        return _step(now, "running_later", "run", Text("plan.running_later"), None, ready.because)
    waits = standing.next_on is not None and standing.next_on > on
    when = (Text("plan.next_session", {"on": standing.next_on}),) if waits and standing.next_on else ()
    if ready.state == "stay":
        how = (*when, *ready.because, *(Text("plan.try_first", {"what": each}) for each in ready.try_first))
        return _step(now, "before_running", "run", Text("plan.before_running"), _dose(ladder, 0), how)
    if standing.look_first:
        return _until_seen(now, standing, when, knowledge)
    rules = tuple(ladder.text(f"rules.{index}") for index in range(len(ladder.rules)))
    end = ends(fit, cap_m)
    cap = () if end is None else (end,)
    dose = _dose(ladder, standing.rung)
    if (less := why_shorter(fit, ladder.rung[standing.rung], cap_m)) is not None:
        dose, cap = _less_dose(fit), (less, *cap)
    key = "plan.rung" if standing.rung > 0 else "plan.rung_walk"
    what = Text(key, {"rung": standing.rung, "last": len(ladder.rung) - 1})
    return _step(now, f"{STEP}{standing.rung}", "run", what, dose, (*when, *cap, *rules))


def _until_seen(now: Situation, standing: Standing, when: tuple[Text, ...], knowledge: Knowledge) -> Step:
    """Walk, and why no rung is named: in place of one that went badly too often, or that somebody holds."""
    ladder, seen = now.ladder, standing.seen
    told: tuple[Text, ...] = ()
    if seen is not None and (standing.held or seen.may_run == "not_said"):
        who = knowledge.professionals[seen.who].text("name")
        key = "not_yet" if standing.held else "not_said"
        told = (Text(f"plan.seen_{key}", {"who": who, "on": seen.on}),)
    badly = standing.reds.get(0, 0) >= ladder.reds_to_refer
    dose = Text("plan.walk_less") if badly else _dose(ladder, 0)
    if standing.held:
        what, because, tell = "plan.held", "plan.why_seen", "plan.tell_yes"
    else:
        what, because, tell = "plan.look_first", "plan.look_first_why", "plan.tell_seen"
    step = _step(now, WALK_UNTIL_SEEN, "run", Text(what), dose, (*when, *told, Text(tell)))
    return replace(step, because=Text(because))


def why_shorter(fit: Fitted, rung: Rung, cap_m: float | None) -> Text | None:
    """Why a session is less than its rung; None where it is not."""
    if not fit.shorter or cap_m is None:
        return None
    cap = Quantity(cap_m, "m")
    if fit.repeats < rung.repeats:
        return Text("plan.fewer_rounds", {"count": fit.repeats, "of": rung.repeats, "cap": cap})
    return Text("plan.shorter_run", {"cap": cap})


def _long(seconds: int) -> Text:
    """To the second, as a watch counts it."""
    whole_minutes = seconds >= 120 and seconds % 60 == 0
    count = seconds // 60 if whole_minutes else seconds
    return Text("plan.minutes" if whole_minutes else "plan.seconds", {"count": count})


def _less_dose(fit: Fitted) -> Text:
    run, walk = _long(fit.run_s or 0), _long(fit.walk_s)
    if fit.walk_s == 0:
        return Text("plan.dose_run", {"run": run})
    if fit.repeats == 1:
        return Text("plan.dose_run_walk", {"run": run, "walk": walk})
    return Text("plan.dose_rounds", {"run": run, "walk": walk, "repeats": fit.repeats})


def _step(
    now: Situation, id: str, kind: StepKind, what: Text, dose: Text | None, how: tuple[Text, ...]
) -> Step:
    ladder = now.ladder
    because = ladder.text("why")
    return Step(id, kind, what, dose, how, because, now.named, ladder.sources, ladder.checked)


def _dose(ladder: Ladder, rung: int) -> Text:
    """The session in words; its values hold the numbers that a watch needs."""
    return ladder.text(f"rung.{rung}.session", **_numbers(ladder.rung[rung]))


def _numbers(rung: Rung) -> dict[str, Value]:
    numbers: dict[str, Value] = {
        "walk": Quantity(rung.walk_s, "s"),
        "repeats": Quantity(rung.repeats, "count"),
    }
    if rung.run_s is not None:
        numbers["run"] = Quantity(rung.run_s, "s")
    return numbers


def bone_steps(now: Situation, triage: Triage, knowledge: Knowledge) -> tuple[Step, ...]:
    """What comes in place of walking and running doses while the pain may come from bone.

    The step that says whom to see also holds what any raised flag asks for.
    """
    ladder = now.ladder
    bones = tuple(cause for cause in ladder.bone_causes if now.fits.get(cause) in ("fits best", "possible"))
    return tuple(
        Step(
            id=step.id,
            kind=step.does,
            what=ladder.text(f"bone_step.{index}.what"),
            dose=None if step.dose is None else ladder.text(f"bone_step.{index}.dose"),
            how=(
                *((flag.why for flag in triage.raised) if step.does == "see" else ()),
                *what_they_do(step.see, knowledge),
            ),
            because=ladder.text(f"bone_step.{index}.because"),
            causes=bones or now.named,
            sources=step.sources,
            checked=step.checked,
        )
        for index, step in enumerate(ladder.bone_step)
    )


def longest_run_cap_m(findings: tuple[Finding, ...], knowledge: Knowledge) -> float | None:
    """No single run beyond this, metres: a little over the longest run of the last 30 days.

    Where that is known as an interval its low end counts.  None where it is not known, or where
    there was no run: a cap of nothing is no cap.

    Source: frandsen2025, the reference bin.
    """
    value = next((finding.value for finding in findings if finding.id == LONGEST), None)
    if value is None or isinstance(value, Missing) or value.unit != "m":
        return None
    longest = value.value if value.low is None else min(value.low, value.value)
    return longest * knowledge.number("longest_run_cap_ratio") if longest > 0 else None
