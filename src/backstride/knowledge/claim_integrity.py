"""Faults in the claims: what they say realises them must be there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from backstride.knowledge.knowledge import Knowledge


def claim_faults(knowledge: Knowledge) -> Iterator[str]:
    """One line for each claim or reference that names something there is not."""
    for claim in knowledge.claims.values():
        for used in claim.used_by:
            if not _exists(used, knowledge):
                yield (
                    f"claims [{claim.id}]: used_by: nothing is called {used!r}; "
                    "right would be kind/id, such as treatments/heat"
                )
    for reference in knowledge.references.values():
        for id in reference.under:
            if id not in knowledge.claims:
                yield f"references [{reference.id}]: under: no claim is called {id!r}"


def _exists(used: str, knowledge: Knowledge) -> bool:
    kind, _, id = used.partition("/")
    rows = getattr(knowledge, kind, None)
    return isinstance(rows, Mapping) and id in rows
