"""A public exam: runners after published cases and guideline pictures, each with the answer its source gives.

    python accuracy/vignettes.py [--split tune|test|all] [--misses] [FOLDER]

FOLDER holds case files whose `[expect]` says `disposition` (emergency, same_day, within_days, within_weeks,
self_care) and `causes` (any of them is right; empty: only the disposition is judged).  Without it those of
`accuracy/vignettes/` are taken.  Who wrote them did not look at how the program decides.  Those in `third/`
are the test split, written by others after all the rest had been looked at: nothing is tuned on them.

Each vignette is put twice: as told, what is not told not being known; and with every other safety question
answered harmlessly, as somebody does who goes through the screening.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from math import sqrt
from pathlib import Path
from typing import Any

from backstride.app.actions import open_case
from backstride.app.case import Case
from backstride.assess import assess
from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.loader import shipped
from backstride.model.assessment import Assessment, Plan, Tier
from backstride.model.history import Answer

HERE = Path(__file__).parent / "vignettes"
TIERS = {
    "emergency": Tier.T4,
    "same_day": Tier.T3,
    "within_days": Tier.T2,
    "within_weeks": Tier.T1,
    "self_care": Tier.T0,
}
"""What the key says -> our tier."""
Z = 1.96


@dataclass(frozen=True, slots=True)
class Vignette:
    """One runner with the key."""

    name: str
    case: Case
    keyed: Tier
    causes: frozenset[str]

    @property
    def split(self) -> str:
        """What is in the third set is kept for the test."""
        return "test" if self.name.startswith("third/") else "tune"


@dataclass(frozen=True, slots=True)
class Sat:
    """One vignette and what the program answered."""

    vignette: Vignette
    tier: Tier
    asks: bool
    """Safety questions are still open: no all-clear is given."""
    ranked: tuple[str, ...]
    """What fits best or is possible, best first."""
    best: tuple[str, ...]

    @property
    def off(self) -> int:
        """Tiers above the key; below zero is too late."""
        return self.tier - self.vignette.keyed


def read(folder: Path, knowledge: Knowledge) -> list[Vignette]:
    """Every vignette of a folder, by name."""
    found = []
    for path in sorted(folder.rglob("*.toml")):
        case = open_case(path, knowledge)
        expect: dict[str, Any] = case.expect  # Any: a key as TOML holds it
        name = str(path.relative_to(folder).with_suffix(""))
        found.append(Vignette(name, case, TIERS[expect["disposition"]], frozenset(expect["causes"])))
    return found


def screened(case: Case, knowledge: Knowledge) -> Case:
    """The same runner, who answers every safety question that the text leaves open harmlessly."""
    told = {answer.question for answer in case.history.answers}
    rest = tuple(
        Answer(question.id, question.harmless[0], case.on)
        for question in knowledge.questions.values()
        if question.group == "safety"
        and question.kind in ("yes_no", "choice")
        and question.follows is None
        and question.id not in told
        and question.id not in AGE_OF_ONSET
    )
    return replace(case, history=replace(case.history, answers=(*case.history.answers, *rest)))


AGE_OF_ONSET = ("began_before_45", "began_before_35")
"""No answer to these is harmless or not: they follow from the age."""


def sat(vignette: Vignette, case: Case, knowledge: Knowledge) -> Sat:
    """What the program says of one runner."""
    answer = assess(case.history, case.on, knowledge)
    shown = [each for each in answer.causes if each.fit in ("fits best", "possible")]
    return Sat(
        vignette,
        told_tier(answer),
        bool(answer.triage.open_questions),
        tuple(each.cause for each in shown),
        tuple(each.cause for each in shown if each.fit == "fits best"),
    )


def told_tier(answer: Assessment) -> Tier:
    """How soon a runner is told to be seen: by a flag, or by a step of the plan."""
    sees = isinstance(answer.plan, Plan) and any(step.kind == "see" for step in answer.plan.steps)
    return max(answer.triage.tier, Tier.T1 if sees else Tier.T0)


def wilson(right: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927)."""
    if of == 0:
        return 0.0, 1.0
    share, slack = right / of, Z * Z / of
    middle = (share + slack / 2) / (1 + slack)
    half = Z * sqrt(share * (1 - share) / of + slack / (4 * of)) / (1 + slack)
    return max(0.0, middle - half), min(1.0, middle + half)


