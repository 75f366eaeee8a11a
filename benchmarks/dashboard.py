"""Takes nothing; prints how long a visitor waits: from the dropped files to the first screen, for a control, a group's story, and a change of the rule.

Run it with ``python benchmarks/dashboard.py``; it needs Chromium.
"""

from __future__ import annotations

import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from eia.intake.examples import examples

ROOT = Path(__file__).parents[1]
VISITS, TOUCHES = 4, 6
TARGETS = {
    "the first screen, its chart included": 1.5,
    "a control": 0.4,
    "a group's story": 0.3,
    "a change of the rule": 0.6,
}
"""Seconds, by what is waited for."""
SETTLED = '[data-testid="stApp"][data-test-script-state="notRunning"]'


def main() -> int:
    """Start the dashboard, visit it, print the table."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        print("Skipped: this benchmark needs Chromium.")
        return 0
    server = subprocess.Popen(
        [sys.executable, str(ROOT / "app.py")], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        cwd=tempfile.gettempdir(),
    )  # fmt: skip
    try:
        address = _address(server)
        with sync_playwright() as running:
            chromium = running.chromium.launch(executable_path=browser, args=["--no-sandbox", "--disable-gpu"])
            waits = [
                _visit(chromium.new_context(viewport={"width": 1280, "height": 800}).new_page(), address)
                for _ in range(VISITS)
            ]
            chromium.close()
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(20)
    print(f"{'wait, median of later visits':<40}{'seconds':>9}{'longest':>9}{'first visit':>13}{'target':>9}")
    for what, target in TARGETS.items():
        later = [seconds for visit in waits[1:] for seconds in visit[what]]
        first = statistics.median(waits[0][what])
        print(f"{what:<40}{statistics.median(later):>9.2f}{max(later):>9.2f}{first:>13.2f}{target:>9}")
    return 0


def _visit(page: Page, address: str) -> dict[str, list[float]]:
    """Everything a visitor waits for, in seconds."""
    page.goto(address)
    page.get_by_role("heading", level=1).first.wait_for()
    page.locator(SETTLED).wait_for()
    waits = [_first_screen(page)], _controls(page), _stories(page), _changes(page, address)
    page.close()
    return dict(zip(TARGETS, waits, strict=True))


def _first_screen(page: Page) -> float:
    """From reading the files that were dropped, and saying that they were read right, to The answer with its chart; a person's own time left out."""
    folder = examples()["riverbank"].parent
    for label, name in (("Case file", "case.toml"), ("Selections", "selections.csv"), ("Workforce or counts", "workforce.csv")):  # fmt: skip
        _drop(page, label, folder / name)
    start = time.perf_counter()
    page.get_by_role("button", name="Read the files").click()
    right = page.get_by_role("button", name="This is right")
    right.wait_for()
    read = time.perf_counter() - start
    page.locator(SETTLED).wait_for()
    start = time.perf_counter()
    right.click()
    page.get_by_role("heading", name="The answer", level=1).wait_for()
    page.locator(".js-plotly-plot .main-svg").first.wait_for()
    page.get_by_role("table").first.wait_for()
    return read + time.perf_counter() - start


def _controls(page: Page) -> list[float]:
    """From choosing which groups the evidence shows to the rows changed."""
    page.locator(SETTLED).wait_for()
    row, taken = page.get_by_role("button", name="Permanent", exact=True), []
    for touch in range(TOUCHES):
        choice, state = (("All", "visible"), ("Protected characteristics", "detached"))[touch % 2]
        start = time.perf_counter()
        page.get_by_role("radio", name=choice, exact=True).click()
        row.wait_for(state=state)
        taken.append(time.perf_counter() - start)
    return taken


def _stories(page: Page) -> list[float]:
    """From pressing a group to its story."""
    taken = []
    for _ in range(TOUCHES):
        page.locator(SETTLED).wait_for()
        start = time.perf_counter()
        page.get_by_role("button", name="Disabled", exact=True).click()
        page.get_by_role("heading", name="Disabled people").first.wait_for()
        taken.append(time.perf_counter() - start)
        page.locator(SETTLED).wait_for()
        page.go_back()
        page.get_by_role("heading", name="The answer", level=1).wait_for()
    return taken


def _changes(page: Page, address: str) -> list[float]:
    """From leaving a criterion out to what that would do, of the example, which has scores."""
    page = page.context.new_page()
    page.goto(address)
    page.get_by_role("button", name="Open this example").click()
    page.get_by_role("heading", name="The answer", level=1).wait_for()
    page.locator(SETTLED).wait_for()
    page.get_by_test_id("stPageLink").get_by_role("link", name="Try a change").first.click()
    page.get_by_role("heading", name="Try a change", level=1).wait_for()
    page.locator(SETTLED).wait_for()
    box = page.get_by_role("combobox", name="Leave out").first
    box.click()
    box.fill("Attendance")
    page.wait_for_timeout(500)  # the list is narrowed first
    start = time.perf_counter()
    page.keyboard.press("Enter")
    page.get_by_text("people selected would be different people").first.wait_for()
    taken = time.perf_counter() - start
    page.close()
    return [taken]


def _drop(page: Page, label: str, path: Path) -> None:
    page.get_by_label(label).locator("input[type=file]").set_input_files(path)
    page.get_by_text(path.name).first.wait_for()
    page.locator(SETTLED).wait_for()


def _address(server: subprocess.Popen[str]) -> str:
    """The address that the dashboard prints, with the token that opens it."""
    for line in server.stdout or ():
        if "http://" in line:
            return line.split()[-1]
    raise SystemExit("The dashboard did not start.")


if __name__ == "__main__":
    sys.exit(main())
