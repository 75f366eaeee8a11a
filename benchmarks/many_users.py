"""Takes nothing; prints how long 25 visitors at once wait for their first answer, one of them with 500,000 people, and what memory stays.

Every visitor is a session of its own over the websocket that a browser would open: it uploads a file, has it read, and opens the
answer, in an installation that many share. Run it as ``python benchmarks/many_users.py``; ``--own`` has them share one process, as on a
computer of one's own, and ``--without`` leaves the heavy file out.
"""

from __future__ import annotations

import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path
from urllib.parse import urlsplit

import budget as made_up
import psutil
from dashboard import _address
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME
from websockets.sync.client import connect

ROOT = Path(__file__).parents[1]
SIZES = [2_000, 5_000, 8_000, 10_000, 12_000, 15_000, 20_000, 25_000] * 3  # 291,000 people in 24 files
HEAVY = 500_000
POOLS = 40
ENOUGH = 600
BOUNDARY = "many-users"
PORT, ROLE, SECRET = 8791, "reader", "0123456789abcdef0123456789abcdef"
ADDRESS = f"http://localhost:{PORT}"
SERVE = """import sys
from eia.dashboard.launch import launch
from eia.dashboard.serving.installation import Installation
launch(shared=Installation.model_validate_json(sys.argv[1], context=sys.argv[2]))"""
ANSWER = ">The answer</h1>"


class Visitor:
    """A session over the websocket, as far as this benchmark needs one."""

    def __init__(self, address: str, name: str) -> None:
        """Open the dashboard, signed in under this name."""
        parts = urlsplit(address)
        self.base, self.origin = address.rstrip("/"), f"{parts.scheme}://{parts.netloc}"
        with urllib.request.urlopen(f"{self.base}/_stcore/health") as answer:
            cookie = answer.headers["Set-Cookie"].split(";")[0]
        self.cookie, self.xsrf = f"{cookie}; {signed_in(name)}", cookie.partition("=")[2].strip('"')
        self.page_closed = ExitStack()
        self.socket = self.page_closed.enter_context(
            connect(
                f"{self.base.replace('http', 'ws', 1)}/_stcore/stream", origin=self.origin, max_size=None,
                additional_headers={"Cookie": self.cookie}, subprotocols=["streamlit", self.xsrf],
            )
        )  # fmt: skip
        self.session = self.page = ""
        self.ids: dict[str, str] = {}
        self.words: list[str] = []
        self.read_as = ""
        """What the page said of how the file was read."""
        self._ask(BackMsg(rerun_script={}))
        self._settled()

    def open(self, path: Path) -> tuple[float, float]:
        """Give a file and have it read; the seconds until it is read, and until the answer is there."""
        request = BackMsg()
        request.file_urls_request.request_id = "file"
        request.file_urls_request.file_names.append(path.name)
        request.file_urls_request.session_id = self.session
        self._ask(request)
        while (told := self._told()).WhichOneof("type") != "file_urls_response":
            pass
        place = told.file_urls_response.file_urls[0]
        self._upload(place.upload_url, path)
        run = BackMsg()
        run.rerun_script.page_script_hash = self.page
        dropped = run.rerun_script.widget_states.widgets.add()
        dropped.id = next(key for label, key in self.ids.items() if label.startswith("Workforce or counts"))
        dropped.file_uploader_state_value.uploaded_file_info.add(
            name=path.name, size=path.stat().st_size, file_id=place.file_id, file_urls=place
        )
        self._pressed(run, "Read the files")
        begun = time.perf_counter()
        self._ask(run)
        self._settled()
        read = time.perf_counter() - begun
        self.read_as = "".join(self.words)
        run = BackMsg()
        run.rerun_script.page_script_hash = self.page
        self._pressed(run, "This is right")
        self._ask(run)
        self._settled()
        return read, time.perf_counter() - begun

    def leave(self) -> None:
        """Close the page."""
        self.page_closed.close()

    def _pressed(self, run: BackMsg, label: str) -> None:
        button = run.rerun_script.widget_states.widgets.add()
        button.id, button.trigger_value = self.ids[label], True

    def _ask(self, message: BackMsg) -> None:
        self.socket.send(message.SerializeToString())

    def _told(self) -> ForwardMsg:
        told = ForwardMsg()
        told.ParseFromString(self.socket.recv(timeout=ENOUGH))
        return told

    def _settled(self) -> None:
        """Take what is shown until the page is done."""
        while True:
            told = self._told()
            kind = told.WhichOneof("type")
            if kind == "new_session":
                self.session, self.page = told.new_session.initialize.session_id, told.new_session.page_script_hash
                self.ids, self.words = {}, []
            elif kind == "delta":
                element = told.delta.new_element
                shown = element.WhichOneof("type")
                if shown in ("button", "file_uploader"):
                    held = getattr(element, shown)
                    self.ids[held.label] = held.id
                elif shown == "html":
                    self.words.append(element.html.body)
            elif kind == "script_finished" and told.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                return

    def _upload(self, url: str, path: Path) -> None:
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{path.name}"\r\nContent-Type: text/csv\r\n\r\n'
        body = head.encode() + path.read_bytes() + f"\r\n--{BOUNDARY}--\r\n".encode()
        where = url if url.startswith("/") else f"/{url}"
        prefix = urlsplit(self.base).path
        where = where if where.startswith(prefix) else prefix + where
        request = urllib.request.Request(
            self.origin + where, data=body, method="PUT",
            headers={"Content-Type": f"multipart/form-data; boundary={BOUNDARY}", "X-Xsrftoken": self.xsrf,
                     "Cookie": self.cookie, "Origin": self.origin},
        )  # fmt: skip
        with urllib.request.urlopen(request) as answer:
            assert answer.status < 300


