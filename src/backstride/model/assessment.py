"""The answer: safety first, then what changed, what fits, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Literal

from backstride.model.course import Course, Relapse
from backstride.model.drawing import Drawing
from backstride.model.findings import Checked, Finding, Strip, Week
from backstride.model.history import Profile, Span
from backstride.model.ladder import LadderChange, RunMatch
from backstride.model.scores import Standing
from backstride.model.session import PlannedDay, Session
from backstride.model.text import Text
from backstride.model.wishes import GoalAhead, PauseAhead, WishKept


class Tier(IntEnum):
    """Who should look, and how soon.  Higher is sooner."""

    T0 = 0
    """Self-care, with a safety net and a review date."""
    T1 = 1
    """A physiotherapist or doctor within two to four weeks."""
    T2 = 2
    """A doctor within days."""
    T3 = 3
    """A doctor the same day."""
    T4 = 4
    """Emergency, now."""


FlagState = Literal["raised", "ask", "ask_again", "clear"]
"""raised: act; ask: a question it needs was not answered; ask_again: somebody was not sure; clear."""


@dataclass(frozen=True, slots=True)
class Flag:
    """One red flag and where it stands."""

    id: str
    state: FlagState
    tier: Tier | None
    """What it asks for; None unless raised."""
    name: Text
    why: Text
    """For a raised flag what to do about it; else what the flag looks for."""
    because: tuple[Text, ...]
    """The answers it rests on, in words."""
    ask: tuple[str, ...]
    """Question ids still open."""
    sources: tuple[str, ...] = ()
    rests_on: tuple[str, ...] = ()
    """Fact names of `because`."""
    suspects: tuple[str, ...] = ()
    """What it looks for, by cause id."""


@dataclass(frozen=True, slots=True)
class Triage:
    """Every red flag, and what they come to together."""

    tier: Tier
    """The highest raised; T0 with `open_questions` means "not known yet", never "safe"."""
    flags: tuple[Flag, ...]
    """Raised ones first, most urgent first; then ask, ask_again, clear."""
    headline: Text
    where_to_go: Text
    stops_plan: bool
    """True when a T2 to T4 is raised."""
    stop_running: bool
    open_questions: tuple[str, ...]
    """Safety questions without an answer, in asking order: while there are any, no plan is made."""
    ask_again: tuple[str, ...]
    """Safety questions answered "not sure" that are put again at the next check-in."""
    noted: tuple[Text, ...] = ()
    """Weak signs that were seen and do not alarm on their own, each with the reason why not."""
    groups: tuple[Text, ...] = ()
    """Names of the groups the runner belongs to for whom somebody should look, whatever the answers."""

    @property
    def raised(self) -> tuple[Flag, ...]:
        """The raised flags, most urgent first."""
        return tuple(flag for flag in self.flags if flag.state == "raised")


Fit = Literal["fits best", "possible", "unlikely", "not known yet"]
"""`not known yet`: a serious cause that would be unlikely, but safety questions about it are open."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for or against a cause."""

    text: Text
    ratio: float | None
    """Likelihood ratio as published; None where it is our own judgement, or the answer is not known."""
    weight: float
    """Change in log-odds after tempering; above zero speaks for."""
    source: str
    checked: Checked
    rests_on: tuple[str, ...]
    """Fact names: questions, tests and findings."""


@dataclass(frozen=True, slots=True)
class RankedCause:
    """One condition, how well it fits, and why."""

    cause: str
    name: Text
    plain: Text
    fit: Fit
    probability: float
    low: float
    high: float
    """A structured opinion between 0 and 1 with its range: shown in the detail view only."""
    reasons_for: tuple[Reason, ...]
    reasons_against: tuple[Reason, ...]
    unknown: tuple[Reason, ...]
    """What would speak for or against it if it were known, most telling first."""
    whom_to_see: Text
    course: Text
    what_to_do: Text
    """Until somebody has looked, or until it settles."""
    sources: tuple[str, ...]
    rule_out: bool = False
    """True where a raised red flag looks for it: it stands first, whatever the ranking makes of it."""
    serious: bool = False
    """True for what red flags look for: what to do about it stands also while there is no plan."""


KindFit = Literal["mostly", "rather", "not clear"]
"""In so many words; how often each is right stands in accuracy/README.md."""


@dataclass(frozen=True, slots=True)
class KindOfPain:
    """What keeps the pain going, by the signs known: one line beside the causes, and no cause itself."""

    kind: str
    name: Text
    plain: Text
    fit: KindFit
    share: float
    """Of the whole, 0 to 1: as in the clinic where it was learned, which is not a runner's."""
    because: tuple[Text, ...]
    """What speaks for it, strongest first."""
    known: int
    """How many of the signs are known."""
    of: int
    sources: tuple[str, ...]


Verdict = Literal["supported", "weak", "contradicted", "unsafe"]


