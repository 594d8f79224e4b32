"""Simulated recovery: our ladder, a fixed calendar and the 10-percent rule on the same made-up backs.

A simulation on models of our own (see plan_models.py), not evidence that anybody recovers sooner or later.

    ours        the plan's own functions: entry checks, pain rule, rests; one day in ten is not told
    by walk     the same, but a hop may hurt: the walk of 30 minutes alone decides on the start
    calendar    the same rungs, one a session, every other day from day 3, whatever hurts
    tenth       15 minutes in one go three times a week from day 3, each week a tenth longer, to 30

The score that a runner tells is rounded.  One runner in twenty has bone-type pain; four in five of them
answer the question about it with yes.  The ways see the same backs with the same chance.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

import numpy as np
from accuracy.plan_models import MODELS, Back, Felt

from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.ladder import Ladder
from backstride.model.findings import Facts
from backstride.model.history import CheckIn
from backstride.plan.climb import STEP, Standing, after_day, kept, ready, waiting
from backstride.plan.pain_rule import judge, lately, red_above

BEGAN = date(2026, 1, 5)
DAYS = 168
"""Followed for time to 30 minutes; whoever is not there by then never was."""
COUNTED_DAYS = 84
"""Flares and premature sessions are counted up to this day, for every way alike."""
FIRST_DAY = 3
"""No way runs in the first 72 hours."""
GOAL_MIN = 30.0
BONE_SHARE = 0.05
BONE_TOLD = 0.8
HOP_SHARE = 0.5
"""How much of the morning's pain a hop brings on (made up)."""
HOP_SHARES = (0.0, 0.25, 0.5, 1.0)
"""Tried one beside the other; with none of it the walk alone decides."""

READY: Facts = {
    "age_years": 34.0,
    "sex": "male",
    "osteoporosis": False,
    "both_legs": "no",
    "leg_weakness": "no",
    "leg_pain": "none",
    "leg_numb_or_tingling": False,
    "heel_raises_10": True,
}


@dataclass(frozen=True, slots=True)
class Session:
    """Minutes on one day."""

    run_min: float
    walk_min: float
    in_one_go: bool


@dataclass(slots=True)
class Course:
    """What came of one runner under one way."""

    first_on: int | None = None
    """The first day of running."""
    reached_on: int | None = None
    """First day of 30 minutes in one go without a red score."""
    flares: int = 0
    premature: int = 0
    """Sessions while the morning's pain was red, or on pain from bone."""
    sessions: int = 0


class Way:
    """A way back to running: a session for a day, or none; it is told what was felt."""

    def session(self, day: int, pain: float) -> Session | None:
        """What is run on a day; `pain` is what the runner feels in the morning."""
        raise NotImplementedError

    def told(self, day: int, session: Session | None, felt: Felt) -> None:
        """Most ways do not listen."""


def of_rung(ladder: Ladder, rung: int) -> Session:
    """A rung in minutes; the usual easy run counts as 30."""
    it = ladder.rung[rung]
    if it.run_s is None:
        return Session(GOAL_MIN, 0.0, in_one_go=True)
    return Session(it.run_s * it.repeats / 60, it.walk_s * it.repeats / 60, it.repeats == 1 and it.run_s > 0)


class Calendar(Way):
    """One rung a session, every other day."""

    def __init__(self, ladder: Ladder) -> None:
        self.ladder, self.rung = ladder, 1

    def session(self, day: int, pain: float) -> Session | None:
        """The next rung, on its day."""
        if day < FIRST_DAY or (day - FIRST_DAY) % 2:
            return None
        now = self.rung
        self.rung = min(now + 1, len(self.ladder.rung) - 1)
        return of_rung(self.ladder, now)


class Tenth(Way):
    """Three runs a week in one go, each week a tenth longer."""

    def session(self, day: int, pain: float) -> Session | None:
        """15 minutes in the first week."""
        week, weekday = divmod(day - FIRST_DAY, 7)
        if day < FIRST_DAY or weekday not in (0, 2, 4):
            return None
        return Session(min(GOAL_MIN, 15 * 1.1**week), 0.0, in_one_go=True)


class Ours(Way):
    """The ladder of the plan with its own functions."""

    def __init__(
        self, says_bone: bool, hop_share: float, chance: Random, knowledge: Knowledge, ladder: Ladder
    ) -> None:
        self.bone, self.hop_share, self.chance = says_bone, hop_share, chance
        self.knowledge, self.ladder = knowledge, ladder
        self.standing, self.before = Standing(), []
        self.started = False

    before: list[CheckIn]

    def session(self, day: int, pain: float) -> Session | None:
        """The rung that is due, once every entry check holds; a walk of 30 minutes before that."""
        on = BEGAN + timedelta(days=day)
        red = round(pain) > red_above(self.bone, self.knowledge)
        self.standing = kept(self.standing, on, self.ladder)
        now = waiting(self.standing, None, red, on, self.ladder)
        if day < FIRST_DAY or not (self.started or self._may_start(pain)):
            return None
        if now.next_on is not None and now.next_on > on:
            return None
        self.started = True
        return of_rung(self.ladder, now.rung)

    def _may_start(self, pain: float) -> bool:
        """A walk hurts as much as the morning does, a hop so much of it, in whole points."""
        facts: Facts = {
            **READY,
            "one_sided_impact_pain": self.bone,
            "walk_30_min_easy": round(pain) <= 2,
            "hops_5_pain_free": round(pain * self.hop_share) == 0,
        }
        return ready(self.ladder, facts, self.bone, ()).state == "may run"

    def told(self, day: int, session: Session | None, felt: Felt) -> None:
        """A check-in of each day, but for one in ten."""
        if self.chance.random() < 0.1:
            return
        done = () if session is None else (f"{STEP}{self.standing.rung}",)
        on, morning = BEGAN + timedelta(days=day), float(round(felt.next_morning))
        scores = (None, None) if session is None else (float(round(felt.during)), float(round(felt.after)))
        check_in = CheckIn(on, done, *scores, morning)
        before = lately(self.before, check_in, self.knowledge)
        judged = judge(check_in, self.bone, self.knowledge, before)
        self.standing = after_day(self.standing, check_in, judged, self.ladder)
        self.before.append(check_in)


