"""Who may ask this server anything: only pages of its own, by a name of this machine."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

OWN_NAMES = frozenset({"127.0.0.1", "localhost", "[::1]"})
"""What this machine is called by a browser that runs on it."""
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
TOKEN_COOKIE = "backstride_token"
TOKEN_FIELD = "token"
TOKEN_HEADER = "x-backstride-token"

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "connect-src 'self'",
            "manifest-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
"""Sent with every answer: nothing is loaded from elsewhere, no script or style stands in a page."""


class Guard:
    """Refuses another host's name (DNS rebinding) and what another site's page asks, and sets `HEADERS`."""

    def __init__(self, app: ASGIApp, names: frozenset[str] = OWN_NAMES) -> None:
        self.app = app
        self.names = names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refusal = self._refusal(scope["method"], headers)
        if refusal is not None:
            await PlainTextResponse(refusal, status_code=403)(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                sent = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    sent.setdefault(name, value)
                if not scope["path"].startswith("/static/"):
                    sent.setdefault("Cache-Control", "no-store")
            await send(message)

        await self.app(scope, receive, with_headers)

    def _refusal(self, method: str, headers: Headers) -> str | None:
        host = headers.get("host", "")
        if _name(host) not in self.names:
            return "backstride answers only on this machine: open it as http://127.0.0.1"
        other = headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none")
        # A link on another site may lead here; nothing of here may be loaded into its page.
        if other and not (method in SAFE and headers.get("sec-fetch-dest") == "document"):
            return "this was sent by another site's page, and nothing was done"
        if method in SAFE:
            return None
        origin = headers.get("origin")
        if origin not in (None, "null") and origin.partition("://")[2] != host:
            return "this was sent by another site's page, and nothing was done"
        return None


def _name(host: str) -> str:
    """The name in a Host header, without the port."""
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    return host.partition(":")[0].lower()


def new_token() -> str:
    """What a page of ours carries and another site's page cannot know."""
    return secrets.token_urlsafe(24)


def same(given: str | None, kept: str | None) -> bool:
    """True where both are there and equal, compared in constant time."""
    if not given or not kept:
        return False
    return secrets.compare_digest(*(str(each).encode("utf-8", "surrogatepass") for each in (given, kept)))
