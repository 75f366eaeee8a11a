"""Takes nothing; prints how long a visitor waits: for the first answer to dropped files, and for a control to answer.

Run it with ``python benchmarks/dashboard.py``; it needs Chromium. Targets: 3 seconds and half a second.
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
VISITS, TOUCHES = 3, 10
STORY = 2
"""The list of the group's story, after the questions to ask and what cannot be told."""
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
            firsts, touches = [], []
            for _ in range(VISITS):
                page = chromium.new_page(viewport={"width": 1280, "height": 900})
                firsts.append(_first_answer(page, address))
                touches += _controls(page)
                page.close()
            chromium.close()
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(20)
    print(f"{'wait':<52}{'seconds':>9}{'target':>9}")
    for place, what in enumerate(("the answers in words", "the first chart below them")):
        later = statistics.median(first[place] for first in firsts[1:])
        print(f"{f'{what}, first visit to the server':<52}{firsts[0][place]:>9.2f}{3:>9}")
        print(f"{f'{what}, median of later visits':<52}{later:>9.2f}{3:>9}")
    print(f"{f'a control, median of {len(touches)}':<52}{statistics.median(touches):>9.2f}{0.5:>9}")
    print(f"{'a control, longest':<52}{max(touches):>9.2f}")
    return 0


def _first_answer(page: Page, address: str) -> tuple[float, float]:
    """From dropping the last file to the answers in words, and to the first chart below them."""
    folder = examples()["riverbank"].parent
    page.goto(address)
    page.get_by_role("heading", level=1).first.wait_for()
    page.locator(SETTLED).wait_for()
    _drop(page, "Case file", folder / "case.toml")
    _drop(page, "Selections", folder / "selections.csv")
    start = time.perf_counter()
    _drop(page, "Workforce or counts", folder / "workforce.csv")
    page.get_by_role("button", name="Show the answer").click()
    page.get_by_role("heading", name="The answer", level=1).wait_for()
    page.get_by_role("heading", name="Five questions to ask").wait_for()
    words = time.perf_counter() - start
    page.locator(".js-plotly-plot .main-svg").first.wait_for()
    return words, time.perf_counter() - start


def _controls(page: Page) -> list[float]:
    """From choosing a group to its sentence on the screen."""
    page.locator(SETTLED).wait_for()
    taken = []
    for touch in range(TOUCHES):
        group, words = (("Male", "Men:"), ("Female", "Women:"))[touch % 2]
        box = page.get_by_role("combobox", name="Group")
        box.scroll_into_view_if_needed()
        box.click()
        option = page.get_by_role("option", name=group, exact=True)
        option.wait_for()
        start = time.perf_counter()
        option.click()
        page.locator("[data-testid=stElementContainer]", has_text=words).last.wait_for()
        page.locator(".eia-list").nth(STORY).get_by_text(words).first.wait_for()
        taken.append(time.perf_counter() - start)
    return taken


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
