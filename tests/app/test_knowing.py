"""The doors to the knowledge: pages, claims, and what a change of it changes."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from backstride.app.cli import app
from backstride.app.knowledge_change import FOLDER
from backstride.app.knowledge_page import entries, find, page, source_notes
from backstride.knowledge.loader import shipped
from backstride.model.errors import BadInput, BadKnowledge
from backstride.reports.terminal import Paper, print_sections
from backstride.reports.wording import Wording

RUNNERS = Path(__file__).parent.parent / "runners"


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words), catch_exceptions=False)


def printed(*words: str) -> Any:
    return json.loads(run(*words, "--json").stdout)


def test_every_entry_has_a_page_that_can_be_printed_and_names_its_sources() -> None:
    knowledge = shipped()
    wording, notes = Wording(knowledge.sentences), source_notes(knowledge)

    for entry in entries(knowledge):
        words = print_sections(Paper(detail=True), page(entry, knowledge, wording.catalog), notes, wording)
        assert entry.place in words.replace("\n", ""), entry.place
        for source in set(getattr(entry.row, "sources", ())) - {"own_rule"}:
            assert knowledge.sources[source].citation[:30] in " ".join(words.split()), entry.place


def test_a_page_says_its_rules_its_cases_and_that_nobody_reviewed_it() -> None:
    words = " ".join(run("knowledge", "show", "rf_03").output.split())

    assert "bladder_change == 'new'" in words
    assert "old, unchanged and looked into: clear" in words
    assert "No clinician has reviewed it yet." in words


def test_a_page_speaks_the_language_of_its_catalog() -> None:
    knowledge = shipped()
    german = {
        **knowledge.sentences,
        "treatments.heat.name": "Wärme",
        "treatments.heat.how.0": "Ein Tuch dazwischen",
    }
    (entry,) = find("treatments/heat", knowledge)
    words = print_sections(Paper(), page(entry, knowledge, german), (), Wording(german))

    assert "Wärme" in words
    assert "Ein Tuch dazwischen" in words


def test_our_own_weights_are_never_called_likelihood_ratios() -> None:
    words = run("knowledge", "show", "causes/non_specific").output

    assert "Our own weight of a yes, no published ratio: 1.5" in words
    assert "Likelihood ratio of a yes: 1.5" not in words


def test_a_page_is_found_by_place_by_id_and_by_how_it_begins() -> None:
    knowledge = shipped()

    assert [entry.place for entry in find("treatments/heat", knowledge)] == ["treatments/heat"]
    assert [entry.place for entry in find("a-04", knowledge)] == ["claims/A-04"]
    assert [entry.place for entry in find("rf_03", knowledge)] == ["red_flags/rf_03_bladder"]
    assert {entry.kind for entry in find("yoga", knowledge)} == {"treatments", "exercises"}


@pytest.mark.parametrize(
    ("name", "told"),
    [("heet", "did you mean heat"), ("rf_0", "begins several"), ("qqqq", "no page is called")],
)
def test_a_name_that_fits_nothing_or_too_much_is_told(name: str, told: str) -> None:
    with pytest.raises(BadInput, match=told):
        find(name, shipped())


def test_claims_can_be_narrowed_and_the_counts_agree() -> None:
    every = printed("claims")["claims"]
    wrong = printed("claims", "--verdict", "contradicted")["claims"]

    assert wrong
    assert [claim for claim in every if claim["verdict"] == "contradicted"] == wrong
    assert all("S3" in claim["articles"] for claim in printed("claims", "--article", "S3")["claims"])
    assert f"{len(wrong)} contradicted" in run("claims").output


def test_references_are_listed_with_whether_they_fit() -> None:
    assert {row["id"]: row["match"] for row in printed("claims", "--references")["references"]}["R-17"] == (
        "supports"
    )


def git(folder: Path, *words: str) -> None:
    who = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with the shipped knowledge committed, and two stories."""
    with as_file(files("backstride.knowledge")) as shipped_folder:
        shutil.copytree(
            shipped_folder, tmp_path / FOLDER, ignore=shutil.ignore_patterns("*.py", "__pycache__")
        )
    stories = tmp_path / "stories"
    stories.mkdir()
    for name in ("weak_age_over_50", "refer_old_bladder_trouble"):
        shutil.copy(RUNNERS / f"{name}.toml", stories)
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "The knowledge as shipped")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def edit(path: Path, change: Callable[[str], str]) -> None:
    text = path.read_text()
    assert change(text) != text, "the edit changed nothing"
    path.write_text(change(text))


def diff() -> Any:
    return printed("knowledge", "diff", "HEAD", "--stories", "stories")


def test_without_a_change_no_story_changes(checkout: Path) -> None:
    assert diff()["changes"] == []
    assert "same as at HEAD" in run("knowledge", "diff", "HEAD", "--stories", "stories").output


def test_a_change_says_whose_tier_and_plan_change_and_nobody_elses(checkout: Path) -> None:
    def sooner(text: str) -> str:
        return text.replace('tier = "T1"', 'tier = "T2"').replace('expect = "T1"', 'expect = "T2"')

    edit(checkout / FOLDER / "red_flags" / "rf_03_bladder.toml", sooner)
    changed = diff()["changes"]

    assert [change["story"] for change in changed] == ["refer_old_bladder_trouble"]
    assert (changed[0]["then"]["tier"], changed[0]["now"]["tier"]) == ("T1", "T2")
    assert changed[0]["then"]["plan"] is not None
    assert changed[0]["now"]["plan"] is None
    told = run("knowledge", "diff", "HEAD", "--stories", "stories").output
    assert "1 of 2 stories change" in told
    assert "tier: T1 -> T2" in told
    assert "plan: made -> none" in told


def test_knowledge_that_does_not_load_now_names_its_faults(checkout: Path) -> None:
    edit(checkout / FOLDER / "treatments" / "heat.toml", lambda text: 'colour = "red"\n' + text)

    with pytest.raises(BadKnowledge, match=r"heat\.toml.*no such field"):
        diff()


@pytest.mark.parametrize(
    ("words", "told"),
    [(("no_such_revision",), "git archive"), (("HEAD", "--stories", "nowhere"), "no case files there")],
)
def test_a_revision_or_folder_that_is_not_there_is_told(
    checkout: Path, words: tuple[str, ...], told: str
) -> None:
    with pytest.raises(BadInput, match=told):
        run("knowledge", "diff", *words)


def test_outside_a_checkout_it_says_where_to_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    with pytest.raises(BadInput, match="git rev-parse"):
        run("knowledge", "diff", "HEAD")


def test_the_dose_of_a_medicine_comes_after_its_stop_list() -> None:
    told = run("knowledge", "show", "treatments/nsaid").stdout

    assert told.index("a past ulcer or bleeding") < told.index("1,200 mg")
    assert told.index("asthma, hay fever") < told.index("1,200 mg")
