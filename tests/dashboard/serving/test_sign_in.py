"""Somebody signs in at a sign-in service and comes back: over the addresses, cookies and websockets that a browser would use."""

# ruff: noqa: S310 - every address is this computer's

from __future__ import annotations

import http.cookiejar
import os
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME
from websockets.sync.client import connect

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def service():
    from sign_in_service import SignInService

    made = SignInService()
    threading.Thread(target=made.serve_forever, daemon=True).start()
    yield made
    made.shutdown()
    made.server_close()


@pytest.fixture(scope="module")
def address(service, tmp_path_factory):
    """Where a shared installation is, that people sign in to with this service."""
    folder = tmp_path_factory.mktemp("shared")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (folder / "secret").write_text("0123456789abcdef" * 2)
    (folder / "shared.toml").write_text(f"""format = 1
address = "http://localhost:{port}"
port = {port}
[sign_in]
metadata = "{service.issuer}/.well-known/openid-configuration"
client_id = "eia"
client_secret_file = "secret"
cookie_secret_file = "secret"
may_open = ["eia"]
confidential = ["eia-full"]
""")
    command = [sys.executable, "-m", "eia", "app", "--shared", str(folder / "shared.toml")]
    server = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    for _ in range(300):
        with suppress(OSError), urllib.request.urlopen(f"http://localhost:{port}/_stcore/health"):
            break
        time.sleep(0.2)
    yield f"http://localhost:{port}"
    server.terminate()
    server.wait(20)


@contextmanager
def page(address: str, cookies: str = ""):
    """A page of the dashboard: its headline, its buttons by label, what it was told, and the websocket that it came by."""
    with urllib.request.urlopen(f"{address}/_stcore/health") as answer:
        xsrf = answer.headers["Set-Cookie"].split(";")[0]
    where, protocols = f"{address.replace('http', 'ws', 1)}/_stcore/stream", ["streamlit", xsrf.partition("=")[2]]
    headers = {"Cookie": f"{xsrf}{cookies}"}
    with connect(where, origin=address, additional_headers=headers, subprotocols=protocols, max_size=None) as stream:
        yield stream, told(stream, BackMsg(rerun_script={}))


def told(stream, asked: BackMsg) -> list[ForwardMsg]:
    stream.send(asked.SerializeToString())
    found: list[ForwardMsg] = []
    while not found or found[-1].WhichOneof("type") != "script_finished":
        found.append(ForwardMsg.FromString(stream.recv(timeout=60)))
    return found


def headline(messages: list[ForwardMsg]) -> str:
    return re.findall(r"<h1[^>]*>([^<]*)", "".join(one.delta.new_element.html.body for one in messages))[0]


def signed_in(address: str) -> str:
    """The cookies of somebody who pressed the button and came back."""
    with page(address) as (stream, messages):
        assert headline(messages) == "Equality impact assessment"
        (button,) = [
            one.delta.new_element.button for one in messages if one.delta.new_element.WhichOneof("type") == "button"
        ]
        press = BackMsg(rerun_script={})
        press.rerun_script.widget_states.widgets.add(id=button.id, trigger_value=True)
        (way,) = [one.auth_redirect.url for one in told(stream, press) if one.WhichOneof("type") == "auth_redirect"]
    jar = http.cookiejar.CookieJar()
    with urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar)).open(address + way) as back:
        assert back.url == f"{address}/"
    return "".join(f"; {one.name}={one.value}" for one in jar if one.name == USER_COOKIE_NAME)


@pytest.mark.parametrize(
    ("roles", "headlines"),
    [
        (["eia"], "Who is hit"),
        ("eia", "Who is hit"),
        (["other"], "Your account may not open this"),
        ([], "Your account may not open this"),
    ],
)
def test_whoever_signs_in_comes_as_far_as_their_role(address, service, roles, headlines):
    service.claims = {"sub": "somebody", "roles": roles}
    with page(address, signed_in(address)) as (_, messages):
        assert headlines in headline(messages)


def test_a_cookie_that_was_tampered_with_is_nobodys(address, service):
    service.claims = {"sub": "somebody", "roles": ["eia"]}
    cookies = signed_in(address)
    with page(address, cookies[:-3] + "abc") as (_, messages):
        assert headline(messages) == "Equality impact assessment"


def test_a_stranger_is_told_nothing_and_gives_no_file(address):
    put = urllib.request.Request(f"{address}/_stcore/upload_file/a/b", data=b"a", method="PUT")
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(put)
    other = urllib.request.Request(address, headers={"Host": "evil.example"})
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(other)