@dataclass(frozen=True, slots=True)
class Contributor:
    """Something the articles name that may have contributed, with what is known about it."""

    contributor: str
    name: Text
    state: Literal["may have contributed", "not seen", "not known"]
    verdict: Verdict
    evidence: Text
    because: tuple[Text, ...]
    what_helps: Text
    ask: tuple[str, ...]
    sources: tuple[str, ...]
    rests_on: tuple[str, ...] = ()
    """Fact names of what was known of it."""


StepKind = Literal["move", "run", "exercise", "relief", "avoid", "see", "habit", "review"]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do, with its dose and why it is there."""

    id: str
    kind: StepKind
    what: Text
    dose: Text | None
    how: tuple[Text, ...]
    because: Text
    causes: tuple[str, ...]
    sources: tuple[str, ...]
    checked: Checked
    drawing: Drawing | None = None
    """How it looks; only of exercises."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do now and until the review."""

    phase: str
    goal: Text
    steps: tuple[Step, ...]
    rung: int
    """The rung of the walk-run ladder that is due; 0 while no run is."""
    longest_run_cap_m: float | None
    """No single run beyond this; None while no run is due, and where the last 30 days are not known."""
    pain_rule: tuple[Text, ...]
    red_above: float
    """A pain score above this (NPRS, 0 to 10) makes a day red; 0 while the pain may come from bone."""
    stop_rules: tuple[Text, ...]
    safety_net: tuple[Text, ...]
    review_on: date
    expect: Text
    honest: Text
    """What this plan cannot know."""
    notes: tuple[Text, ...]
    """What special circumstances changed."""
    sessions: tuple[Session, ...] = ()
    """The running and exercise steps as something to be led through: at most one of each kind."""
    week: tuple[PlannedDay, ...] = ()
    """The days from now, and which session is on which; none at or after the review."""
    look_first: bool = False
    """True while running waits until somebody has looked, and until it is told that they allow it."""
    today: RunMatch | None = None
    """What was run today by the record, held against the session due; None where nothing was, where it is
    told already, or where it is no part of the session."""
    history: tuple[LadderChange, ...] = ()
    """What moved the runner on the ladder, newest first."""
    own_goal: GoalAhead | None = None
    """The runner's own goal, as the rules see it today; None where none was told."""
    wishes: tuple[WishKept, ...] = ()
    """Exercises that are to be in it always or never, and whether that is kept."""
    pauses: tuple[PauseAhead, ...] = ()
    """Pauses of today or of the days up to the review."""


@dataclass(frozen=True, slots=True)
class NoPlan:
    """Why no plan is made, and what comes first instead."""

    reason: Text
    ask: tuple[str, ...]
    do: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class NextQuestion:
    """The one question or test that would tell most."""

    question: str
    why: Text


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the answer was made from."""

    runs: int
    other_activities: int
    first_on: date | None
    last_on: date | None
    unrecorded_days: int
    """Of the last 84 days."""
    symptom_notes: int
    answers: int
    measured: int
    """Results of physical tests and questionnaires, and daily check-ins."""


OriginKind = Literal["answer", "record", "diary", "body map", "profile"]


@dataclass(frozen=True, slots=True)
class RunOfDay:
    """One run that a fact rests on."""

    activity: str
    on: date


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a fact came from, so that every sentence can be walked back to it."""

    fact: str
    says: Text
    """The fact with its value; of the record the finding's own sentence."""
    kind: OriginKind
    days: Span | None = None
    """The day of the answer, the days of the notes, or the window of the finding."""
    runs: tuple[RunOfDay, ...] = ()
    finding: str | None = None


@dataclass(frozen=True, slots=True)
class SourceNote:
    """One paper or guideline, for walking a claim back."""

    id: str
    citation: str
    doi: str | None
    design: str
    studied: str
    """Who was studied."""
    n: int | None
    """How many; None where it is not known to us."""
    checked: Checked


@dataclass(frozen=True, slots=True)
class Assessment:
    """What one runner's data say about their back on one day."""

    on: date
    profile: Profile
    coverage: Coverage
    triage: Triage
    changes: tuple[Finding, ...]
    """What changed before it began, most notable first."""
    findings: tuple[Finding, ...]
    """Everything else the record says."""
    against_year: Finding | None
    """Whether anything stood out from the runner's own past year; None where no onset is known."""
    strip: Strip
    weeks: tuple[Week, ...]
    causes: tuple[RankedCause, ...]
    kind_of_pain: KindOfPain | None
    """None while too few of its signs are known."""
    contributors: tuple[Contributor, ...]
    plan: Plan | NoPlan
    next_question: NextQuestion | None
    course: Course | None
    """How the pain went on; None where nobody knows when it began."""
    relapse: Relapse | None
    """The watch after recovery; None where there was none."""
    origins: tuple[Origin, ...]
    """Where each fact that a reason, a raised flag or a contributor rests on came from, by name."""
    sources: tuple[SourceNote, ...]
    """Every source named anywhere above, by id."""
    code_version: str
    knowledge_version: str
    scores: tuple[Standing, ...]
    """How the runner is doing by each questionnaire that was filled in."""
    clinician_reviewed: bool
    """True only when a named clinician reviewed all the knowledge that was used."""
