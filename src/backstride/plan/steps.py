"""Steps that are not running, exercise or relief: the phase's own, the one trial, and whom to see."""

from __future__ import annotations

from backstride.knowledge.knowledge import Knowledge
from backstride.model.assessment import Contributor, Flag, RankedCause, Step, Tier, Triage
from backstride.model.text import Text
from backstride.plan.people import sources_of_people, what_they_do, whom
from backstride.plan.situation import Situation


def phase_steps(now: Situation, may_run: bool, knowledge: Knowledge) -> tuple[Step, ...]:
    """What the phase says for everybody; walking doses are left to the bone steps where those apply.

    `may_run` is False where running is barred: then nothing is said about how far to run.
    """
    phase = now.place.phase
    return tuple(
        Step(
            id=step.id,
            kind=step.does,
            what=phase.text(f"step.{index}.what"),
            dose=None if step.dose is None else phase.text(f"step.{index}.dose"),
            how=what_they_do(step.see, knowledge),
            because=phase.text(f"step.{index}.because"),
            causes=now.named,
            sources=step.sources,
            checked=step.checked,
        )
        for index, step in enumerate(phase.step)
        if not (now.bone and step.does in ("move", "run")) and (may_run or not step.only_when_running)
    )


def trial_step(
    contributors: tuple[Contributor, ...], now: Situation, knowledge: Knowledge
) -> tuple[Step, ...]:
    """The first thing that may have contributed and can be changed, to try; later ones are only named."""
    worth = [
        contributor
        for contributor in contributors
        if contributor.state == "may have contributed"
        and contributor.verdict in ("supported", "weak")
        and knowledge.contributors[contributor.contributor].can_be_tried
    ]
    if not worth:
        return ()
    first, *later = worth
    after = Text("plan.trial_later", {"names": tuple(contributor.name for contributor in later)})
    return (
        Step(
            id=f"try_{first.contributor}",
            kind="habit",
            what=Text("plan.trial", {"name": first.name}),
            dose=Text("plan.trial_dose"),
            how=(first.what_helps, *((after,) if later else ())),
            because=first.evidence,
            causes=now.named,
            sources=first.sources,
            checked=knowledge.contributors[first.contributor].checked,
        ),
    )


def see_step(
    triage: Triage, causes: tuple[RankedCause, ...], refer: bool, now: Situation, knowledge: Knowledge
) -> tuple[Step, ...]:
    """Whom to see, how soon, why, and what to take along.

    Said where a flag, a cause that fits best, or the ladder asks for it.
    Left out where the bone steps already ask for it sooner.
    """
    covered = now.ladder.bone_causes if now.bone else ()
    best = [cause for cause in causes if cause.fit == "fits best" and cause.cause not in covered]
    tiers = {cause.cause: Tier[knowledge.causes[cause.cause].tier] for cause in best}
    tier = max((triage.tier, Tier.T1 if refer else Tier.T0, *tiers.values()))
    if tier < (Tier.T2 if now.bone else Tier.T1):
        return ()
    named = [cause for cause in best if tiers[cause.cause] >= Tier.T1]
    raised = triage.raised
    people = whom(tier, raised, tuple(cause.cause for cause in named), now, knowledge)
    return (
        Step(
            id="see_somebody",
            kind="see",
            what=Text("plan.see_days" if tier >= Tier.T2 else "plan.see_weeks"),
            dose=None,
            how=(
                *(flag.why for flag in raised),
                *(cause.whom_to_see for cause in named),
                *((Text("plan.see_ladder"),) if refer else ()),
                *what_they_do(people, knowledge),
            ),
            because=raised[0].name if raised else Text("plan.see_because"),
            causes=tuple(cause.cause for cause in named) or now.named,
            sources=_sources(raised, named, sources_of_people(people, knowledge)),
            checked="P",
        ),
    )


def _sources(raised: tuple[Flag, ...], named: list[RankedCause], people: tuple[str, ...]) -> tuple[str, ...]:
    """The sources of what asks for it and of whom to see, each once."""
    every = [source for flag in raised for source in flag.sources]
    every += [source for cause in named for source in cause.sources]
    return tuple(dict.fromkeys((*every, *people))) or ("own_rule",)
