"""A shared installation answers at its address alone, to no page of another origin, and takes files of those who signed in."""

from __future__ import annotations

import asyncio

import pytest
from starlette.responses import PlainTextResponse
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from eia.dashboard.serving.shared_gate import REFUSED, SharedGate

HOST, ORIGIN, SECRET = "eia.example.org", "https://eia.example.org", "0" * 32
PAGE = "the page"


def answer(path="/tool/", kind="http", host=HOST, secret=SECRET, https="https", **headers):
    """What comes back: the status (0 for an open websocket), headers, body."""
    sent = []
    given = {"host": host, "x-forwarded-proto": https, **headers}
    scope = {
        "type": kind, "path": path, "raw_path": path.encode(), "root_path": "", "query_string": b"", "method": "PUT", "scheme": "http",
        "server": ("127.0.0.1", 8501), "client": ("10.0.0.1", 50000), "http_version": "1.1", "subprotocols": [],
        "headers": [(name.encode(), value.encode()) for name, value in given.items() if value is not None],
        "extensions": {"websocket.http.response": {}},
    }  # fmt: skip

    async def app(scope, receive, send):
        if scope["type"] == "websocket":
            return await send({"type": "websocket.accept"})
        return await PlainTextResponse(PAGE)(scope, receive, send)

    async def receive():
        return {"type": "websocket.connect" if kind == "websocket" else "http.request", "body": b""}

    async def send(message):
        sent.append(message)

    gate = SharedGate(
        app, host=HOST, origin=ORIGIN, path="tool", https_header="X-Forwarded-Proto", cookie_secret=secret
    )
    asyncio.run(gate(scope, receive, send))
    return (
        sent[0].get("status", 0),
        dict(sent[0].get("headers", ())),
        b"".join(m.get("body", b"") for m in sent).decode(),
    )


def cookie(secret=SECRET):
    return f"{USER_COOKIE_NAME}={create_signed_value(secret, USER_COOKIE_NAME, '{}').decode()}"


def test_it_opens_at_its_address_with_headers_that_keep_others_out():
    status, headers, body = answer()
    assert (status, body) == (200, PAGE)
    assert headers[b"x-frame-options"] == b"DENY"
    assert b"strict-transport-security" in headers
    assert answer("/tool/_stcore/stream", "websocket", origin=ORIGIN)[0] == 0


@pytest.mark.parametrize(
    "given",
    [
        {"host": "evil.example"},
        {"host": f"{HOST}:8501"},
        {"host": None},
        {"https": "http"},
        {"https": None},
        {"https": "https, http"},
        {"origin": "https://evil.example"},
        {"origin": "http://eia.example.org"},
        {"origin": "null"},
        {"kind": "websocket"},
        {"kind": "websocket", "origin": "https://evil.example"},
    ],
)
def test_whatever_was_not_asked_at_its_address_gets_one_sentence(given):
    assert answer(**given)[::2] == (403, REFUSED)


def test_a_file_is_taken_only_of_somebody_who_signed_in():
    place = "/tool/_stcore/upload_file/session/file"
    assert answer(place)[0] == 403
    assert answer(place, cookie=cookie("1" * 32))[0] == 403
    assert answer(place, cookie=f"{USER_COOKIE_NAME}=e30=")[0] == 403
    assert answer(place, cookie=cookie())[::2] == (200, PAGE)


def test_whoever_watches_over_it_from_the_same_computer_is_told_that_it_is_there():
    assert answer("/_stcore/health", host="127.0.0.1:8501", https=None)[::2] == (200, "ok")
    assert answer("/tool/", host="127.0.0.1:8501", https=None)[0] == 403


@pytest.mark.parametrize("path", ["/tool/_stcore/metrics", "/tool/_stcore/agent"])
def test_what_tells_of_the_server_is_closed(path):
    assert answer(path)[0] == 404
