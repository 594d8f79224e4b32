"""The measures of runs, each run worked out once for the same content and the same rules."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path

from backstride.features.measures.of_fields import whole_speed_mps
from backstride.features.measures.reading import opened
from backstride.features.measures.table import RUN_MEASURES
from backstride.features.saying import missing, says
from backstride.knowledge.knowledge import Knowledge
from backstride.model.activity import Activity
from backstride.model.findings import Measure, MeasuredRun, RunMeasures, Worked
from backstride.model.text import Missing, Quantity


class Measured:
    """Asks for the measures of a run; answers from what was worked out before where nothing changed.

    A value depends on the run's content (the bytes of its files, their readers' versions, and how copies
    were put together) and on the rules (cut-offs and code), and its key on all of these: what is kept is
    never out of date, and can be thrown away at any time.
    """

    def __init__(self, knowledge: Knowledge, kept: Mapping[str, MeasuredRun] | None = None) -> None:
        self._knowledge = knowledge
        self._kept: Mapping[str, MeasuredRun] = {} if kept is None else kept
        self._rules = _rules(knowledge)
        self._here: dict[str, RunMeasures] = {}
        self.new: dict[str, MeasuredRun] = {}
        """By activity id: what was not kept, and had to be worked out."""

    def __call__(self, run: Activity) -> RunMeasures:
        """Every measure of one run, by name."""
        here = self._here.get(run.id)
        if here is None:
            here = self._here[run.id] = self._found(run)
        return here

    def _found(self, run: Activity) -> RunMeasures:
        key = self.key(run)
        if run.id in self._kept:
            kept_key, values = self._kept[run.id]
            if kept_key == key:
                return values
        reading = opened(run, self._knowledge)
        values = {name: row.of(reading) for name, row in RUN_MEASURES.items()}
        self.new[run.id] = (key, values)
        return values

    def value(self, run: Activity, name: str) -> float | None:
        """One measure of one run; None where it is not known."""
        return self(run)[name].value

    def speed_mps(self, run: Activity) -> float | None:
        """Mean speed while running; that of the whole where the run has no course in time."""
        speed = self.value(run, "running_speed_mps")
        return whole_speed_mps(run) if speed is None else speed

    def measure(self, run: Activity, name: str) -> Measure | Missing:
        """One measure of one run with its unit and channels; Missing says why not, and what would help."""
        worked = self(run)[name]
        if worked.value is None:
            return _missing(name, worked, self._knowledge)
        unit = RUN_MEASURES[name].unit
        value = Quantity(worked.value, unit, worked.low, worked.high)
        return Measure(name, run.id, run.on, value, worked.channels)

    def key(self, run: Activity) -> str:
        """What the measures of one run hang on, as one hash."""
        told = (run.origin, run.copies, run.start, run.distance_m, run.moving_s, run.climb_m, run.descent_m)
        rest = (run.rpe, run.repairs, sorted(run.averages.items()), tuple(run.stream))
        return sha256(f"{self._rules}{told}{rest}".encode()).hexdigest()[:32]


def _missing(name: str, worked: Worked, knowledge: Knowledge) -> Missing:
    least = Quantity(knowledge.number("least_running_s"), "count")
    what = says(f"name_{name}")
    return missing(says(worked.reason or "not_recorded", what=what, least=least), "help_channel")


def _rules(knowledge: Knowledge) -> str:
    cut_offs = sorted((id, threshold.value) for id, threshold in knowledge.thresholds.items())
    return sha256(f"{_code()}{cut_offs}".encode()).hexdigest()


@cache
def _code() -> str:
    """One hash over the code of this room, which is all that decides a measure's value."""
    room = Path(__file__).parents[1]
    return sha256(b"".join(path.read_bytes() for path in sorted(room.rglob("*.py")))).hexdigest()
