"""What the record shows of when the pain may have begun: offered to the runner, never taken for an onset."""

from __future__ import annotations

from backstride.features.lookback import Lookback, back_from
from backstride.features.onset.find import sign_of
from backstride.features.onset.record import gave_up, stopped
from backstride.features.onset.words import in_words
from backstride.features.saying import missing, says
from backstride.model.findings import Finding, Onset
from backstride.model.history import Span
from backstride.model.text import Quantity


def record_signs(look: Lookback) -> Finding:
    """Notes in words, runs given up and sudden stops: beside the onset told, or in the last weeks.

    It supplies no fact.  Where nobody told of pain there is no onset, whatever the runs look like.
    """
    if look.onset is not None:
        return _beside(look.onset, look)
    window = back_from(look.on, int(look.number("signs_reach_days")))
    spoken = sorted(
        (*in_words(window, look), *gave_up(window, look), *stopped(window, look)),
        key=lambda each: (each.on, each.kind),
    )
    seen = look.seen_share(window)
    if not spoken:
        statement = says("signs_none", days=Quantity(float(window.days), "day"))
        return Finding("record_signs", statement, missing(statement, "help_onset"), window, seen)
    signs = tuple(sign_of(each) for each in spoken[-3:])
    statement = says("signs_offered", signs=tuple(each.says for each in signs))
    runs = tuple(dict.fromkeys(id for each in signs for id in each.activities))
    return Finding("record_signs", statement, missing(statement, "help_onset"), window, seen, runs)


def _beside(onset: Onset, look: Lookback) -> Finding:
    window = Span(onset.chances[0].on, onset.chances[-1].on)
    signs = onset.signs
    words = (
        says("signs_beside", signs=tuple(each.says for each in signs)) if signs else says("signs_beside_none")
    )
    runs = tuple(dict.fromkeys(id for each in signs for id in each.activities))
    count = Quantity(float(len(signs)), "count")
    return Finding("record_signs", words, count, window, look.seen_share(window), runs)
