"""Which folders and tables of knowledge there are, and what each row of them is."""

from __future__ import annotations

from pydantic import BaseModel

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

KINDS: dict[str, type[Record]] = {
    "red_flags": RedFlag,
    "weak_signs": WeakSign,
    "populations": Population,
    "causes": Cause,
    "contributors": Contributor,
    "phases": Phase,
    "ladders": Ladder,
    "exercises": Exercise,
    "treatments": Treatment,
    "professionals": Professional,
    "instruments": Instrument,
    "physical_tests": PhysicalTest,
}
"""Folder -> what each file in it is."""

TABLES: dict[str, type[BaseModel]] = {
    "sources": Source,
    "questions": Question,
    "facts": Fact,
    "thresholds": Threshold,
    "claims": Claim,
    "references": Reference,
    "poses": BasePose,
    "pain_words": PainWords,
    "expected_courses": ExpectedCourse,
    "pain_kinds": PainKind,
    "pain_signs": PainSign,
}
"""Table -> what each heading in it is."""