def followed(way: Way, back: Back, bone: bool, chance: Random) -> Course:
    """One runner, day by day."""
    course, morning = Course(), back.pain
    for day in range(DAYS):
        session = way.session(day, morning)
        felt = back.day(*((session.run_min, session.walk_min) if session else (0.0, 0.0)), chance)
        way.told(day, session, felt)
        if session is not None and session.run_min > 0:
            _count(course, session, felt, morning, bone, day)
        morning = felt.next_morning
    return course


def _count(course: Course, session: Session, felt: Felt, morning: float, bone: bool, day: int) -> None:
    course.first_on = day if course.first_on is None else course.first_on
    red = max(felt.during, felt.after, felt.next_morning) > 5
    if day < COUNTED_DAYS:
        course.sessions += 1
        course.flares += red or felt.next_morning - morning >= 2
        course.premature += bone or morning > 5
    if session.in_one_go and session.run_min >= GOAL_MIN and not red and course.reached_on is None:
        course.reached_on = day


WAYS = ("ours", "by walk", "calendar", "tenth")


def courses(model: str, runners: int, seed: int, knowledge: Knowledge) -> dict[str, list[Course]]:
    """The same runners under each way."""
    ladder = knowledge.ladders["walk_run"]
    found: dict[str, list[Course]] = {way: [] for way in WAYS}
    for runner in range(runners):
        drawn = Random(f"{seed}/{model}/{runner}")
        bone = drawn.random() < BONE_SHARE
        says_bone = bone and drawn.random() < BONE_TOLD
        makes: dict[str, Callable[[Random], Way]] = {
            "ours": lambda chance, says=says_bone: Ours(says, HOP_SHARE, chance, knowledge, ladder),
            "by walk": lambda chance, says=says_bone: Ours(says, 0.0, chance, knowledge, ladder),
            "calendar": lambda _: Calendar(ladder),
            "tenth": lambda _: Tenth(),
        }
        for way, make in makes.items():
            back = MODELS[model](Random(f"{seed}/{model}/{runner}/back"))
            chance = Random(f"{seed}/{model}/{runner}/days")
            course = followed(make(Random(f"{seed}/{runner}/telling")), back, bone, chance)
            found[way].append(course)
    return found


def by_hops(
    model: str, runners: int, seed: int, knowledge: Knowledge
) -> dict[float, tuple[list[Course], list[Course]]]:
    """Our way by the share of pain in a hop: everybody, and those with pain from bone who did not say so."""
    ladder = knowledge.ladders["walk_run"]
    found: dict[float, tuple[list[Course], list[Course]]] = {share: ([], []) for share in HOP_SHARES}
    for runner in range(runners):
        drawn = Random(f"{seed}/{model}/{runner}")
        bone = drawn.random() < BONE_SHARE
        says_bone = bone and drawn.random() < BONE_TOLD
        for share, (every, hidden) in found.items():
            way = Ours(says_bone, share, Random(f"{seed}/{runner}/telling"), knowledge, ladder)
            back = MODELS[model](Random(f"{seed}/{model}/{runner}/back"))
            course = followed(way, back, bone, Random(f"{seed}/{model}/{runner}/days"))
            every.append(course)
            if bone and not says_bone:
                hidden.append(course)
    return found


@dataclass(frozen=True, slots=True)
class Number:
    """A figure with its 95 % interval over runners (bootstrap)."""

    value: float
    low: float
    high: float


def summed_up(each: list[Course], seed: int) -> dict[str, Number]:
    """The figures of one way on one model."""
    first = np.array([np.inf if one.first_on is None else one.first_on for one in each])
    reached = np.array([np.inf if one.reached_on is None else one.reached_on for one in each])
    flares = np.array([one.flares for one in each], dtype=float)
    premature = np.array([one.premature for one in each], dtype=float)
    ran = np.array([one.sessions for one in each], dtype=float)
    return {
        "first": _number(first, np.median, seed),
        "days": _number(reached, np.median, seed),
        "reached": _number(np.isfinite(reached).astype(float), np.mean, seed),
        "flares": _number(flares, np.mean, seed),
        "any_flare": _number((flares > 0).astype(float), np.mean, seed),
        "premature": _number(premature, np.mean, seed),
        "any_premature": _number((premature > 0).astype(float), np.mean, seed),
        "sessions": _number(ran, np.mean, seed),
    }


def _number(values: np.ndarray, of: Callable[[np.ndarray], np.floating], seed: int) -> Number:
    chance = np.random.default_rng(seed)
    drawn = [float(of(values[chance.integers(0, values.size, values.size)])) for _ in range(400)]
    low, high = np.quantile(drawn, [0.025, 0.975], method="nearest")
    return Number(float(of(values)), float(low), float(high))
