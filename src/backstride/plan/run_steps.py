"""What the plan says about running: the rung to do, what must hold first, or why not to run now."""

from __future__ import annotations

from datetime import date

from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.ladder import Ladder, Rung
from backstride.model.assessment import Step, StepKind, Triage
from backstride.model.findings import Finding
from backstride.model.text import Missing, Quantity, Text, Value
from backstride.plan.climb import STEP, Ready, Standing
from backstride.plan.people import what_they_do
from backstride.plan.situation import Situation

LONGEST = "longest_30_days"
"""The finding that tells the longest run of the last 30 days."""


def run_step(now: Situation, ready: Ready, standing: Standing, cap_m: float | None, on: date) -> Step:
    """The one step about running; a session never goes beyond the cap in metres, where there is one."""
    ladder = now.ladder
    if ready.state == "barred":
        return _step(now, "no_running", "avoid", Text("plan.no_running"), None, ready.because)
    if not now.place.phase.may_run:
        return _step(now, "running_later", "run", Text("plan.running_later"), None, ready.because)
    if ready.state == "stay":
        how = (*ready.because, *(Text("plan.try_first", {"what": each}) for each in ready.try_first))
        return _step(now, "before_running", "run", Text("plan.before_running"), _dose(ladder, 0), how)
    rules = tuple(ladder.text(f"rules.{index}") for index in range(len(ladder.rules)))
    waits = standing.next_on is not None and standing.next_on > on
    when = (Text("plan.next_session", {"on": standing.next_on}),) if waits and standing.next_on else ()
    cap = () if cap_m is None else (Text("plan.session_cap", {"cap": Quantity(cap_m, "m")}),)
    what = Text("plan.rung", {"rung": standing.rung, "last": len(ladder.rung) - 1})
    return _step(
        now, f"{STEP}{standing.rung}", "run", what, _dose(ladder, standing.rung), (*when, *cap, *rules)
    )


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
