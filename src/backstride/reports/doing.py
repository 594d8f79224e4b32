"""How somebody is doing by each questionnaire, in lines."""

from __future__ import annotations

from backstride.model.scores import Standing
from backstride.model.text import Missing, Text, Value
from backstride.reports.wording import Wording


def standing_lines(standing: Standing, wording: Wording) -> tuple[str, ...]:
    """The score first, then what it means, what changed, and when to fill it in again."""
    name = wording.say(standing.name)
    if isinstance(standing.value, Missing):
        first = f"{name}: {wording.say(standing.value.reason)}"
        more = [wording.say(standing.value.what_would_help)]
    else:
        values: dict[str, Value] = {
            "name": name,
            "value": standing.value,
            "best": standing.best,
            "worst": standing.worst,
            "day": standing.on,
        }
        first, more = wording.say(Text("report.doing", values)), []
        if standing.value.low is not None:
            more.append(wording.say(Text("instruments.open_score")))
    texts = (
        standing.means,
        None if standing.since_first is None else standing.since_first.says,
        None if standing.since_last is None else standing.since_last.says,
        standing.floor,
        None if standing.due_on is None else Text("instruments.due", {"day": standing.due_on}),
    )
    return (first, *more, *(wording.say(text) for text in texts if text is not None))
