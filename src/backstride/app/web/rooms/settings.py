"""Settings: how the app looks, who runs, and what can be done with all the data."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, cast, get_args
from zoneinfo import available_timezones

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse
from starlette.datastructures import FormData, UploadFile
from starlette.types import Receive, Scope, Send

from backstride import __version__
from backstride.app import entering
from backstride.app.api_token import forget_token, token_of, token_path
from backstride.app.export import export_file, parts_of
from backstride.app.import_export import import_export
from backstride.app.web.api import PATH
from backstride.app.web.before import BEFORE
from backstride.app.web.handed_in import GOING_OUT
from backstride.app.web.here import Form, Here, HereIs, Looks, Theme, keep_looks
from backstride.app.web.profile_form import Typed, faults_by_field, shown
from backstride.app.web.profile_form import told as told_in
from backstride.app.web.rooms.start import imports_of
from backstride.knowledge.question import Question
from backstride.languages.catalog import LANGUAGES
from backstride.model.errors import BadInput
from backstride.model.findings import FactValue
from backstride.model.history import Profile
from backstride.model.said import said
from backstride.reports.wording import Units
from backstride.store.errors import OPEN_ELSEWHERE, LockedStore
from backstride.store.store import Store

router = APIRouter()

DONE = ("looks", "profile", "undone", "conditions", "imported", "nothing_undone")
"""What may have been done on the page before; each is a sentence `web_settings.done_...`."""
THEMES: tuple[Theme, ...] = get_args(Theme)


@router.get("/settings")
def settings(here: HereIs, done: str = "", rows: int = 0) -> HTMLResponse:
    """The one page of settings."""
    return _page(here, done=done if done in DONE else "", many=rows)


@router.post("/settings/looks")
def looks(here: HereIs, form: Form) -> RedirectResponse:
    """How this browser is spoken to from now on."""
    language, units, theme = (str(form.get(name, "")) for name in ("language", "units", "theme"))
    wrong = language not in LANGUAGES or units not in get_args(Units) or theme not in THEMES
    if wrong:
        raise BadInput((said("choose one of each: a language, units, and light or dark"),))
    answer = here.to("/settings?done=looks")
    keep_looks(answer, Looks(language, cast(Units, units), cast(Theme, theme)))  # looked at just above
    return answer


@router.post("/settings/profile")
def profile(here: HereIs, form: Form) -> Response:
    """Who runs; what cannot be taken is shown again as it was typed."""
    given = _texts(form)
    with here.store() as store:
        before = store.profile()
        try:
            row = told_in(given, before, here.looks.units)
        except BadInput as error:
            faults = faults_by_field(error, here.wording)
            return _page(here, 422, typed=Typed(shown(Profile(), here.looks.units) | given, faults))
        store.change_profile(lambda now: replace(now, **row))
        BEFORE.changes(store, before)
    return here.to("/settings?done=profile")


@router.post("/settings/profile/undo")
def undo_profile(here: HereIs, form: Form) -> RedirectResponse:
    """Who runs, as it was before the last change."""
    with here.store() as store:
        undone = BEFORE.undo_profile(store)
    return here.to(f"/settings?done={'undone' if undone else 'nothing_undone'}")


@router.post("/settings/conditions")
def conditions(here: HereIs, form: Form) -> RedirectResponse:
    """Answers to the questions that make the plan a special one; only those that were changed."""
    answers = _answers(here)
    given = {
        question.id: value
        for question in _conditions(here)
        if (value := str(form.get(question.id, ""))) not in ("", answers.get(question.id, ("",))[0])
    }
    with here.store() as store:
        rows = entering.answer_rows(store, given.items(), here.on, here.knowledge)
    return here.to(f"/settings?done=conditions&rows={len(rows)}#conditions")


@router.post("/settings/export")
def export(here: HereIs, form: Form) -> Response:
    """Everything as one zip."""

    def write(store: Store, to: Path) -> None:
        export_file(store, to, here.answer(), here.wording, lambda done, of: None)

    return _download(here, f"backstride-{here.on.isoformat()}.zip", "application/zip", write)


@router.post("/settings/backup")
def backup(here: HereIs, form: Form) -> Response:
    """The store itself, as it stands."""
    name = f"backstride-{here.on.isoformat()}.sqlite"
    return _download(here, name, "application/vnd.sqlite3", lambda store, to: store.backup(to))


@router.post("/settings/import")
def bring_back(here: HereIs, form: Form) -> Response:
    """An export brought back; into a store that is not empty only where that is asked for."""
    _refuse_made_up(here)
    given = form.get("file")
    if not isinstance(given, UploadFile) or not given.filename:
        return _page(here, 422, import_faults=(here.say("web_settings.import_none"),))
    try:
        with given.file as file, here.store() as store:  # on disk, or in memory where it is small
            done = import_export(store, file, lambda done, of: None, bool(form.get("merge")))
    except BadInput as error:
        return _page(here, 422, import_faults=here.told(error.faults))
    return here.to(f"/settings?done=imported&rows={len(done.report.lines)}")


@router.post("/settings/forget")
def forget(here: HereIs, form: Form) -> Response:
    """Everything is gone, where the word was typed that says so."""
    _refuse_made_up(here)
    word = here.say("web_settings.forget_word")
    typed = str(form.get("word", "")).strip()
    if typed.casefold() != word.casefold():
        return _page(here, 422, forget_typed=typed, forget_faults=(here.say("web_settings.forget_wrong"),))
    path = here.home.path
    try:
        if imports_of(here).far().busy:  # what waits in line would come in afterwards
            raise LockedStore(OPEN_ELSEWHERE)
        with here.store() as store:
            store.forget_everything()
    except LockedStore as error:
        return _page(here, 503, forget_typed=typed, forget_faults=here.told(error.faults))
    forget_token(path)
    BEFORE.forget(path)
    here.home.forget()
    imports_of(here).forget()
    return here.to("/")


def _refuse_made_up(here: Here) -> None:
    if here.demo:
        raise BadInput((said("a made-up runner is shown; go back to your own data first"),))


def _download(here: Here, name: str, kind: str, write: Callable[[Store, Path], object]) -> Response:
    """A file made beside the store, sent in parts, and gone when it is sent."""
    _refuse_made_up(here)
    folder = Path(tempfile.mkdtemp(prefix=GOING_OUT, dir=here.home.path.parent))
    try:
        with here.store() as store:
            write(store, folder / name)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return _Passing(folder / name, kind)


class _Passing(StreamingResponse):
    """A file in a folder of its own, sent; the folder is gone afterwards, also where the browser has left."""

    def __init__(self, path: Path, kind: str) -> None:
        headers = {
            "Content-Disposition": f'attachment; filename="{path.name}"',
            "Content-Length": str(path.stat().st_size),
        }
        super().__init__(parts_of(path), media_type=kind, headers=headers)
        self._folder = path.parent

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            shutil.rmtree(self._folder, ignore_errors=True)


def _texts(form: FormData) -> dict[str, str]:
    return {name: value for name, value in form.items() if isinstance(value, str)}


def _page(here: Here, status: int = 200, **values: Any) -> HTMLResponse:  # Any: what the page shows
    with here.store() as store:
        told_so_far, rows = store.profile(), len(store.diary())
        files = here.home.keep(store, "how many files", lambda: len(store.files()))
        health = store.path.stat().st_size
    typed = values.pop("typed", None) or Typed(shown(told_so_far, here.looks.units), {})
    page: dict[str, Any] = {  # Any: what the page shows
        "done": "",
        "many": 0,
        "import_faults": (),
        "forget_faults": (),
        "forget_typed": "",
        "typed": typed,
        "looks": here.looks,
        "themes": THEMES,
        "zones": sorted(
            zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/")
        ),
        "conditions": _conditions(here),
        "answers": _answers(here),
        "where": str(here.home.path),
        "size": here.wording.number(health / 1e6, 1),
        "files": files,
        "entries": rows,
        "token_of": "" if here.demo else token_of(here.home.path),
        "token_path": str(token_path(here.home.path)),
        "api": PATH,
        "version_of_app": __version__,
        "version_of_knowledge": here.knowledge.version,
    }
    return here.page("settings.html.j2", status, **page | values)


def _conditions(here: Here) -> tuple[Question, ...]:
    """Questions that decide whether the plan is a special one, as far as they may apply."""
    with here.store() as store:
        about = store.profile()
    told: dict[str, FactValue | None] = {"sex": about.sex, "age_years": about.age_on(here.on)}
    facts = {name: value for name, value in told.items() if value is not None}
    names = dict.fromkeys(
        name for group in here.knowledge.populations.values() for name in sorted(group.when.names)
    )
    asked = [here.knowledge.questions[name] for name in names if name in here.knowledge.questions]
    return tuple(
        each
        for each in asked
        if each.only_if is None
        or not each.only_if.names <= told.keys()
        or each.only_if.value(facts) is not False
    )


def _answers(here: Here) -> dict[str, tuple[str, Any]]:  # Any: a day
    """Question id -> what was answered last, and on which day."""
    with here.store() as store:
        rows = store.told().answers
    return {each.question: (str(each.value), each.on) for each in rows}
