"""Takes nothing; takes the pictures of the dashboard in images/, which the guides show: of the main example, of a file with questions and of one with faults.

Run it with ``python docs/guide/screenshots.py``; it needs Chromium.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).parent
IMAGES = HERE / "images"
WIDE, HIGH = 1280, 800
OTHER_SIZES = {"answer-wide": (1920, 1080), "answer-narrow": (390, 844)}
PALETTE = 128  # colours, of text and flat charts: a tenth of the size
SETTLED = '[data-testid="stApp"][data-test-script-state="notRunning"]'
PAGES = {
    "start": "Start", "your-file": "Your file", "answer": "The answer", "story": "A group's story", "pools": "Pools",
    "method": "Data and method", "try-change": "Try a change", "take-away": "Take away",
}  # fmt: skip
FAULTY = "Reference,Gender,Grade,Pool,Result\n" + "".join(
    f"{number or 1},{'FM'[number % 2]},{5 + number % 3},Finance,{('Retained', 'Selected', 'Retained', '')[3 if number == 5 else number % 3]}\n"
    for number in range(24)
)  # a reference in two rows, and somebody without an outcome
ASKED = "Reference,Gender,Grade,Job title,At risk?,Result\n" + "".join(
    f"{number},{'FM'[number % 2]},{5 + number % 3},{('Clerk', 'Cook', 'Porter')[number % 3]},{('Yes', 'No')[number % 3 > 1]},"
    f"{('VR agreed', 'Selected', '', 'Retained', 'Retained', '')[number % 6] if number % 3 < 2 else ''}\n"
    for number in range(48)
)

TESTS = HERE.parents[1] / "tests"
sys.path.insert(0, str(TESTS))
from browser.conftest import Server  # noqa: E402 - the tests start the dashboard and a browser the same way
from chromium import ARGUMENTS  # noqa: E402

from eia.dashboard import site  # noqa: E402


def main() -> None:
    """Start the dashboard, open the example, and look at every page."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        sys.exit("The pictures need Chromium.")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as running:
        server = Server(Path(folder) / "log.txt")
        chromium = running.chromium.launch(executable_path=browser, args=ARGUMENTS)
        try:
            page = tab(chromium, server)
            picture(page, "start")
            page.get_by_role("button", name="Open this example").click()
            page.get_by_role("heading", name="The answer", level=1).wait_for()
            for name, (width, height) in OTHER_SIZES.items():
                page.set_viewport_size({"width": width, "height": height})
                picture(page, name)
            page.set_viewport_size({"width": WIDE, "height": HIGH})
            for name, title in list(PAGES.items())[1:]:
                go_to(page, title)
                if name == "story":
                    go_to(page, "The answer")
                    page.get_by_role("button", name="Disabled", exact=True).click()
                    page.get_by_role("heading", name="Disabled people").wait_for()
                if name == "take-away":
                    page.frame_locator("iframe").get_by_role("heading", level=1).wait_for()
                picture(page, name)
                if name == "try-change":
                    a_change(page)
                    picture(page, "change-tried")
            page.get_by_role("button", name="The proposal").click()
            page.get_by_role("dialog").get_by_label("Name of this case").wait_for()
            picture(page, "proposal")
            page = tab(chromium, server)  # another one: this one goes on with what is open in it
            own_file(page, Path(folder) / "export.csv", ASKED, "Check what we read")
            picture(page, "check")
            page = tab(chromium, server)  # another one: this one goes on with what is open in it
            own_file(page, Path(folder) / "staff.csv", FAULTY, "Your file")
            picture(page, "faults")
        finally:
            chromium.close()
            server.stop()


def tab(chromium: Browser, server: Server) -> Page:
    """The dashboard in a tab of its own."""
    page = chromium.new_page(viewport={"width": WIDE, "height": HIGH}, locale="en-GB")
    page.set_default_timeout(120_000)
    page.goto(server.address)
    return page


def go_to(page: Page, title: str) -> None:
    """Open a page by its link, which stands under its place."""
    name = next(name for name, (of, _) in site.PAGES.items() if of == title)
    for each in dict.fromkeys((site.PAGES[site.place_of(name)][0], title)):
        page.get_by_test_id("stPageLink").get_by_role("link", name=each).first.click()
        page.get_by_role("heading", level=1, name=each).wait_for()


def a_change(page: Page) -> None:
    """Leave attendance out, and go down to what it would do."""
    box = page.get_by_role("combobox", name="Leave out").first
    box.click()
    box.fill("Attendance")
    page.wait_for_timeout(500)  # the list is narrowed first
    page.keyboard.press("Enter")
    page.get_by_text("people selected would be different people").first.wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("heading", name="Try your own change").evaluate("heading => heading.scrollIntoView()")


def own_file(page: Page, file: Path, text: str, title: str) -> None:
    """Open a file with this text, and wait for the page of this title."""
    file.write_text(text, encoding="utf-8")
    page.locator(SETTLED).wait_for()
    page.get_by_label("Workforce or counts").locator("input[type=file]").set_input_files(file)
    page.get_by_text(file.name).first.wait_for()
    page.get_by_role("button", name="Read the files").click()
    page.get_by_role("heading", level=1, name=title).wait_for()


def picture(page: Page, name: str) -> None:
    """Take the picture of the page that is open, in few colours."""
    from PIL import Image

    page.locator(SETTLED).wait_for()
    page.get_by_test_id("stSkeleton").first.wait_for(state="hidden")
    page.wait_for_timeout(1000)  # charts are drawn after the page has settled
    page.mouse.move(0, 0)
    path = IMAGES / f"{name}.png"
    page.screenshot(path=path)
    with Image.open(path) as taken:
        taken.convert("RGB").quantize(PALETTE).save(path, optimize=True)


if __name__ == "__main__":
    main()
