"""All clinical knowledge in memory, by kind and id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from backstride.knowledge.cause import Cause
from backstride.knowledge.claim import Claim, Reference
from backstride.knowledge.contributor import Contributor
from backstride.knowledge.exercise import Exercise
from backstride.knowledge.expected_course import ExpectedCourse
from backstride.knowledge.figure import BasePose
from backstride.knowledge.instrument import Instrument
from backstride.knowledge.ladder import Ladder
from backstride.knowledge.pain_kind import PainKind, PainSign
from backstride.knowledge.pain_words import PainWords
from backstride.knowledge.phase import Phase
from backstride.knowledge.physical_test import PhysicalTest
from backstride.knowledge.population import Population
from backstride.knowledge.professional import Professional
from backstride.knowledge.question import Fact, Question
from backstride.knowledge.records import Record
from backstride.knowledge.red_flag import RedFlag
from backstride.knowledge.source import Source
from backstride.knowledge.threshold import Threshold
from backstride.knowledge.treatment import Treatment
from backstride.knowledge.weak_sign import WeakSign
from backstride.model.text import Catalog


@dataclass(frozen=True)
class Knowledge:
    """Everything a clinician could disagree with."""

    sources: Mapping[str, Source]
    questions: Mapping[str, Question]
    facts: Mapping[str, Fact]
    """Facts that are worked out rather than asked."""
    thresholds: Mapping[str, Threshold]
    red_flags: Mapping[str, RedFlag]
    weak_signs: Mapping[str, WeakSign]
    populations: Mapping[str, Population]
    causes: Mapping[str, Cause]
    contributors: Mapping[str, Contributor]
    phases: Mapping[str, Phase]
    ladders: Mapping[str, Ladder]
    exercises: Mapping[str, Exercise]
    treatments: Mapping[str, Treatment]
    professionals: Mapping[str, Professional]
    instruments: Mapping[str, Instrument]
    physical_tests: Mapping[str, PhysicalTest]
    claims: Mapping[str, Claim]
    """Statement of the founding articles -> what is true of it and what realises it."""
    poses: Mapping[str, BasePose]
    """Positions that drawings of exercises begin from."""
    references: Mapping[str, Reference]
    """What the articles cite, held against what they cite it for."""
    pain_words: Mapping[str, PainWords]
    """Language -> how its runners write that the back hurts."""
    expected_courses: Mapping[str, ExpectedCourse]
    """How pain goes on, by how long it had lasted."""
    pain_kinds: Mapping[str, PainKind]
    pain_signs: Mapping[str, PainSign]
    """What tells the kinds of pain apart."""
    sentences: Catalog
    """Every sentence for people, by id."""
    version: str

    def number(self, threshold: str) -> float:
        """One cut-off."""
        value = self.thresholds[threshold].value
        if isinstance(value, tuple):
            raise TypeError(f"{threshold} is a list of bin edges, not one number")
        return value

    def edges(self, threshold: str) -> tuple[float, ...]:
        """The rising bin edges of one threshold."""
        value = self.thresholds[threshold].value
        return value if isinstance(value, tuple) else (value,)

    @cached_property
    def tests_by_result(self) -> Mapping[str, PhysicalTest]:
        """Question id -> the physical test whose result it holds."""
        return {id: test for test in self.physical_tests.values() for id in test.results}

    def records(self) -> Iterator[Record]:
        """Every knowledge file that has a review of its own."""
        for kind in (
            self.red_flags,
            self.weak_signs,
            self.populations,
            self.causes,
            self.contributors,
            self.phases,
            self.ladders,
            self.exercises,
            self.treatments,
            self.professionals,
            self.instruments,
            self.physical_tests,
        ):
            yield from kind.values()

    @property
    def clinician_reviewed(self) -> bool:
        """True only when every record and every claim was reviewed by a named clinician."""
        reviews = (*(each.review for each in self.records()), *(each.review for each in self.claims.values()))
        return all(review.status == "reviewed" for review in reviews)
