"""The loader refuses causes whose evidence may not speak."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import pytest
from pydantic import ValidationError

from backstride.knowledge.cause import Evidence
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
