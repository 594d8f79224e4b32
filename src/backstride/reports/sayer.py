"""Short for saying sentences of the report's own and of others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from backstride.model.text import Text, Value
from backstride.reports.wording import Wording


@dataclass(frozen=True, slots=True)
class Sayer:
    """Says a sentence, one of the report's own, or several."""

    wording: Wording

    def __call__(self, text: Text) -> str:
        return self.wording.say(text)

    def own(self, key: str, **values: Value) -> str:
        """A sentence of the report's own."""
        return self.wording.say(Text(f"report.{key}", values))

    def counted(self, key: str, count: int) -> str:
        """The sentence for one, or for many with their count."""
        return self.own(f"{key}_one") if count == 1 else self.own(key, count=count)

    def all(self, texts: Iterable[Text]) -> tuple[str, ...]:
        """Each of them."""
        return tuple(self(text) for text in texts)
