"""Starts the dashboard as a user does, and a real browser to look at it; a missing Chromium is a failure."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PATIENCE = 30_000  # milliseconds


class Server:
    """The dashboard, served by a process of its own. What it says goes to ``log``."""

    def __init__(self, log: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.log = log
        with log.open("w") as file:
            self.process = subprocess.Popen(
                [sys.executable, str(ROOT / "app.py")], stdout=file, stderr=subprocess.STDOUT, cwd=log.parent,
                env=os.environ | {"STREAMLIT_SERVER_PORT": str(self.port)},
            )  # fmt: skip
        for _ in range(300):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/_stcore/health", timeout=5) as answer:
                    if answer.status == 200:
                        self.address = re.search(r"http://\S+", log.read_text()).group()  # it holds the token
                        return
            except OSError:
                time.sleep(0.1)
        self.stop()
        pytest.fail("The dashboard did not start:\n" + log.read_text())

    def stop(self) -> int:
        """Press Ctrl-C, and give the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        return self.process.returncode


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    made = Server(tmp_path_factory.mktemp("server") / "log.txt")
    yield made
    made.stop()


@pytest.fixture
def another_server(tmp_path):
    made = Server(tmp_path / "log.txt")
    yield made
    made.stop()


@pytest.fixture
def visit(server, chromium):
    """Opens the dashboard in a browser of its own; at the end no request may have left the machine."""
    contexts, outside = [], []

    def note(request):
        if not request.url.startswith((server.address, "data:", "blob:")):
            outside.append(request.url)

    def begin(width=1280, path="/", before=lambda page: None):
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, accept_downloads=True, bypass_csp=True, locale="en-GB"
        )
        contexts.append(context)
        context.on("request", note)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        before(page)
        page.goto(server.address + path)
        page.get_by_role("heading", level=1).first.wait_for()
        return page

    yield begin
    for context in contexts:
        context.close()
    assert outside == []
