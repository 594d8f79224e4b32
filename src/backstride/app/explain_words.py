"""The words to one measure taken apart."""

from __future__ import annotations

from backstride.features.explain import MEASURES
from backstride.knowledge.knowledge import Knowledge
from backstride.model.activity import Activity
from backstride.model.errors import BadInput
from backstride.model.explained import Explained
from backstride.model.faults import did_you_mean
from backstride.model.said import said
from backstride.model.text import Text, Value
from backstride.reports.wording import Wording


def measure_called(name: str) -> str:
    """The measure of that name.  Raises: BadInput where there is none."""
    wanted = name.strip().lower()
    if wanted not in MEASURES:
        meant = did_you_mean(wanted, tuple(MEASURES))
        raise BadInput(
            (said("{name}: no such measure{meant}; see: backstride explain", name=name, meant=meant),)
        )
    return wanted


def head(told: Explained, words: Wording) -> str:
    """What is taken apart, and of which days."""
    if told.window.days == 1:
        return explain_say(words, "head_day", what=told.what, day=told.window.first)
    return explain_say(words, "head_window", what=told.what, first=told.window.first, last=told.window.last)


def rests_on(told: Explained, words: Wording, knowledge: Knowledge) -> str:
    """The sources of a measure, or that it is a rule of our own."""
    sources = [knowledge.sources[id].citation for id in told.sources if id != "own_rule"]
    if not sources:
        return explain_say(words, "own_rule")
    return explain_say(
        words, "rests_on", sources="; ".join(sources), checked=Text(f"explain.checked_{told.checked}")
    )


def files_of(run: Activity) -> list[str]:
    """The files a run was read from, each with its reader."""
    origins = [copy.origin for copy in run.copies] or [run.origin]
    return [f"{origin.name} ({origin.reader})" for origin in origins]


def name_of(channel: str, words: Wording) -> str:
    """A channel, a field of the activity, or another measure, as it is called in words."""
    for key in (f"runs.name_{channel}", f"features.name_{channel}", f"explain.column_{channel}"):
        if key in words.catalog:
            return words.say(Text(key))
    return channel


def explain_say(words: Wording, key: str, **values: Value) -> str:
    """A sentence of sentences/explain.toml."""
    return words.say(Text(f"explain.{key}", values))
