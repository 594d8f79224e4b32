"""One run against the longest of the days before it, in the published bins and in nothing finer."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from backstride.features.certain import quantity, ratio
from backstride.features.lookback import Lookback, back_from, ids
from backstride.features.saying import missing, says
from backstride.model.activity import Activity
from backstride.model.findings import Finding, Interval
from backstride.model.history import Span
from backstride.model.season import SpikeBin
from backstride.model.text import Missing, Quantity, Text

Bin = SpikeBin | Literal["none"]
BINS: tuple[Bin, ...] = ("none", "over_10", "over_30", "over_100")
"""Rising; `none` is the study's reference bin, to which 10 % still belongs."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Spike:
    """One run against the longest run of the days before it."""

    run: Activity
    distance_m: float
    previous_m: Interval
    """The longest run before; an interval where days are not recorded or a run has no distance."""
    ratio: Interval
    at_least: Bin
    at_most: Bin

    @property
    def bin(self) -> Bin | None:
        """The published bin; None where the record leaves it open."""
        return self.at_least if self.at_least == self.at_most else None


def spike_of(run: Activity, look: Lookback) -> Spike | Missing:
    """One run over the longest run of the `spike_base_days` before it, with its bin.

    Earlier runs of the same day count as before.  Missing where the run has no distance, where no run
    came before (a return after a break is told apart from a spike), and where nothing is known of before.

    Source: frandsen2025.  Never a probability: the study's bins are not in order of risk, its injuries
    were of every site, and nothing between its bins was measured.
    """
    if run.distance_m is None:
        return missing(says("run_without_distance"), "help_distance")
    previous = _longest_before(run, look)
    if previous is None:
        return missing(says("no_run_before", days=_base(look)), "help_return")
    if previous.low == 0:
        return missing(says("before_not_recorded", days=_base(look)), "help_cover")
    over = ratio(Interval(run.distance_m, run.distance_m), previous)
    return Spike(run, run.distance_m, previous, over, _bin(over.low, look), _bin(over.high, look))


def _base(look: Lookback) -> Quantity:
    return Quantity(look.number("spike_base_days"), "day")


def _bin(over: float, look: Lookback) -> Bin:
    """The bin of one ratio; an edge belongs to the bin below it."""
    return BINS[bisect_left(look.knowledge.edges("spike_edges"), round(over, 9))]


def longest_before(run: Activity, look: Lookback) -> Activity | None:
    """The run on record that a run is held against; None where there is none with a distance."""
    known = [each for each in _before(run, look) if each.distance_m is not None]
    return max(known, key=lambda each: (each.distance_m or 0.0, each.start), default=None)


def _before(run: Activity, look: Lookback) -> list[Activity]:
    """The runs of the `spike_base_days` before a run, earlier ones of its own day among them."""
    base = _base_of(run, look)
    return [each for each in look.runs_in(Span(base.first, run.on)) if each.start < run.start]


def _base_of(run: Activity, look: Lookback) -> Span:
    return back_from(run.on - _DAY, int(look.number("spike_base_days")))


def _longest_before(run: Activity, look: Lookback) -> Interval | None:
    """The longest run of the days before; None where these are recorded and hold no distance."""
    base, before = _base_of(run, look), _before(run, look)
    unknown = look.unseen_days(base) > 0 or any(each.distance_m is None for each in before)
    longest = max((each.distance_m for each in before if each.distance_m is not None), default=0.0)
    if longest == 0 and not unknown:
        return None
    return Interval(longest, max(longest, longest_possible(base, look)) if unknown else longest)


def longest_possible(base: Span, look: Lookback) -> float:
    """The longest run, metres, that a span with days nobody recorded may hold."""
    return max(look.book.longest_possible_run_m(day) for day in (base.first, base.last))


def spike_days(span: Span, look: Lookback) -> tuple[date, ...]:
    """The days of a span with a run that certainly went over the study's reference bin, oldest first."""
    return tuple(on for on, _ in spiked(span, look))


def spiked(span: Span, look: Lookback) -> tuple[tuple[date, SpikeBin], ...]:
    """The same days, each with the highest bin that one of its runs certainly reached."""
    reached: dict[date, SpikeBin] = {}
    for each in _spikes(look.runs_in(span), look):
        if each.at_least != "none":
            before = reached.get(each.run.on, each.at_least)
            reached[each.run.on] = max(before, each.at_least, key=BINS.index)
    return tuple(sorted(reached.items()))


def _spikes(runs: Iterable[Activity], look: Lookback) -> list[Spike]:
    return [spike for run in runs if isinstance(spike := spike_of(run, look), Spike)]


