"""The laws of safety that no plan may break, how often each was looked at, and what is right so far.

What is right is written here once more, in numbers from the rules (evidence G2, G3, G5) and in short code of
its own, so that a fault in the plan's code is not repeated by its judge.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from accuracy.plan_runners import FIRST, LEGS, Runner

from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.ladder import Ladder
from backstride.model.findings import Facts, Finding
from backstride.model.history import CheckIn, Seen
from backstride.model.text import Missing, Quantity, Text
from backstride.plan.run_steps import LONGEST

DAY = timedelta(days=1)
IN_ONE_GO = 11
"""From this rung on running is in one go."""
NOTHING = Text("plan.honest")

DAILY = {
    "rest": "no session is due the day after a running day, below rung 11",
    "up": "up only after two green sessions in a row on the rung due, one rung at a time",
    "red": "after a red session a rung back and two days of rest",
    "red_day": "after a red day without a session two days of rest",
    "red_now": "no session is due on a day whose last score is red",
    "refer": "two reds on one rung, or pain above 5 for longer than a day twice, refer",
    "seen": "a visit lifts nobody, and frees only by a yes of somebody whose word counts",
    "waits": "no session is due while somebody should look first, or said not yet",
    "restart": "to begin again lifts nobody, and takes back neither a referral nor rest",
    "match": "a run on record without a word of it is a green only where it clearly is the session due",
    "back": "what takes the ladder back lifts nobody, and takes back neither a referral nor rest",
    "legs_anew": "after a sign in a leg no rung beyond what was told since leads to",
    "bone": "pain that is or may be from bone never runs",
    "legs": "with a leg symptom told no session is due",
    "entry": "no session is due under 18 or without every entry check",
    "cap": "no cap beyond 1.10 of the longest run of 30 days, and none without a run",
    "anew": "with no session for 30 days nothing above the first running rung",
    "review": "the day to look again comes within 14 days, and is never put off",
}
WHOLE = {
    "plan_flag": "no plan beside a raised flag or an open safety question",
    "plan_alarm": "no plan beside a yes to a sign of cauda equina, whatever else is said",
    "plan_exercise": "no exercise against its not-if, its causes, or a group it is left out for",
    "plan_medicine": "no dose of a medicine with a stop answer, or without a clear no to each",
    "plan_bone": "no running and no green zone while pain is or may be from bone",
    "plan_legs": "no running session while a leg symptom is told",
    "plan_entry": "no running session while an entry check is told as a no",
    "plan_checks": "an entry check too old to count holds running, but within 14 days of a session not red",
    "plan_rest": "no session today after a running day yesterday or a red score",
    "plan_cap": "no session and no cap beyond 1.10 of the longest run of 30 days",
    "plan_review": "a day to look again within 14 days, or no plan and what comes first",
    "plan_waits": "no running session in a plan while somebody should look first, or said not yet",
    "plan_ban": "an exercise that is not wanted is in no step and no session",
    "plan_pin": "one that is asked for is in the plan, or the plan says why not",
    "plan_pause": "no session on a paused day",
    "plan_again": "after a wish to begin again no rung beyond what was told since leads to",
    "plan_legs_anew": "after a sign in a leg no rung beyond what was told since leads to",
    "plan_goal": "no day for a goal without the right to run, and none sooner than the ladder allows",
    "plan_refer": "two reds on one rung, or strong pain that lasted twice: the plan says whom to see",
}


@dataclass(slots=True)
class Tally:
    """How often each law was looked at, and where it was broken."""

    looked_at: dict[str, int] = field(default_factory=lambda: dict.fromkeys((*DAILY, *WHOLE), 0))
    broken: dict[str, int] = field(default_factory=lambda: dict.fromkeys((*DAILY, *WHOLE), 0))
    examples: list[str] = field(default_factory=list)
    runners: int = 0
    days: int = 0
    due: int = 0
    """Days with a running session due."""
    due_without_record: int = 0
    """Of them those of runners without a record: there is no cap to look at."""
    referred: int = 0
    """Runners whom the ladder sent to somebody."""
    plans: dict[str, int] = field(default_factory=dict)
    """What came of whole plans."""


@dataclass(slots=True)
class Ledger:
    """What is right so far, kept beside the plan's own standing."""

    reds: dict[int, int] = field(default_factory=dict)
    greens: int = 0
    """Green sessions in a row on the rung that was due."""
    last_session: date | None = None
    last_score: tuple[date, float] | None = None
    rest_until: date = FIRST
    promised: date | None = None
    """The day to look again, as it was told yesterday."""
    promised_sooner: bool = False
    looked_again: date = FIRST
    referred: bool = False
    """The ladder sent the runner to somebody, once at least."""
    lasting: int = 0
    """How often pain above 5 was told of two days in a row, since somebody last said yes."""
    held: bool = False
    """Somebody said not yet, and nobody yes since."""
    back_on: date = FIRST
    """The last day on which the ladder went back."""
    leg: bool = False
    """A sign in a leg is told, and not taken back."""
    since_leg: int | None = None
    """Sessions since the last sign in a leg; None where there was none, or no session before it."""

    @property
    def waits(self) -> bool:
        """Whether running waits for somebody."""
        return self.held or self.lasting >= 2 or any(count >= 2 for count in self.reds.values())

    def visit(self, seen: Seen) -> None:
        """What a visit does to what is right: a coach's word counts for nothing."""
        if seen.who == "running_coach" or seen.may_run == "not_said":
            return
        if seen.may_run == "yes" and self.waits:
            self.reds.clear()
            self.lasting = 0
            self.greens = 0
        self.held = seen.may_run == "not_yet"


