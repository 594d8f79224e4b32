"""Whatever is sent, nothing breaks: every operation of the API's own document, with right and wrong values.

Never a 5xx, always a document of its own, and the answer can still be had afterwards.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.app.web.made_up import ON, asking, small_store

from backstride.app.api_token import token_of
from backstride.features.explain import MEASURES
from backstride.knowledge.loader import shipped
from backstride.model.history import REGIONS
from backstride.store.store import Store

EXAMPLES = 25
KNOWN = (
    *(each.id for each in shipped().questions.values() if each.group in ("safety", "daily", "pain"))
    , "nprs", "nprs.current", "odi", "psfs.running", "rmdq.a"
)  # fmt: skip
GOOD = ("yes", "no", "not_sure", "unknown", ON.isoformat(), "2026-02-29", "0001-01-01", "9999-12-31")
NASTY = ("", "\ud800", "\x00", "../../etc/passwd", "a" * 300, "1e400", "-0", "٣", "{}", "nan", "%")
texts = st.one_of(
    st.sampled_from((*GOOD, *NASTY, *REGIONS, "during", "female", "plank")), st.text(max_size=20)
)
numbers = st.one_of(
    st.integers(-10, 20), st.integers(), st.floats(), st.sampled_from((10**400, 2**63, 1e308, -1e-320))
)
junk = st.recursive(
    st.one_of(st.none(), st.booleans(), numbers, texts),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(texts, inner, max_size=3)),
    max_leaves=6,
)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_store(tmp_path_factory.mktemp("fuzz"))


@pytest.fixture(scope="module")
def api(path: Path) -> TestClient:
    client = asking(path)
    client.headers["authorization"] = f"Bearer {token_of(path)}"
    return client


@pytest.fixture(scope="module")
def document(api: TestClient) -> dict[str, Any]:
    whole: dict[str, Any] = api.get("/api/v1/openapi.json").json()
    return whole


def fitting(schema: dict[str, Any], document: dict[str, Any], name: str = "") -> st.SearchStrategy[Any]:
    """Values that the schema allows, mostly; now and then any other."""
    if "$ref" in schema:
        return fitting(document["components"]["schemas"][schema["$ref"].rpartition("/")[2]], document, name)
    if "anyOf" in schema:
        return st.one_of(*(fitting(each, document, name) for each in schema["anyOf"]))
    if "enum" in schema:
        return st.sampled_from(schema["enum"]) | texts
    match schema.get("type"):
        case "object" if "properties" in schema:
            fields = {key: fitting(part, document, key) for key, part in schema["properties"].items()}
            needed = {key: fields.pop(key) for key in schema.get("required", ())}
            return st.fixed_dictionaries(needed, optional=fields)
        case "object":
            inner = schema.get("additionalProperties")
            values = fitting(inner, document) if isinstance(inner, dict) else junk
            return st.dictionaries(st.sampled_from(KNOWN) | texts, values, max_size=4)
        case "array":
            return st.lists(fitting(schema["items"], document, name), max_size=3)
        case "string":
            if schema.get("format") == "date":
                return st.dates().map(str) | st.just(ON.isoformat()) | texts
            return texts
        case "integer":
            return st.integers(-5, 5000) | numbers
        case "number":
            return numbers
        case "boolean":
            return st.booleans()
        case "null":
            return st.none()
    return junk


PLACES = {
    "/measures/{name}": st.sampled_from((*MEASURES, "none")) | texts,
    "/knowledge/{kind}": st.sampled_from(("causes", "sources", "sentences", "version", "__class__")) | texts,
    "/runs/{id}": st.sampled_from(("0", "0000", "abcd-0", "-", "----")) | texts,
}
OPERATIONS = (
    *(("get", each) for each in ("/answer", "/triage", "/plan", "/record", "/runs", "/runs/{id}", "/shoes")),
    *(("get", each) for each in ("/measures", "/measures/{name}", "/questions", "/scores", "/profile")),
    *(("get", each) for each in ("/diary", "/imports", "/knowledge", "/knowledge/{kind}")),
    ("get", "/knowledge/{kind}/{id}"),
    *(("post", each) for each in ("/answers", "/symptoms", "/check-ins", "/scores", "/profile")),
    ("delete", "/diary/{id}"),
)


def test_every_operation_is_tried(document: dict[str, Any]) -> None:
    told = {(method, path) for path, each in document["paths"].items() for method in each}

    assert told == set(OPERATIONS)


@pytest.mark.parametrize(("method", "route"), OPERATIONS, ids=lambda part: str(part).strip("/"))
def test_whatever_is_sent_is_answered(
    api: TestClient, path: Path, document: dict[str, Any], method: str, route: str
) -> None:
    operation = document["paths"][route][method]
    asked = operation.get("parameters", [])
    query = {each["name"]: fitting(each["schema"], document) for each in asked if each["in"] == "query"}
    places = {each["name"]: fitting(each["schema"], document) for each in asked if each["in"] == "path"}
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    bodies = st.none() if body is None else st.one_of(fitting(body, document), fitting(body, document), junk)

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )
    @given(
        st.fixed_dictionaries({}, optional=query),
        st.fixed_dictionaries(places),
        PLACES.get(route, texts),
        bodies,
    )
    def send(asked: dict[str, Any], place: dict[str, Any], known: str, told: Any) -> None:
        to = "/api/v1" + route
        for at, (name, value) in enumerate(place.items()):
            word = str(known if at == 0 and route != "/diary/{id}" else value)
            to = to.replace(f"{{{name}}}", quote(word.encode("utf-8", "replace"), safe="") or "x")
        params = {name: str(value).encode("utf-8", "replace").decode() for name, value in asked.items()}
        content = None if body is None else json.dumps(told).encode()
        headers = {"content-type": "application/json"} if body is not None else {}
        sent = api.request(method, to, params=params, content=content, headers=headers)

        assert sent.status_code in (200, 404, 405, 422)
        if sent.status_code != 200:
            assert sent.json().keys() == {"faults"}

    send()
    assert api.get("/api/v1/answer").status_code == 200
    with Store.open(path) as store:  # what came in is not carried on to the next operation
        for row in store.diary()[200:]:
            store.forget(row.id)


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"null", b"[[[[[[" * 5000, b'{"answers": NaN}'])
def test_a_body_that_is_no_json_is_refused_in_words(api: TestClient, content: bytes) -> None:
    refused = api.post("/api/v1/answers", content=content, headers={"content-type": "application/json"})

    assert refused.status_code in (400, 422)
    assert refused.json().keys() == {"faults"}
