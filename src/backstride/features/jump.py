"""A clear jump in running in the weeks before the onset: the three ways the record can show one, together."""

from __future__ import annotations

from backstride.features.breaks import return_after_break
from backstride.features.certain import any_of
from backstride.features.lookback import Lookback
from backstride.features.saying import missing, says
from backstride.features.spike import clear_jump, single_run_spike
from backstride.features.volume import weekly_distance
from backstride.model.findings import FactValue, Finding
from backstride.model.history import Span
from backstride.model.text import Quantity


def load_jump(look: Lookback) -> Finding:
    """Whether one run, the weekly distance or a return after a break was a clear jump; our own rule.

    One run counts from the bin `over_30` on: the smallest bin is a step, not yet a jump.
    """
    parts = (single_run_spike(look), weekly_distance(look), return_after_break(look))
    signs = (
        clear_jump(look),
        _yes_no(parts[1].facts.get("weekly_distance_up")),
        _yes_no(parts[2].facts.get("return_after_break")),
    )
    answer = any_of(signs)
    facts: dict[str, FactValue] = {} if answer is None else {"load_jump": answer}
    windows = [part.window for part in parts if part.window is not None]
    window = Span(min(each.first for each in windows), max(each.last for each in windows))
    key = {True: "load_jump_yes", False: "load_jump_no", None: "load_jump_unknown"}[answer]
    statement = says(key, day=look.until)
    return Finding(
        "load_jump",
        statement,
        missing(statement, "help_cover") if answer is None else Quantity(float(signs.count(True)), "count"),
        window,
        look.seen_share(window),
        tuple(
            dict.fromkeys(
                id for part, sign in zip(parts, signs, strict=True) if sign for id in part.activities
            )
        ),
        facts,
        ("own_rule", "frandsen2025"),
    )


def _yes_no(value: FactValue | None) -> bool | None:
    return value if isinstance(value, bool) else None