@dataclass(slots=True)
class Watched:
    """One runner who is followed, and everything the laws look at."""

    name: str
    runner: Runner
    knowledge: Knowledge
    ladder: Ladder
    tally: Tally
    ledger: Ledger = field(default_factory=Ledger)
    on: date = FIRST

    def law(self, name: str, holds: bool, what: str = "") -> None:
        """One look at a law today."""
        self.tally.looked_at[name] += 1
        if not holds:
            self.tally.broken[name] += 1
            if len(self.tally.examples) < 20:
                self.tally.examples.append(f"{name}: runner {self.name}, day {(self.on - FIRST).days} {what}")

    def ran_yesterday(self) -> bool:
        """Told of a running session, or a run on record."""
        on_record = self.runner.watch and self.on - DAY in self.runner.runs
        return on_record or self.ledger.last_session == self.on - DAY

    def longest_m(self) -> float | None:
        """The longest run on record in the 30 days up to today; None for none."""
        if not self.runner.watch:
            return None
        recent = (metres for day, metres in self.runner.runs.items() if 0 <= (self.on - day).days < 30)
        return max(recent, default=None)

    def red_score(self, bone: bool) -> bool:
        """Whether the last score of the last 7 days was above 5; any pain at all where it may be bone."""
        last = self.ledger.last_score
        return last is not None and (self.on - last[0]).days < 7 and last[1] > (0 if bone else 5)


Colour = Literal["green", "amber", "red", "not known"]


def colour(told: CheckIn, before: Sequence[CheckIn], bone: bool | None) -> Colour:
    """The colour of a day: 0 to 2, 3 to 5, above 5; next morning up by more than 1, by more than 2 (G2).

    3 to 5 is red where this week is worse than the last by more than 1.
    """
    worst, rise = max(told.scores, default=0.0), _rise(told, before[-1] if before else None)
    if worst > (0 if bone else 5) or rise > 2:
        return "red"
    if bone is None or not told.scores:
        return "not known"
    if worst > 2 and _worse_than_last_week(told, before):
        return "red"
    if bone or worst > 2 or rise > 1:
        return "amber"
    left_out = None in (told.pain_during, told.pain_after, told.pain_next_morning)
    return "not known" if left_out else "green"


def _worse_than_last_week(told: CheckIn, before: Sequence[CheckIn]) -> bool:
    """By the mean of each session's worst score, of at least two in each week."""
    if told.pain_during is None and told.pain_after is None:
        return False
    sessions = [day for day in (*before, told) if (day.pain_during, day.pain_after) != (None, None)]
    scored = [((told.on - day.on).days, _worst_of_session(day)) for day in sessions]
    this = [score for ago, score in scored if ago < 7]
    last = [score for ago, score in scored if 7 <= ago < 14]
    whole = sum(this) * len(last) - sum(last) * len(this)  # never a rounding away from the line
    return len(this) > 1 and len(last) > 1 and whole > len(this) * len(last)


def strong_again(every: Sequence[CheckIn]) -> bool:
    """Whether pain above 5 is told of the last day and the day before it, for the first time in a row."""
    by_day = {day.on: day for day in every}
    last = every[-1].on

    def both(on: date) -> bool:
        one, two = by_day.get(on - DAY), by_day.get(on)
        if one is None or two is None:
            return False
        of_day = [score for score in (one.pain_during, one.pain_after, one.pain_now) if score is not None]
        return max(of_day, default=0) > 5 and max(two.scores, default=0) > 5

    return both(last) and not both(last - DAY)


def _worst_of_session(day: CheckIn) -> float:
    every = (day.pain_during, day.pain_after, day.pain_next_morning)
    return max(score for score in every if score is not None)


def _rise(told: CheckIn, before: CheckIn | None) -> float:
    if before is None or before.on != told.on - DAY:
        return 0.0
    if before.pain_next_morning is None or told.pain_next_morning is None:
        return 0.0
    return told.pain_next_morning - before.pain_next_morning


def leg_symptom(facts: Facts) -> bool:
    """Whether any answer tells of a leg."""
    return any(facts.get(id) == (True if value == "yes" else value) for id, value in LEGS)


def longest_found(longest_m: float | None) -> Finding:
    """The longest run as the finders would tell it."""
    value = Missing(NOTHING, NOTHING) if longest_m is None else Quantity(longest_m, "m")
    return Finding(LONGEST, NOTHING, value, None, 1.0)


def note_scores(ledger: Ledger, told: CheckIn) -> None:
    """The last score as a diary has it: that of the next morning belongs to the day after."""
    now = ((0, told.pain_during), (0, told.pain_after), (1, told.pain_next_morning), (0, told.pain_now))
    for days, score in now:
        on = told.on + DAY * days
        if score is not None and (ledger.last_score is None or on >= ledger.last_score[0]):
            ledger.last_score = (on, score)
