"""The loader refuses causes whose evidence may not speak, and pages that lead nowhere."""

from __future__ import annotations

import warnings
from pathlib import Path
from shutil import copytree

import pytest
from pydantic import ValidationError

from backstride.knowledge.cause import Code, Evidence
from backstride.knowledge.loader import load, shipped
from backstride.model.errors import BadKnowledge

SHIPPED = Path(__file__).parents[2] / "src" / "backstride" / "knowledge"

LOAD_EVIDENCE = """
[[evidence]]
when = "{when}"
block = "{block}"
if_yes = {if_yes}
if_no = {if_no}
population = "our own judgement"
says_yes = "Your running rose."
says_no = "Your running did not rise."
sources = ["own_rule"]
checked = "P"
"""


def faults(folder: Path, cause: str, when: str, block: str, if_yes: float = 2.0, if_no: float = 1.0) -> str:
    copytree(SHIPPED, folder / "knowledge")
    file = folder / "knowledge" / "causes" / f"{cause}.toml"
    row = LOAD_EVIDENCE.format(when=when, block=block, if_yes=if_yes, if_no=if_no)
    file.write_text(file.read_text("utf-8") + row, "utf-8")
    with pytest.raises(BadKnowledge) as caught:
        load(folder / "knowledge")
    return str(caught.value)


def test_load_may_not_speak_for_a_disc(tmp_path: Path) -> None:
    told = faults(tmp_path, "disc_without_leg_pain", "load_jump", "record")

    assert "causes/disc_without_leg_pain.toml: evidence[8]" in told
    assert "load_related" in told


@pytest.mark.parametrize("when", ["load_jump", "told_load_jump", "worse_cough and weekly_distance_up"])
def test_load_may_not_hide_in_another_block(tmp_path: Path, when: str) -> None:
    assert "put it in block record" in faults(tmp_path, "disc_without_leg_pain", when, "history")


@pytest.mark.parametrize(("if_yes", "if_no"), [(2.0, 1.5), (0.5, 0.8), (1.0, 1.0)])
def test_a_yes_and_a_no_cannot_say_the_same(tmp_path: Path, if_yes: float, if_no: float) -> None:
    assert "if_yes and if_no" in faults(tmp_path, "facet", "worse_cough", "history", if_yes, if_no)


def test_only_causes_that_load_matters_for_hold_load_evidence() -> None:
    with_load = {
        cause.id
        for cause in shipped().causes.values()
        if any(row.block == "record" for row in cause.evidence)
    }

    assert with_load == {"non_specific", "sacral_bone_stress", "pars_bone_stress"}


def test_a_professional_that_is_not_there_is_named(tmp_path: Path) -> None:
    copytree(SHIPPED, tmp_path / "knowledge")
    file = tmp_path / "knowledge" / "causes" / "facet.toml"
    file.write_text(file.read_text("utf-8").replace('see = ["physio', 'see = ["magician", "physio'), "utf-8")

    with pytest.raises(BadKnowledge) as caught:
        load(tmp_path / "knowledge")

    assert "causes/facet.toml: see[0]: nothing in professionals is called 'magician'" in str(caught.value)


ICD_10_CM = "http://hl7.org/fhir/sid/icd-10-cm"


@pytest.mark.parametrize("code", ["M54.50", "G83.4", "S39.012A", "M45.A0", "M80.08XA", "N10"])
def test_a_code_has_the_shape_of_its_list(code: str) -> None:
    assert Code(system=ICD_10_CM, code=code, display="a name").code == code


@pytest.mark.parametrize(
    ("system", "code"),
    [
        (ICD_10_CM, "M5450"),
        (ICD_10_CM, "m54.50"),
        (ICD_10_CM, "M54."),
        (ICD_10_CM, "M54.50123"),
        (ICD_10_CM, "279039007"),
        ("http://snomed.info/sct", "M54.50"),
    ],
)
def test_a_code_of_another_shape_or_list_is_refused(system: str, code: str) -> None:
    with pytest.raises(ValidationError):
        Code(system=system, code=code, display="a name")  # type: ignore[arg-type]


def test_every_cause_has_codes_and_no_two_share_one() -> None:
    codes = [code.code for cause in shipped().causes.values() for code in cause.codes]

    assert all(cause.codes for cause in shipped().causes.values())
    assert len(codes) == len(set(codes))


PUBLISHED = {
    "when": "worse_cough",
    "block": "history",
    "if_yes": 2.0,
    "if_no": 0.5,
    "population": "adults in a clinic",
    "says_yes": "It does.",
    "says_no": "It does not.",
    "sources": ["suri2010"],
    "checked": "V",
}
JUDGED = {
    **PUBLISHED,
    "population": "our own judgement; nobody looked",
    "sources": ["own_rule"],
    "checked": "P",
}


@pytest.mark.parametrize(
    ("row", "change", "told"),
    [
        (PUBLISHED, {"checked": "P"}, "population: begins with"),
        (JUDGED, {"checked": "M"}, "population: begins with"),
        (JUDGED, {"sources": ["suri2010", "own_rule"]}, "name own_rule first"),
        (JUDGED, {"yes_range": (1.0, 4.0)}, "give no interval"),
    ],
)
def test_an_opinion_may_not_pass_as_published(
    row: dict[str, object], change: dict[str, object], told: str
) -> None:
    assert Evidence.model_validate(row).opinion == (row is JUDGED)
    with pytest.raises(ValidationError, match=told):
        Evidence.model_validate({**row, **change})


def test_a_serious_cause_says_to_be_seen_and_to_leave_running() -> None:
    serious = [cause for cause in shipped().causes.values() if cause.serious]

    assert len(serious) > 8
    for cause in serious:
        said = cause.what_to_do.lower()
        assert any(who in said for who in ("emergency department now", "ambulance now", "see a doctor")), (
            cause.id
        )
        assert any(
            stop in said for stop in ("do not run", "stop running", "leave running", "leave hard running")
        )


def test_every_code_is_one_of_icd_10_cm_that_can_be_given_and_says_what_it_says_there() -> None:
    """Held against the released classification, as a package carries it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of the package, while it is imported
        import simple_icd_10_cm as icd_10_cm
    for cause in shipped().causes.values():
        for code in cause.codes:
            assert icd_10_cm.is_valid_item(code.code), (cause.id, code.code)
            assert icd_10_cm.is_leaf(code.code), (cause.id, code.code)
            assert icd_10_cm.get_description(code.code) == code.display
