"""Whatever is sent, nothing breaks: every operation of the API's own document, with right and wrong values.

Never a 5xx, always a document of its own, and the answer can still be had afterwards.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from tests.app.web.made_up import ON, asking, small_store

from backstride.app.api_token import token_of
from backstride.app.web.server import make_app
from backstride.store.store import Store

ODD_PLACES = ("/runs/{}", "/measures/{}", "/knowledge/{}", "/knowledge/causes/{}", "/answer?on={}")
EXAMPLES = 12
NASTY = (
    "\ud800",
    "\x00",
    "a\nb",
    "../../etc/passwd",
    "a" * 300,
    "1e400",
    "-0",
    "٣",
    "0001-01-01",
    "9999-12-31",
    "%",
)
"""What a generator of values seldom thinks of."""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_store(tmp_path_factory.mktemp("fuzz"))


@pytest.fixture(scope="module")
def own(path: Path) -> dict[str, str]:
    """What a request of our own carries."""
    return {"authorization": f"Bearer {token_of(path)}", "host": "127.0.0.1"}


@pytest.fixture(scope="module")
def described(path: Path, own: dict[str, str]) -> Any:  # Any: schemathesis's own type
    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", make_app(path, on=lambda: ON), headers=own)


@pytest.fixture(scope="module")
def api(path: Path, own: dict[str, str]) -> TestClient:
    client = asking(path)
    client.headers.update(own)
    return client


OPERATIONS = (
    *(("GET", each) for each in ("/answer", "/triage", "/plan", "/record", "/runs", "/runs/{id}", "/shoes")),
    *(("GET", each) for each in ("/measures", "/measures/{name}", "/questions", "/scores", "/profile")),
    *(("GET", each) for each in ("/diary", "/imports", "/knowledge", "/knowledge/{kind}")),
    ("GET", "/knowledge/{kind}/{id}"),
    *(("POST", each) for each in ("/answers", "/symptoms", "/check-ins", "/scores", "/profile")),
    *(("POST", each) for each in ("/goals", "/exercise-wishes", "/pauses", "/restarts", "/visits")),
    *(("POST", each) for each in ("/runs/join", "/runs/part", "/runs/remove", "/shoes")),
    ("DELETE", "/diary/{id}"),
)


def test_every_operation_is_tried(described: Any) -> None:
    told = {
        (each.method.upper(), each.path) for each in (found.ok() for found in described.get_all_operations())
    }

    assert told == set(OPERATIONS)


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize(("method", "route"), OPERATIONS, ids=lambda part: str(part).strip("/"))
def test_whatever_is_sent_is_answered(
    described: Any, own: dict[str, str], path: Path, method: str, route: str, mode: GenerationMode
) -> None:
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )
    @given(described[route][method].as_strategy(generation_mode=mode))
    def send(case: Any) -> None:
        sent = case.call(headers=own)
        assert sent.status_code in (200, 400, 401, 404, 405, 422), sent.text
        if sent.status_code != 200 and _in_it(sent.request.url):
            assert sent.json().keys() == {"faults"}

    try:
        send()
    except Unsatisfiable:
        pytest.skip("nothing wrong can be sent to it")
    with Store.open(path) as store:  # what came in is not carried on to the next operation
        for row in store.diary()[200:]:
            store.forget(row.id)


def _in_it(url: str) -> bool:
    """Whether an address stays in the API: dots and nothing between two strokes may lead out, to a page."""
    return {"", ".", ".."}.isdisjoint(unquote(urlsplit(url).path).split("/")[1:])


@pytest.mark.parametrize("value", NASTY)
@pytest.mark.parametrize(
    "route", ["/runs/{}", "/measures/{}", "/knowledge/{}", "/knowledge/causes/{}", "/answer?on={}"]
)
def test_odd_words_are_answered(api: TestClient, route: str, value: str) -> None:
    sent = api.get("/api/v1" + route.format(quote(value.encode("utf-8", "surrogatepass"), safe="")))

    assert sent.status_code in (200, 404, 422)
    if sent.status_code != 200:
        assert sent.json().keys() == {"faults"}


def test_the_answer_can_still_be_had(api: TestClient) -> None:
    assert api.get("/api/v1/answer").status_code == 200


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"null", b"[[[[[[" * 5000, b'{"answers": NaN}'])
def test_a_body_that_is_no_json_is_refused_in_words(api: TestClient, content: bytes) -> None:
    refused = api.post("/api/v1/answers", content=content, headers={"content-type": "application/json"})

    assert refused.status_code in (400, 422)
    assert refused.json().keys() == {"faults"}
