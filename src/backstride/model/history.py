"""Everything known of one runner: all that `assess` may look at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import ClassVar, Literal, TypeAlias

from backstride.model.activity import Activity
from backstride.model.wishes import Wishes

Sex = Literal["female", "male"]

AnswerValue: TypeAlias = str | float
"""`yes`, `no` and `not_sure`; for a choice its option; for a number or a date question, the number or
the ISO date as text.  A question nobody answered has no Answer at all."""


@dataclass(frozen=True, slots=True)
class Profile:
    """Who runs.  None is "not told", and nothing is assumed in its place."""

    birth_year: int | None = None
    age_years: int | None = None
    """Only where the year of birth is not known, as in a case file."""
    sex: Sex | None = None
    height_m: float | None = None
    mass_kg: float | None = None
    zone: str | None = None
    """IANA name, for files that do not say where they were recorded."""
    medicines: tuple[str, ...] | None = None
    made_up: bool = False
    """A made-up runner, and every report says so."""

    def age_on(self, on: date) -> int | None:
        """Whole years on a day; from the year of birth the lower of the two possible ages."""
        if self.birth_year is not None:
            return max(0, on.year - self.birth_year - 1)
        return self.age_years


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said to one question, and on which day."""

    question: str
    value: AnswerValue
    on: date


PainTiming = Literal["during", "after", "next_morning", "rest"]
TIMINGS: tuple[PainTiming, ...] = ("during", "after", "next_morning", "rest")


@dataclass(frozen=True, slots=True)
class Symptom:
    """One note of pain, or of its absence: a score of 0 is a pain-free note."""

    on: date
    score: float
    """NPRS: 0 no pain to 10 worst imaginable."""
    regions: tuple[str, ...] = ()
    """Places on the body map; see `REGIONS`."""
    timing: PainTiming | None = None
    eased_by: str | None = None
    note: str | None = None


REGIONS: tuple[str, ...] = (
    "low_back_left",
    "low_back_middle",
    "low_back_right",
    "mid_back",
    "loin_left",
    "loin_right",
    "sacrum",
    "buttock_left",
    "buttock_right",
    "sit_bone_left",
    "sit_bone_right",
    "groin_left",
    "groin_right",
    "hip_left",
    "hip_right",
    "thigh_front_left",
    "thigh_front_right",
    "thigh_back_left",
    "thigh_back_right",
    "lower_leg_left",
    "lower_leg_right",
    "foot_left",
    "foot_right",
    "belly",
)
"""Places on the body map; their names are sentences, `body.low_back_left`."""


DROP_MM, STACK_MM = (-20.0, 60.0), (0.0, 120.0)
"""From and to of what a pair of shoes can have, millimetres: what lies outside is a slip of the keys."""


@dataclass(frozen=True, slots=True)
class Shoe:
    """One pair of shoes.  Runs name it by `id`."""

    id: str
    model: str
    in_use_from: date | None = None
    in_use_to: date | None = None
    distance_before_m: float | None = None
    """Distance in them before the first recorded run; None is not known."""
    worn_in: tuple[str, ...] = ()
    """`Activity.service_id` of runs in them, where the service keeps such a list."""
    drop_mm: float | None = None
    """How much higher the heel stands than the ball of the foot, as the maker says."""
    stack_mm: float | None = None
    """Height of the sole under the heel, as the maker says."""


@dataclass(frozen=True, slots=True)
class DayRecord:
    """What a watch noted of one day beside activities.  None is not recorded, never zero."""

    on: date
    """The local day; for the night, the day of waking up."""
    maker: str
    """Whose device or service noted it: "garmin", "apple"."""
    sleep_s: float | None = None
    """Asleep, without time awake in bed."""
    resting_heart_rate_bpm: float | None = None
    hrv_rmssd_ms: float | None = None
    hrv_sdnn_ms: float | None = None
    """The two are different measures of heart rate variability and never compared with one another."""
    steps: float | None = None
    mass_kg: float | None = None


