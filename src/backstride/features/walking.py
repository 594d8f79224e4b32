"""Whether more of the runs is walked since the pain began: how much it holds the runner back."""

from __future__ import annotations

from datetime import timedelta
from statistics import mean

from backstride.features.lookback import Lookback, back_from, ids
from backstride.features.saying import missing, says
from backstride.model.activity import Activity
from backstride.model.findings import FactValue, Finding
from backstride.model.history import Span
from backstride.model.text import Quantity


def walking_more(look: Lookback) -> Finding:
    """Whether the running share of moving time fell by `walking_more_share` since the onset.

    The mean over the runs since, against that of the usual weeks before; each needs `walking_least_runs`
    runs in which running and walking can be told apart.
    """
    if look.onset is None:
        statement = says("walking_no_onset")
        return Finding("walking_more", statement, missing(statement, "help_onset"), None, 0.0)
    before = back_from(look.onset.earliest - timedelta(days=1), int(look.number("usual_days")))
    since = Span(look.onset.by + timedelta(days=1), look.on)
    early, late = _shares(before, look), _shares(since, look)
    window = Span(before.first, look.on)
    fewest = min(len(early), len(late))
    if fewest < look.number("walking_least_runs"):
        statement = says("walking_unknown", least=int(look.number("walking_least_runs")))
        return Finding(
            "walking_more", statement, missing(statement, "help_stream"), window, look.seen_share(window)
        )
    was, now = mean(share for _, share in early), mean(share for _, share in late)
    answer = round(was - now, 9) >= look.number("walking_more_share")
    facts: dict[str, FactValue] = {"walking_more": answer}
    return Finding(
        "walking_more",
        says(
            "walking_yes" if answer else "walking_no",
            now=Quantity(now, "share"),
            before=Quantity(was, "share"),
        ),
        Quantity(now - was, "share"),
        window,
        look.seen_share(window),
        ids(run for run, _ in late),
        facts,
        ("own_rule",),
    )


def _shares(span: Span, look: Lookback) -> list[tuple[Activity, float]]:
    """Each run of a span that has a running share, with it."""
    done = ((run, look.measured.value(run, "running_share")) for run in look.runs_in(span))
    return [(run, share) for run, share in done if share is not None]
