"""Every sentence walked back: to the answer or the runs it rests on, what it counts for, and its source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import exp

from backstride.model.assessment import Assessment, Flag, Origin, RankedCause, Reason, SourceNote
from backstride.model.findings import Finding
from backstride.model.text import Value
from backstride.reports.blocks import OWN, Block, Card, Item, Listing, Paragraph, Section
from backstride.reports.sayer import Sayer
from backstride.reports.wording import Wording

RUNS_SHOWN = 5


def traced(assessment: Assessment, wording: Wording) -> Section:
    """The raised flags first, then each cause that fits or is possible, and what may have contributed."""
    trace = _Trace(assessment, wording)
    blocks: list[Block] = [Paragraph(trace.own("trace_lead"))]
    blocks += [trace.flag(flag) for flag in assessment.triage.raised]
    blocks += [trace.change(each) for each in assessment.changes]
    shown = [cause for cause in assessment.causes if cause.fit in ("fits best", "possible")]
    blocks += [trace.cause(cause) for cause in shown]
    seen = [each for each in assessment.contributors if each.state == "may have contributed"]
    blocks += [
        trace.card(trace.say(each.name), trace.own(f"verdict_{each.verdict}"), each.rests_on, each.sources)
        for each in seen
    ]
    return Section("trace", trace.own("trace_title"), tuple(blocks))


class _Trace:
    def __init__(self, assessment: Assessment, wording: Wording) -> None:
        self._wording, self.say = wording, Sayer(wording)
        self.own = self.say.own
        self._origins: Mapping[str, Origin] = {each.fact: each for each in assessment.origins}
        self._days = {id: day.on for day in assessment.strip.days for id in day.activities}
        self._days |= {run.activity: run.on for each in assessment.origins for run in each.runs}
        self._sources: Mapping[str, SourceNote] = {each.id: each for each in assessment.sources}

    def flag(self, flag: Flag) -> Card:
        tier = self.own(f"tier_{flag.tier.name.lower()}") if flag.tier is not None else ""
        return self.card(self.say(flag.name), tier, flag.rests_on, flag.sources)

    def change(self, change: Finding) -> Card:
        """What changed before it began: its days and its runs."""
        lines: list[str] = []
        if change.window is not None:
            ends = {"first": change.window.first, "last": change.window.last}
            lines.append(self.own("trace_window", share=f"{change.seen_share:.0%}", **ends))
        if change.activities:
            lines.append(self._runs(change.activities))
        rests = Listing(tuple(Item(line) for line in lines), self.own("trace_rests_on"))
        cited = Listing(tuple(Item(line) for line in self._cited(change.sources)), self.own("trace_sources"))
        words = self.say(change.statement)
        return Card(
            self.own("trace_changed"), "", words, tuple(each for each in (rests, cited) if each.items)
        )

    def cause(self, cause: RankedCause) -> Card:
        """With its number: a structured opinion with its range, shown here only."""
        share = {name: f"{100 * getattr(cause, name):.3g}" for name in ("probability", "low", "high")}
        lists = (
            self._reasons("for", cause.reasons_for),
            self._reasons("against", cause.reasons_against),
        )
        return Card(
            self.say(cause.name),
            self.own("rule_out" if cause.rule_out else "fit_" + cause.fit.replace(" ", "_")),
            self.own("trace_share", **share),
            tuple(each for each in lists if each.items),
        )

    def card(self, title: str, badge: str, facts: Iterable[str], sources: tuple[str, ...]) -> Card:
        """Something that rests on facts alone, without weights."""
        rests = Listing(tuple(Item(line) for line in self._rests_on(facts)), self.own("trace_rests_on"))
        cited = Listing(tuple(Item(line) for line in self._cited(sources)), self.own("trace_sources"))
        return Card(title, badge, "", tuple(each for each in (rests, cited) if each.items))

    def _reasons(self, heading: str, reasons: tuple[Reason, ...]) -> Listing:
        return Listing(tuple(self._reason(each) for each in reasons), self.own(heading))

    def _reason(self, reason: Reason) -> Item:
        lines = (*self._rests_on(reason.rests_on), self._counts(reason), *self._cited((reason.source,)))
        return Item(self.say(reason.text), lines=lines)

    def _counts(self, reason: Reason) -> str:
        times = f"{exp(abs(reason.weight)):.3g}"
        key = "trace_more" if reason.weight > 0 else "trace_less"
        counts = self.own(key, times=times)
        if reason.ratio is None:
            return f"{counts} {self.own('trace_opinion')}"
        return f"{counts} {self.own('trace_published', ratio=f'{reason.ratio:.3g}')}"

    def _rests_on(self, facts: Iterable[str]) -> Iterator[str]:
        for name in facts:
            origin = self._origins.get(name)
            if origin is not None:
                yield self._origin(origin)

    def _origin(self, origin: Origin) -> str:
        key = origin.kind.replace(" ", "_")
        if origin.days is None:
            return self.own(f"trace_from_{key}", what=self.say(origin.says))
        values: dict[str, Value] = {"what": self.say(origin.says), "last": origin.days.last}
        if origin.days.first == origin.days.last:
            line = self.own(f"trace_{key}_on", **values)
        else:
            line = self.own(f"trace_{key}_in", first=origin.days.first, **values)
        return f"{line} {self._runs([run.activity for run in origin.runs])}" if origin.runs else line

    def _runs(self, runs: Sequence[str]) -> str:
        """The first of them by day and id; by id alone where the answer does not tell the day."""
        shown = ", ".join(
            f"{self._wording.day(self._days[id])} ({id})" if id in self._days else id
            for id in runs[:RUNS_SHOWN]
        )
        more = len(runs) - RUNS_SHOWN
        rest = " " + self.own("and_more", count=more) if more > 0 else ""
        return f"{self.own('trace_runs', runs=shown)}{rest}"

    def _cited(self, sources: tuple[str, ...]) -> Iterator[str]:
        for id in sources:
            if id == OWN:
                yield self.own("trace_own")
            elif (source := self._sources.get(id)) is not None:
                doi = f" doi {source.doi}." if source.doi else ""
                checked = self.own(f"checked_{source.checked}")
                yield f"{source.citation}.{doi} ({checked})".replace("..", ".")
