"""Only whoever has the address that the dashboard printed can read it: not a page elsewhere, nor another program's page on this machine."""

import asyncio
import tempfile

import pytest
from starlette.applications import Starlette
from starlette.formparsers import MultiPartParser
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute

from eia.dashboard import launch as launching
from eia.dashboard.gate import REFUSED, Gate, new_token

PORT, TOKEN = 8501, "0123456789abcdef0123456789abcdef"
HERE = f"127.0.0.1:{PORT}"
CASE = "the whole case"


async def _page(_):
    return PlainTextResponse(CASE)


async def _stream(websocket):
    await websocket.accept()
    await websocket.send_text(CASE)
    await websocket.close()


DASHBOARD = Starlette(routes=[
    WebSocketRoute("/{token}/_stcore/stream", _stream),
    Route("/{token}/{path:path}", _page, methods=["GET", "PUT", "DELETE", "POST"]),
])  # fmt: skip


def answer(path=f"/{TOKEN}/", kind="http", method="GET", host=HERE, **headers):
    """What comes back through the gate: status (0 for an open websocket), headers, body."""
    sent = []
    given = [(b"host", one.encode()) for one in ([host] if isinstance(host, str) else host or [])]
    scope = {
        "type": kind, "path": path, "raw_path": path.encode(), "root_path": "", "query_string": b"", "method": method, "scheme": "http",
        "server": ("127.0.0.1", PORT), "client": ("127.0.0.1", 50000), "http_version": "1.1", "subprotocols": [],
        "headers": given + [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()],
        "extensions": {"websocket.http.response": {}},
    }  # fmt: skip

    async def receive():
        return {"type": "websocket.connect"} if kind == "websocket" else {"type": "http.request", "body": b""}

    async def send(message):
        sent.append(message)

    asyncio.run(Gate(DASHBOARD, token=TOKEN)(scope, receive, send))
    first = sent[0]
    body = b"".join(m.get("body", b"") for m in sent) + "".join(m.get("text") or "" for m in sent).encode()
    return first.get("status", 0), {k.decode(): v.decode() for k, v in first.get("headers", ())}, body.decode()


def stream(**given):
    return answer(f"/{TOKEN}/_stcore/stream", kind="websocket", **given)


def test_the_printed_address_opens_it():
    assert answer()[::2] == (200, CASE)
    assert answer(host=f"localhost:{PORT}")[0] == 200
    assert answer(origin=f"http://{HERE}", method="PUT")[0] == 200
    assert stream(origin=f"http://{HERE}")[::2] == (0, CASE)


@pytest.mark.parametrize("path", ["/", "", "/answer", "/_stcore/stream", "/media/a.html", f"/{TOKEN[:-1]}/", f"/{TOKEN}0/", f"//{TOKEN}/",
                                  f"/{TOKEN.upper()}/", f"/x/../{TOKEN}/", f"/x/{TOKEN}", f"/?token={TOKEN}", "/é/"])  # fmt: skip
def test_without_the_token_there_is_one_sentence_and_no_case(path):
    for method in ("GET", "PUT", "DELETE", "POST", "OPTIONS", "HEAD"):
        assert answer(path, method=method)[::2] == (403, REFUSED)
    assert answer(path, kind="websocket", origin=f"http://{HERE}")[::2] == (403, REFUSED)


@pytest.mark.parametrize("host", ["evil.example", f"evil.example:{PORT}", "127.0.0.1", "127.0.0.1:8502", f"127.0.0.1.evil.example:{PORT}",
                                  f"127.0.0.1:{PORT}@evil.example", f"0.0.0.0:{PORT}", f"[::1]:{PORT}", f"127.1:{PORT}", f"LOCALHOST.:{PORT}",
                                  "", None, [HERE, f"evil.example:{PORT}"], [HERE, HERE]])  # fmt: skip
def test_a_name_that_somebody_else_points_here_opens_nothing_even_with_the_token(host):
    origin = f"http://{host}" if isinstance(host, str) else f"http://{HERE}"
    assert answer(host=host)[::2] == answer(host=host, origin=origin)[::2] == (403, REFUSED)
    assert stream(host=host, origin=origin)[::2] == (403, REFUSED)
    assert answer("/_stcore/health", host=host)[0] == 403


@pytest.mark.parametrize("origin", ["http://evil.example", "http://127.0.0.1:8502", f"https://{HERE}", "null", "", f"http://localhost:{PORT}",
                                    f"http://{HERE}.evil.example", f"http://{HERE}/", "file://"])  # fmt: skip
def test_a_page_of_another_origin_opens_nothing_even_with_the_token(origin):
    assert answer(origin=origin)[0] == answer(origin=origin, method="PUT")[0] == stream(origin=origin)[0] == 403
    assert answer("/_stcore/health", origin=origin)[0] == 403


def test_a_websocket_without_an_origin_is_no_browser_of_ours():
    assert stream()[0] == 403