def line(name: str, of: Sequence[Sat], right: Callable[[Sat], bool]) -> str:
    """A count with its share and interval."""
    hits = sum(right(each) for each in of)
    if not of:
        return f"  {name:52}  none"
    low, high = wilson(hits, len(of))
    return f"  {name:52} {hits:3d} of {len(of):3d}  {hits / len(of):5.0%}  ({low:.0%} to {high:.0%})"


def of_tier(done: Iterable[Sat], *tiers: Tier) -> list[Sat]:
    """Those keyed so."""
    return [each for each in done if each.vignette.keyed in tiers]


def report(done: Sequence[Sat]) -> None:
    """Triage by tier, and the ranking."""
    print(line("emergency, raised as emergency", of_tier(done, Tier.T4), lambda e: e.tier == Tier.T4))
    print(line("same day, told the same day or sooner", of_tier(done, Tier.T3), lambda e: e.tier >= Tier.T3))
    urgent = of_tier(done, Tier.T2, Tier.T3)
    print(line("same day or days, told within days or sooner", urgent, lambda e: e.tier >= Tier.T2))
    weeks = of_tier(done, Tier.T1)
    print(line("weeks, told to see somebody", weeks, lambda e: e.tier >= Tier.T1))
    print(line("weeks, sent within days or sooner", weeks, lambda e: e.tier > Tier.T1))
    care = of_tier(done, Tier.T0)
    print(line("self-care, sent to anybody (over-triage)", care, lambda e: e.tier > Tier.T0))
    print(line("self-care, sent within days or sooner", care, lambda e: e.tier > Tier.T1))
    print(line("the tier of the key exactly", done, lambda e: e.off == 0))
    print(line("too late by a tier or more", done, lambda e: e.off < 0))
    late = [each for each in done if each.off < 0]
    print(line("  of these, with safety questions still to ask", late, lambda e: e.asks))
    judged = [each for each in done if each.vignette.causes]
    print(line("right cause first", judged, lambda e: bool(e.vignette.causes & set(e.ranked[:1]))))
    print(
        line(
            "right cause among the first three", judged, lambda e: bool(e.vignette.causes & set(e.ranked[:3]))
        )
    )
    print(
        line("right cause among those that fit best", judged, lambda e: bool(e.vignette.causes & set(e.best)))
    )


def misses(done: Sequence[Sat]) -> None:
    """Each vignette whose tier or first three are off, for those who tune."""
    for each in done:
        right = not each.vignette.causes or each.vignette.causes & set(each.ranked[:3])
        if each.off or not right:
            print(
                f"    {each.vignette.name}: {each.tier.name} for {each.vignette.keyed.name}"
                f"{' (asks first)' if each.asks else ''}; {', '.join(each.ranked[:4])} for "
                f"{' or '.join(sorted(each.vignette.causes)) or 'none'}"
            )


PUBLISHED = """
Published, other cases and other ways to count, so for scale only:
  Gilbert 2020 (200 vignettes): first three 82 % by seven general practitioners, 24 to 71 % by eight apps
  Wallace 2022 (review of ten studies): first 19 to 38 %; triage 49 to 90 %
  Semigran 2015 (23 symptom checkers, 45 vignettes): first 34 %, first twenty 58 %; triage 57 %, of
    emergencies 80 %, of self-care 33 %
  Hill 2020 (36 symptom checkers, 48 vignettes): first 36 %, first three 52 %; triage 49 %, of emergencies
    63 %, of self-care 40 %
"""


def main() -> None:
    """Prints the exam for one split, as told and after the screening."""
    asked = argparse.ArgumentParser(description="Put the vignettes to the program.")
    asked.add_argument("folder", nargs="?", type=Path, default=HERE)
    asked.add_argument("--split", choices=("tune", "test", "all"), default="all")
    asked.add_argument("--misses", action="store_true")
    given = asked.parse_args()
    knowledge = shipped()
    taken = [each for each in read(given.folder, knowledge) if given.split in ("all", each.split)]
    for name, as_put in (("as told", lambda case, _: case), ("after the screening", screened)):
        done = [sat(each, as_put(each.case, knowledge), knowledge) for each in taken]
        print(f"\n{len(done)} vignettes ({given.split}), {name}")
        report(done)
        if given.misses:
            misses(done)
    print(PUBLISHED)


if __name__ == "__main__":
    main()
