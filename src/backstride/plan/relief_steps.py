"""What the plan says about treatments: warmth first, and medicines only past their stop list."""

from __future__ import annotations

from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.treatment import Treatment
from backstride.model.assessment import Step, StepKind
from backstride.model.text import Text
from backstride.plan.offer import Offer, offer
from backstride.plan.situation import Situation


def treatment_steps(now: Situation, knowledge: Knowledge) -> tuple[Step, ...]:
    """The treatments of this phase; a medicine without its dose wherever anything speaks against it."""
    due = [treatment for treatment in knowledge.treatments.values() if now.place.phase.id in treatment.phases]
    due.sort(key=lambda treatment: (treatment.order, treatment.id))
    steps = (_step(treatment, now) for treatment in due)
    return tuple(step for step in steps if step is not None)


def _step(treatment: Treatment, now: Situation) -> Step | None:
    stands = offer(treatment, now.facts, now.fits, now.bars.get(treatment.id, ()))
    if stands.state == "offered":
        return _full(treatment, now)
    return _without_dose(treatment, stands, now) if treatment.ask_first else None


def _full(treatment: Treatment, now: Situation) -> Step:
    how = tuple(treatment.text(f"how.{index}") for index in range(len(treatment.how)))
    return Step(
        id=treatment.id,
        kind=treatment.does,
        what=treatment.text("name"),
        dose=treatment.text("dose"),
        how=(*how, treatment.text("when_not"), treatment.text("harms")),
        because=treatment.text("evidence"),
        causes=now.named,
        sources=treatment.sources,
        checked=treatment.checked,
    )


_SAYS: dict[str, tuple[str, StepKind]] = {
    "barred": ("leave_out", "avoid"),
    "ask_first": ("ask_first", "relief"),
    "not_known": ("check_first", "relief"),
}
"""How a medicine is spoken of without a dose: sentence and step id by state, and the step's kind."""


def _without_dose(medicine: Treatment, stands: Offer, now: Situation) -> Step | None:
    """A medicine step that names the reasons and holds no dose; None where the runner wants none."""
    if stands.state not in _SAYS or (stands.state == "barred" and not stands.because):
        return None
    says, kind = _SAYS[stands.state]
    return Step(
        id=f"{medicine.id}_{says}",
        kind=kind,
        what=Text(f"plan.medicine_{says}", {"name": medicine.text("name")}),
        dose=None,
        how=stands.because,
        because=medicine.text("evidence"),
        causes=now.named,
        sources=medicine.sources,
        checked=medicine.checked,
    )
