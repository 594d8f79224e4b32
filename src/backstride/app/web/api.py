"""The same actions as JSON, under /api/v1: for programs on this machine, and for our own pages.

    curl -H "Authorization: Bearer $(backstride serve --token)" http://127.0.0.1:8730/api/v1/answer

Every request needs the token of the store, or the token that a page of ours carries.  What is wrong with a
request is said as {"faults": ["..."]}, in words.
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.datastructures import State
from starlette.exceptions import HTTPException as NotThere

from backstride import __version__
from backstride.app.api_token import token_of
from backstride.app.web import api_deciding, api_reading, api_telling, api_wishing, guard
from backstride.app.web.api_asked import Faults
from backstride.app.web.here import here
from backstride.model.errors import BackstrideError, BadInput
from backstride.model.faults import fault
from backstride.model.said import Said, said
from backstride.store.errors import LockedStore

PATH = "/api/v1"
_bearer = HTTPBearer(auto_error=False, description="What `backstride serve --token` prints.")


def allowed(
    request: Request, given: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]
) -> None:
    """Lets a request pass that has the store's token, or comes from a page of ours.

    Raises: 401 for all others.
    """
    store = request.app.state.homes["own"].path
    if given is not None and guard.same(given.credentials, token_of(store)):
        return
    page = request.headers.get(guard.TOKEN_HEADER)
    if given is None and guard.same(page, request.cookies.get(guard.TOKEN_COOKIE)):
        return
    raise HTTPException(401, headers={"WWW-Authenticate": "Bearer"})


def make_api(state: State) -> FastAPI:
    """The API over the homes that `state` holds."""
    api = FastAPI(
        title="backstride",
        version=__version__,
        description=__doc__,
        telemetry={"tracing": False, "metrics": False, "logs": False},
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        dependencies=[Depends(allowed)],
        responses={401: {"model": Faults}, 422: {"model": Faults}},
    )
    api.state = state
    for part in (api_reading, api_telling, api_wishing, api_deciding):
        api.include_router(part.router)
    api.add_api_route("/openapi.json", lambda: _document(api), include_in_schema=False)
    api.add_exception_handler(BackstrideError, _refused)
    api.add_exception_handler(RequestValidationError, _refused)
    api.add_exception_handler(NotThere, not_there)
    api.add_exception_handler(Exception, _broken)
    return api


def _document(api: FastAPI) -> JSONResponse:
    """What the API can do, as OpenAPI."""
    if api.openapi_schema is None:
        api.openapi_schema = get_openapi(
            title=api.title,
            version=api.version,
            description=api.description,
            routes=api.routes,
            servers=[{"url": PATH}],
        )
    return JSONResponse(api.openapi_schema)


def _refused(request: Request, error: Exception) -> JSONResponse:
    """422 for what was wrong in the request; 503 while another program has the store; else 500."""
    match error:
        case RequestValidationError():
            return _faults(request, 422, tuple(fault(_placed(each)) for each in error.errors()))
        case BadInput():
            return _faults(request, 422, error.faults)
        case BackstrideError():
            return _faults(request, 503 if isinstance(error, LockedStore) else 500, error.faults)
    raise error


def _placed(error: dict[str, Any]) -> dict[str, Any]:  # Any: pydantic's ErrorDetails
    """The fault of a field by its own name: where in the request it stood is known to who sent it."""
    return error | {"loc": tuple(error["loc"][1:])}


def not_there(request: Request, error: Exception) -> JSONResponse:
    """What cannot be had, in words; also for an address under the API's that is none of its own."""
    assert isinstance(error, NotThere)
    words = {
        401: said("no token, or a wrong one: send what `backstride serve --token` prints as a Bearer token"),
        404: said("there is no such thing"),
        405: said("this cannot be done here"),
    }
    why = words.get(error.status_code, said("the request could not be read"))
    return _faults(request, error.status_code, (why,), dict(error.headers or {}))


def _broken(request: Request, error: Exception) -> JSONResponse:
    """A fault of ours: it holds nothing of the runner's."""
    return JSONResponse({"faults": [f"a mistake in backstride itself ({type(error).__name__})"]}, 500)


def _faults(
    request: Request, status: int, faults: tuple[Said, ...], headers: dict[str, str] | None = None
) -> JSONResponse:
    words = here(request).told(faults)
    safe = [each.encode("utf-8", "backslashreplace").decode() for each in words]
    return JSONResponse({"faults": safe}, status, headers)