def test_health_says_that_it_runs_and_nothing_else():
    assert answer("/_stcore/health")[::2] == (200, "ok")


@pytest.mark.parametrize(
    "path", ["metrics", "agent/openapi.json", "agent/interact", "agent/mcp", "script-health-check"]
)
def test_what_counts_or_steers_from_outside_is_closed(path):
    assert answer(f"/{TOKEN}/_stcore/{path}")[0] == 404
    assert answer(f"/_stcore/{path}")[0] == 403


@pytest.mark.parametrize(
    "given", [{}, {"path": "/"}, {"path": f"/{TOKEN}/_stcore/metrics"}, {"path": "/_stcore/health"}]
)
def test_no_page_may_frame_it_sniff_it_or_learn_its_address(given):
    _, headers, _ = answer(**given)
    policy = headers["content-security-policy"]
    assert headers["x-frame-options"] == "DENY"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-resource-policy"] == headers["cross-origin-opener-policy"] == "same-origin"
    assert "frame-ancestors 'none'" in policy
    assert "default-src 'none'" in policy
    assert "http:" not in policy
    assert "*" not in policy


def test_every_run_has_a_token_of_its_own():
    tokens = {new_token() for _ in range(100)}
    assert len(tokens) == 100
    assert all(len(token) == 32 and token.isalnum() for token in tokens)


@pytest.fixture
def started(monkeypatch):
    """What streamlit is told when the dashboard is started in a hostile environment."""
    from streamlit.starlette import App

    told = {}
    for name, value in {
        "BROWSER_GATHER_USAGE_STATS": "true", "SERVER_ADDRESS": "192.0.2.1", "SERVER_ENABLE_AGENT_API": "true", "SERVER_ENABLE_CORS": "false",
        "SERVER_ENABLE_XSRF_PROTECTION": "false", "SERVER_BASE_URL_PATH": "", "CLIENT_SHOW_ERROR_DETAILS": "full",
    }.items():  # fmt: skip
        monkeypatch.setenv(f"STREAMLIT_{name}", value)
    monkeypatch.setattr("sys.argv", ["eia", "app"])
    monkeypatch.setattr(launching, "_served", [])
    monkeypatch.setattr(MultiPartParser, "spool_max_size", MultiPartParser.spool_max_size)

    def run(app, *, config):
        told.update(config, middleware=app._user_middleware)

    monkeypatch.setattr(App, "run", run)
    return told


def test_settings_are_pinned_wherever_it_is_started(started, monkeypatch):
    assert launching.launch() == 0
    assert started["browser.gatherUsageStats"] is False
    assert started["server.address"] == "127.0.0.1"
    assert started["server.enableAgentApi"] is False
    assert started["server.enableCORS"] is started["server.enableXsrfProtection"] is True
    (gate,) = started["middleware"]
    assert gate.cls is Gate
    assert gate.kwargs["token"] == started["server.baseUrlPath"]
    assert "server.port" not in started
    monkeypatch.setenv("STREAMLIT_SERVER_PORT", "8765")
    launching.launch()
    assert started["server.port"] == 8765
    monkeypatch.setenv("STREAMLIT_SERVER_PORT", "the usual")
    with pytest.raises(SystemExit, match="no number"):
        launching.launch()


def test_the_case_it_was_started_with_is_remembered_by_this_process_alone(started, tmp_path):
    assert not launching.launched()
    launching.launch(tmp_path / "case.toml")
    assert launching.launched()
    assert launching.launched_case() == tmp_path / "case.toml"


def test_an_upload_never_reaches_the_disk(started, monkeypatch):
    from starlette.requests import Request

    launching.launch()

    def rollover(_):
        raise AssertionError("the upload went to the temporary folder")

    monkeypatch.setattr(tempfile.SpooledTemporaryFile, "rollover", rollover)
    head = b'--b\r\nContent-Disposition: form-data; name="f"; filename="w.csv"\r\n\r\n'
    body = head + b"name,AB123456C\r\n" * 300_000 + b"\r\n--b--\r\n"

    async def parsed():
        pieces = [body[at : at + 2**16] for at in range(0, len(body), 2**16)]

        async def receive():
            return {"type": "http.request", "body": pieces.pop(0), "more_body": bool(pieces)}

        scope = {"type": "http", "headers": [(b"content-type", b"multipart/form-data; boundary=b")], "method": "PUT"}
        async with Request(scope, receive).form() as form:
            return form["f"].size

    assert asyncio.run(parsed()) > 4_000_000


def test_started_by_streamlit_itself_it_opens_nothing(monkeypatch):
    from streamlit.testing.v1 import AppTest

    monkeypatch.setattr(launching, "_served", [])
    shown = AppTest.from_file(str(launching.MAIN), default_timeout=60).run()
    assert len(shown.error) == 1
    assert not shown.get("page_link")
    assert not shown.get("file_uploader")