@dataclass(frozen=True, slots=True)
class Before:
    """The runs of the days before the onset, each against those before it."""

    window: Span
    runs: tuple[Activity, ...]
    spikes: tuple[Spike, ...]
    settled: bool
    """True where every day is recorded and every run could be compared."""

    def within(self, most: Bin) -> bool:
        """Whether no run that was compared can lie in a bin above one."""
        return all(BINS.index(spike.at_most) <= BINS.index(most) for spike in self.spikes)


def runs_before(look: Lookback) -> Before:
    """The runs of the `spike_window_days` before the onset, and of its own days, compared."""
    first = look.until if look.onset is None else min(look.until, look.onset.earliest)
    window = Span(back_from(first, int(look.number("spike_window_days"))).first, look.until)
    runs = look.runs_in(window)
    spikes = tuple(_spikes(runs, look))
    return Before(window, runs, spikes, look.unseen_days(window) == 0 and len(spikes) == len(runs))


def clear_jump(look: Lookback) -> bool | None:
    """Whether one run before the onset went beyond the study's lowest two bins; None where that is open."""
    before = runs_before(look)
    if any(BINS.index(spike.at_least) >= BINS.index("over_30") for spike in before.spikes):
        return True
    return False if before.settled and before.within("over_10") else None


def single_run_spike(look: Lookback) -> Finding:
    """The biggest single-run spike in the days before the onset.

    A spike is told as soon as it is certain, though other days are not recorded: it is then the biggest
    on record.  Its bin is a fact where no run on record can lie in a higher one.  That there was none is
    known only where every day, every run and every base is.
    """
    before = runs_before(look)
    certain = [spike for spike in before.spikes if spike.at_least != "none"]
    if certain:
        return _spiked(max(certain, key=lambda spike: (spike.ratio.low, spike.run.start)), before, look)
    if before.settled and before.within("none"):
        return _not_spiked(before.spikes, before.window, look)
    return _not_known(before, look)


def _spiked(spike: Spike, before: Before, look: Lookback) -> Finding:
    return Finding(
        "single_run_spike",
        _then_pain(_spike_words(spike, look), spike, look),
        _more(spike),
        before.window,
        look.seen_share(before.window),
        (spike.run.id,),
        {"single_run_spike": spike.at_least} if before.within(spike.at_least) else {},
        ("frandsen2025",),
        "V",
        notable=True,
        background=says(f"spike_{spike.at_least}_study"),
    )


def _spike_words(spike: Spike, look: Lookback) -> Text:
    return says(
        f"spike_{spike.at_least}",
        day=spike.run.on,
        distance=Quantity(spike.distance_m, "m"),
        previous=quantity(spike.previous_m, "m") or Quantity(spike.previous_m.low, "m"),
        more=_more(spike),
        days=_base(look),
    )


def _then_pain(words: Text, spike: Spike, look: Lookback) -> Text:
    """The spike, and how many days later the pain began, where that is known to the day."""
    if look.onset is None or look.onset.span.days > 1:
        return words
    days = (look.onset.span.first - spike.run.on).days
    if days < 1:
        return words
    return says("spike_then_pain", what=words, days=Quantity(float(days), "day"))


def _more(spike: Spike) -> Quantity:
    return quantity(spike.ratio, "ratio") or Quantity(spike.ratio.low, "ratio")


def _not_spiked(spikes: tuple[Spike, ...], window: Span, look: Lookback) -> Finding:
    facts = {"single_run_spike": BINS[0]}
    seen = look.seen_share(window)
    if not spikes:
        statement = says("spike_no_runs", first=window.first, last=window.last)
        value = missing(statement, "help_none")
        return Finding("single_run_spike", statement, value, window, seen, facts=facts)
    biggest = max(spikes, key=lambda spike: spike.ratio.high)
    statement = says("spike_none", first=window.first, last=window.last, days=_base(look))
    return Finding(
        "single_run_spike",
        statement,
        _more(biggest),
        window,
        seen,
        ids(spike.run for spike in spikes),
        facts,
        ("frandsen2025",),
        "V",
    )


def _not_known(before: Before, look: Lookback) -> Finding:
    statement = _open_statement(before, look)
    return Finding(
        "single_run_spike",
        statement,
        missing(statement, "help_cover"),
        before.window,
        look.seen_share(before.window),
        ids(before.runs),
        sources=("frandsen2025",),
        checked="V",
    )


def _open_statement(before: Before, look: Lookback) -> Text:
    """With a run whose ratio is known from above, "at most so much" is says."""
    if before.spikes:
        most = max(before.spikes, key=lambda spike: spike.ratio.high)
        return says(
            "spike_at_most",
            day=most.run.on,
            distance=Quantity(most.distance_m, "m"),
            more=Quantity(most.ratio.high, "ratio"),
            days=_base(look),
        )
    if before.runs and _longest_before(before.runs[0], look) is None:
        return says("spike_after_break", day=before.runs[0].on, days=_base(look))
    return says("spike_unknown", first=before.window.first, last=before.window.last, days=_base(look))
