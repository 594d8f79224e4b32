"""The changes that are told first: those of the year's comparison and those of the fixed rules, each once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from backstride.features.exposures.table import EXPOSURES
from backstride.features.saying import says
from backstride.knowledge.knowledge import Knowledge
from backstride.model.findings import ChangeMark, Finding
from backstride.model.history import Span

GROUP_OF: dict[str, str] = {
    **{f"changed_{row.id}": row.group for row in EXPOSURES},
    "single_run_spike": "longest",
    "weekly_distance": "amount",
    "days_in_a_row": "amount",
    "downhill_up": "hills",
    "surface_change": "ground",
    "new_shoes": "shoes",
    "worn_shoes": "shoes",
    "shoe_switch": "shoes",
    "shoe_build": "shoes",
    "cadence_changed": "stride",
    "contact_changed": "stride",
}
"""Finding -> the change it tells of; one that is not here tells of a change of its own."""

FIRST = "single_run_spike"
"""The one with published bins: told before all others.  The year's comparison leaves one long run to it."""


def merged(
    unusual: Sequence[Finding], found: Sequence[Finding], knowledge: Knowledge
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """What is told first, `changed_most_told` at most, and the rest of what was found.

    First the run beyond those before it, then what is unusual in the runner's own year, then what only the
    fixed rules call a change.  Two that tell of one change are told once: the year's comparison says
    more, as it knows what is usual and from which day on, but never stands in for the published one.  A
    fixed rule's words on a change already told are left out; its facts were taken before.
    """
    by_rule = [finding for finding in found if finding.notable]
    spike = [finding for finding in by_rule if finding.id == FIRST]
    rest = [finding for finding in by_rule if finding.id != FIRST]
    told: list[Finding] = []
    groups: set[str] = set()
    for finding in (*spike, *unusual, *rest):
        group = GROUP_OF.get(finding.id, finding.id)
        if group not in groups:
            groups.add(group)
            told.append(finding)
    most = int(knowledge.number("changed_most_told"))
    others = [finding for finding in found if not finding.notable]
    return tuple(told[:most]), (*told[most:], *others)


def marks(told: Sequence[Finding], span: Span) -> tuple[ChangeMark, ...]:
    """The days of a span from which a change told holds, each day once, oldest first."""
    found: dict[date, ChangeMark] = {}
    for finding in told:
        if finding.since is not None and finding.since in span:
            found.setdefault(finding.since, ChangeMark(finding.since, says(f"mark_{finding.id}")))
    return tuple(found[on] for on in sorted(found))