def signed_in(name: str) -> str:
    """The cookie that the server gives whoever signed in under this name."""
    told = {"origin": ADDRESS, "is_logged_in": True, "sub": name, "roles": [ROLE]}
    return f"{USER_COOKIE_NAME}={create_signed_value(SECRET, USER_COOKIE_NAME, json.dumps(told)).decode()}"


def served(folder: Path) -> tuple[subprocess.Popen[str], str]:
    """The server, and its address once it answers."""
    if "--own" in sys.argv:
        own = subprocess.Popen(
            [sys.executable, str(ROOT / "app.py")], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=folder
        )  # fmt: skip
        return own, _address(own)
    (folder / "secret").write_text(SECRET)
    settings = {
        "format": 1, "address": ADDRESS, "port": PORT,
        "sign_in": {"metadata": f"{ADDRESS}/none", "client_id": "none", "client_secret_file": "secret", "cookie_secret_file": "secret", "confidential": [ROLE]},
    }  # fmt: skip
    shared = subprocess.Popen(
        [sys.executable, "-c", SERVE, json.dumps(settings), str(folder)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        text=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    for _ in range(120):
        with suppress(OSError), urllib.request.urlopen(f"{ADDRESS}/_stcore/health"):
            return shared, ADDRESS
        time.sleep(0.5)
    raise SystemExit("The dashboard did not start.")


def memory(server: psutil.Process) -> tuple[float, float]:
    """Megabytes of the server itself, and of it with its workers."""
    own = server.memory_info().rss
    return own / 2**20, (own + sum(child.memory_info().rss for child in server.children(recursive=True))) / 2**20


def processor(server: psutil.Process) -> tuple[float, float]:
    """Seconds of processor of the server itself, and of its workers, until now."""
    own = server.cpu_times()
    workers = [one.cpu_times() for one in server.children(recursive=True)]
    ended = own.children_user + own.children_system
    return own.user + own.system, ended + sum(one.user + one.system for one in workers)


def main() -> int:
    """Write the files, start the dashboard, have everybody come at once, and leave."""
    sizes = SIZES if "--without" in sys.argv else [*SIZES[:12], HEAVY, *SIZES[12:]]
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, f"{number}.csv") for number in range(len(sizes))]
        for path, size in zip(paths, sizes, strict=True):
            made_up.write(path, size, POOLS)
        server, address = served(Path(folder))
        try:
            _measure(address, psutil.Process(server.pid), sizes, paths)
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(20)
    return 0


def _measure(address: str, server: psutil.Process, sizes: list[int], paths: list[Path]) -> None:
    first = Visitor(address, "first")
    first.open(paths[0])  # whoever comes first waits for what every server loads once
    first.leave()
    time.sleep(75)
    before, most, over, worked = memory(server), [0.0], threading.Event(), processor(server)

    def watch() -> None:
        while not over.wait(0.25):
            most[0] = max(most[0], memory(server)[1])

    threading.Thread(target=watch, daemon=True).start()
    visitors = [Visitor(address, f"visitor {number}") for number in range(len(sizes))]
    with ThreadPoolExecutor(len(sizes)) as everybody:
        taken = list(everybody.map(lambda visitor, path: visitor.open(path), visitors, paths))
    over.set()
    used = [late - early for early, late in zip(worked, processor(server), strict=True)]
    wrong = sum(
        f"<dd>{size:,}</dd>" not in visitor.read_as or ANSWER not in "".join(visitor.words)
        for visitor, size in zip(visitors, sizes, strict=True)
    )
    for visitor in visitors:
        visitor.leave()
    small = [waits for size, waits in zip(sizes, taken, strict=True) if size != HEAVY]
    print(
        f"{len(small)} visitors with {sum(SIZES):,} people in all; {os.getloadavg()[0]:.0f} processes at work on this machine"
    )
    for step, waits in zip(
        ("until the file is read", "until the answer is there"), zip(*small, strict=True), strict=True
    ):
        print(f"  {step}: median {statistics.median(waits):.1f} s, 95% {statistics.quantiles(waits, n=20)[-1]:.1f} s")
    for size, (_, seconds) in zip(sizes, taken, strict=True):
        if size == HEAVY:
            print(f"  one more with {size:,} people: {seconds:.1f} s")
    print(f"  seconds of processor: {used[0]:.1f} of the server itself, {used[1]:.1f} of its workers")
    print(f"  answers that are of another file, or none: {wrong}")
    time.sleep(60)
    after = memory(server)
    print(f"{'memory, MB':<36}{'server':>10}{'with workers':>14}")
    print(f"{'before they came':<36}{before[0]:>10.0f}{before[1]:>14.0f}")
    print(f"{'most while they were there':<36}{'':>10}{most[0]:>14.0f}")
    print(f"{'a minute after all have gone':<36}{after[0]:>10.0f}{after[1]:>14.0f}")


if __name__ == "__main__":
    sys.exit(main())