@dataclass(frozen=True, slots=True)
class TestResult:
    """The outcome of one physical test on one day."""

    __test__: ClassVar[bool] = False  # pytest would take the name for a class of tests
    test: str
    value: AnswerValue
    on: date


@dataclass(frozen=True, slots=True)
class InstrumentResult:
    """One questionnaire as it was filled in on one day.  What was left out is not there, never zero."""

    instrument: str
    on: date
    items: Mapping[str, float] = field(default_factory=dict)
    """Item id, or an activity in the runner's own words -> points."""
    total: float | None = None
    """The whole score, where it was worked out elsewhere and typed in."""


@dataclass(frozen=True, slots=True)
class CheckIn:
    """One day of the plan: what was done, and how the back answered.  None is not told."""

    on: date
    done: tuple[str, ...] = ()
    """Ids of the plan's steps."""
    pain_during: float | None = None
    pain_after: float | None = None
    pain_next_morning: float | None = None
    note: str | None = None
    pain_now: float | None = None
    """At the moment of the check-in."""

    @property
    def scores(self) -> tuple[float, ...]:
        """Every pain score that was told."""
        each = (self.pain_now, self.pain_during, self.pain_after, self.pain_next_morning)
        return tuple(score for score in each if score is not None)


def one_a_day(check_ins: Iterable[CheckIn]) -> tuple[CheckIn, ...]:
    """One check-in for each day, by day: what was told later of the same day adds to it or replaces it."""
    days: dict[date, CheckIn] = {}
    for told in check_ins:
        before = days.get(told.on, CheckIn(told.on))
        later = {
            field.name: value
            for field in fields(told)
            if field.name != "done" and (value := getattr(told, field.name)) is not None
        }
        days[told.on] = replace(before, **later, done=tuple(dict.fromkeys((*before.done, *told.done))))
    return tuple(days[on] for on in sorted(days))


MayRun = Literal["yes", "not_yet", "not_said"]
"""What was said about running by somebody who looked; `not_said` is never taken as a yes."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody looked at the runner's back.  It moves the ladder, and clears no red flag."""

    who: str
    """Id of a page on professionals."""
    on: date
    """The day of the visit."""
    may_run: MayRun = "not_said"


@dataclass(frozen=True, slots=True)
class Sameness:
    """The runner's word on whether two activities are copies of one; the last word on a pair counts."""

    first: str
    """Activity id, as is `second`."""
    second: str
    same: bool


@dataclass(frozen=True, slots=True)
class Removed:
    """An activity the runner took out: it and every copy of it stay out, also when they come again."""

    activity: str
    """Its id."""
    on: date
    """The day it was taken out."""


@dataclass(frozen=True, slots=True)
class Span:
    """Whole days, both ends counted."""

    first: date
    last: date

    def __contains__(self, on: date) -> bool:
        return self.first <= on <= self.last

    @property
    def days(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class History:
    """One runner, whole."""

    profile: Profile = field(default_factory=Profile)
    activities: tuple[Activity, ...] = ()
    """By start, oldest first; every copy of each, as its file tells it."""
    symptoms: tuple[Symptom, ...] = ()
    answers: tuple[Answer, ...] = ()
    shoes: tuple[Shoe, ...] = ()
    days: tuple[DayRecord, ...] = ()
    """By day; several of one day where several makers noted it."""
    tests: tuple[TestResult, ...] = ()
    scores: tuple[InstrumentResult, ...] = ()
    """Questionnaires, in the order they were filled in."""
    check_ins: tuple[CheckIn, ...] = ()
    seen: tuple[Seen, ...] = ()
    """Visits, by day; of one day in the order they were told."""
    wishes: Wishes = field(default_factory=Wishes)
    """What is wanted of the plan."""
    sameness: tuple[Sameness, ...] = ()
    removed: tuple[Removed, ...] = ()
    recorded: tuple[Span, ...] | None = None
    """Days the record is said to cover in full; None: judge it by the activities themselves."""
