"""One request: whose runner, which day, which language and units, and the page that answers it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any, Literal, cast, get_args

from fastapi import Depends, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import FormData

from backstride.app.web import guard
from backstride.app.web.home import Home
from backstride.app.web.pages import rendered
from backstride.knowledge.knowledge import Knowledge
from backstride.languages.catalog import ENGLISH, LANGUAGES
from backstride.model.assessment import Assessment, Triage
from backstride.model.said import Said
from backstride.model.text import Text, Value
from backstride.reports.wording import Units, Wording
from backstride.store.store import Store

Theme = Literal["auto", "light", "dark"]
A_YEAR_S = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Looks:
    """How this browser is spoken to; kept in its cookies."""

    language: str = ENGLISH
    units: Units = "km"
    theme: Theme = "auto"


@dataclass(frozen=True, slots=True)
class Here:
    """What a page needs to answer one request."""

    request: Request
    home: Home
    looks: Looks
    on: date
    token: str

    @property
    def knowledge(self) -> Knowledge:
        """The knowledge that comes with the package."""
        return self.home.knowledge

    @property
    def wording(self) -> Wording:
        """The runner's language and units."""
        language = self.looks.language
        return Wording(self.home.catalog(language), self.looks.units, language)

    @property
    def demo(self) -> bool:
        """True while a made-up runner is looked at."""
        return self.home is not self.request.app.state.homes["own"]

    @property
    def came_from(self) -> str:
        """The page of ours that led here; where it was another's, or is not told, the first one."""
        told = self.request.headers.get("referer", "")
        return told if told.startswith(str(self.request.base_url)) else "/"

    def store(self) -> Store:
        """The store, to be used in a `with`."""
        return self.home.store()

    def answer(self) -> Assessment:
        """The answer as of today."""
        return self.home.answer(self.on)

    def say(self, id: str, **values: Value) -> str:
        """One sentence by its whole id."""
        return self.wording.say(Text(id, values))

    def told(self, faults: tuple[Said, ...]) -> tuple[str, ...]:
        """What is wrong, in words."""
        words = self.wording
        return tuple(words.told(each) for each in faults)

    def page(
        self, name: str, status: int = 200, seen: Assessment | None = None, **values: Any
    ) -> HTMLResponse:  # Any: what the page shows
        """One of the pages, with the frame around it: a raised flag first.

        `seen` is the answer that the frame is made of, where it is not that of now.
        """
        shown = self.answer() if seen is None else seen
        answer = HTMLResponse(rendered(self, shown, name, values), status_code=status)
        if self.request.cookies.get(guard.TOKEN_COOKIE) != self.token:
            _keep(answer, guard.TOKEN_COOKIE, self.token)
        return answer

    def safe(self, safety: Triage) -> Assessment:
        """The answer as it last was worked out, with what must be seen first as it is now."""
        return replace(self.home.recent(self.on), triage=safety)

    def to(self, path: str) -> RedirectResponse:
        """On to another page, after something was stored."""
        return RedirectResponse(path, status_code=303)


def here(request: Request) -> Here:
    """The request, put in its place."""
    homes: Mapping[str, Home] = request.app.state.homes
    home = homes.get(request.cookies.get("backstride_who", "own"), homes["own"])
    token = request.cookies.get(guard.TOKEN_COOKIE) or guard.new_token()
    return Here(request, home, looks_of(request.cookies), home.on(), token)


def looks_of(cookies: Mapping[str, str]) -> Looks:
    """What the cookies say, each only where it is one of ours."""
    language, units = cookies.get("backstride_language"), cookies.get("backstride_units")
    theme = cookies.get("backstride_theme")
    return Looks(
        language if language in LANGUAGES else ENGLISH,
        cast(Units, units) if units in get_args(Units) else "km",
        cast(Theme, theme) if theme in get_args(Theme) else "auto",
    )


def keep_looks(answer: Response, looks: Looks) -> None:
    """This browser speaks so from now on."""
    _keep(answer, "backstride_language", looks.language)
    _keep(answer, "backstride_units", looks.units)
    _keep(answer, "backstride_theme", looks.theme)


def look_at(answer: Response, who: str) -> None:
    """Whose pages are shown from now on: "own", or a made-up runner's."""
    _keep(answer, "backstride_who", who)


def _keep(answer: Response, name: str, value: str) -> None:
    answer.set_cookie(name, value, max_age=A_YEAR_S, httponly=True, samesite="strict", path="/")


async def form(request: Request) -> FormData:
    """What a page of ours sent.  Raises: 403 without the token that our own pages carry."""
    told = await request.form()
    given = request.headers.get(guard.TOKEN_HEADER) or told.get(guard.TOKEN_FIELD)
    if not guard.same(given if isinstance(given, str) else None, request.cookies.get(guard.TOKEN_COOKIE)):
        raise HTTPException(403, "token")
    return told


HereIs = Annotated[Here, Depends(here)]
Form = Annotated[FormData, Depends(form)]
