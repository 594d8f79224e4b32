"""Faults between physical tests and the questions that hold their results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from backstride.knowledge.knowledge import Knowledge


def physical_test_faults(knowledge: Knowledge) -> Iterator[str]:
    """One line for each result without a question, and each test question that has not one test."""
    owners = Counter(str(id) for test in knowledge.physical_tests.values() for id in test.results)
    for test in knowledge.physical_tests.values():
        for id in test.results:
            question = knowledge.questions.get(id)
            if question is None or question.group != "test":
                yield f"physical_tests/{test.id}.toml: results: no question of group test is called {id!r}"
    for question in knowledge.questions.values():
        if question.group == "test" and owners[question.id] != 1:
            yield (
                f"questions [{question.id}]: {owners[question.id]} physical tests name it in results; "
                "right would be one"
            )
