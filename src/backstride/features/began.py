"""How long ago this spell of pain began."""

from __future__ import annotations

from backstride.features.lookback import Lookback
from backstride.features.saying import missing, says
from backstride.model.findings import FactValue, Finding
from backstride.model.history import Span
from backstride.model.text import Quantity


def days_since_onset(look: Lookback) -> Finding:
    """Days since the onset; where it is a band of days, since its last: the spell is at least that old."""
    if look.onset is None:
        statement = says("onset_unknown")
        return Finding("days_since_onset", statement, missing(statement, "help_onset"), None, 0.0)
    span = look.onset.span
    least = float((look.on - look.onset.by).days)
    most = max(least, float((look.on - span.first).days))
    since = Quantity(least, "day") if least == most else Quantity(least, "day", least, most)
    statement = says("onset_today") if most == 0 else says("onset_since", since=since)
    window = Span(min(span.first, look.onset.by), look.on)
    facts: dict[str, FactValue] = {"days_since_onset": least}
    return Finding(
        "days_since_onset",
        statement,
        since,
        window,
        look.seen_share(window),
        facts=facts,
    )
