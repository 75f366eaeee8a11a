"""The dashboard as a browser has it: a file goes in, the answer comes out, nothing leaves the machine, everyone can read it."""

import json
import re

import pytest

from eia.dashboard import site
from eia.findings.record import from_json
from eia.intake.examples import examples

pytestmark = pytest.mark.browser

PAGES = [title for title, _ in site.PAGES.values()]
# Streamlit's own place to drop a file is a section that has both a name and no role; nothing of ours can mend it.
NOT_OURS = {"presentation-role-conflict"}


def go(page, title):
    there = page.get_by_role("heading", level=1, name="Who is hit" if title == "Start" else title)
    if not there.count():
        settled(page)
        name = next(name for name, (of, _) in site.PAGES.items() if of == title)
        if name not in site.PLACES:
            go(page, site.PAGES[site.place_of(name)][0])  # its link stands under its place
        page.get_by_test_id("stPageLink").get_by_role("link", name=re.compile(rf"^{title}")).first.click()
        there.wait_for()
    settled(page)


def settled(page):
    """The page has run to its end, and every part of it has come: the browser fetches some when it first needs them. And the server is there: where
    it is too busy to answer for a while the connection is begun anew, and what is pressed meanwhile is lost."""
    page.get_by_role("heading", level=1).first.wait_for()
    page.locator(
        '[data-testid="stApp"][data-test-script-state="notRunning"][data-test-connection-state="CONNECTED"]'
    ).wait_for()
    page.get_by_test_id("stSkeleton").first.wait_for(state="hidden")


def drop(page, label, path):
    """Choose a file; the button to press afterwards waits for it to be here."""
    page.get_by_label(label).locator("input[type=file]").set_input_files(path)
    page.get_by_text(path.name).first.wait_for()


def open_files(page, **files):
    labels = {
        "main": "Workforce or counts",
        "selections": "Selections",
        "case": "Case file",
        "whole": "Counts of the whole",
    }
    settled(page)
    for kind, path in files.items():
        drop(page, labels[kind], path)
    page.get_by_role("button", name="Read the files").click()
    confirm(page)


def confirm(page):
    """Say that what was read is right, and wait for the answer."""
    page.get_by_role("button", name="This is right").click()
    page.get_by_role("heading", name="The answer", level=1).wait_for()


def open_example(page):
    page.get_by_role("button", name="Open this example").click()
    page.get_by_role("heading", name="The answer", level=1).wait_for()
    page.locator(".js-plotly-plot").first.wait_for(state="attached")  # a narrow screen shows its table instead


def faults(page):
    from axe_playwright_python.sync_playwright import Axe

    found = [fault for fault in Axe().run(page).response["violations"] if fault["id"] not in NOT_OURS]
    return [(fault["id"], [node["html"][:200] for node in fault["nodes"][:3]]) for fault in found]


def saved(page, name):
    with page.expect_download() as download:
        page.get_by_role("button", name=name).click()
    return download.value.path().read_bytes()


def test_files_go_in_and_the_answer_and_the_draft_come_out(visit):
    folder = examples()["riverbank"].parent
    page = visit()
    open_files(page, main=folder / "workforce.csv", selections=folder / "selections.csv", case=folder / "case.toml")
    page.locator(".js-plotly-plot").first.wait_for()
    page.get_by_role("columnheader", name="Who is selected within each pool?").wait_for()
    assert "disabled people" in page.inner_text("body").lower()
    go(page, "Take away")
    page.get_by_text("Draft", exact=True).click()
    assert b"Draft equality impact assessment" in saved(page, "Draft as web page")
    assert saved(page, "Draft as Word").startswith(b"PK")
    assert saved(page, "Draft as PDF").startswith(b"%PDF")
    assert saved(page, "Draft as Markdown").startswith(b"PK")
    record = saved(page, "Saved assessment")
    assert from_json(record.decode()).evidence.people == json.loads(record)["summary"]["people"] == 2603
    assert saved(page, "Chart as picture (PNG)").startswith(b"\x89PNG")
    assert b"<svg" in saved(page, "Chart as drawing (SVG)")
    assert saved(page, "Numbers of this chart (CSV)").startswith(b"\xef\xbb\xbf")
    assert saved(page, "Everything to attach (zip)").startswith(b"PK")
    page.get_by_text("Save one table").click()
    assert saved(page, "Table (CSV)").startswith(b"\xef\xbb\xbf")


def test_what_draws_charts_is_there_before_the_first_chart(visit):
    page = visit()
    page.wait_for_function(
        "performance.getEntriesByType('resource').some(one => /PlotlyChart\\.[^/]*js/.test(one.name))"
    )
    assert not page.locator(".js-plotly-plot").count()


def test_counts_are_enough(visit):
    folder = examples()["dwp-2014"].parent
    page = visit()
    open_files(page, main=folder / "counts.csv", case=folder / "case.toml")
    page.get_by_text("DWP performance marks").first.wait_for()
    page.locator(".js-plotly-plot").first.wait_for()


def test_a_file_that_is_still_on_its_way_is_waited_for(visit):
    folder = examples()["millbrook"].parent
    page, held = visit(), []
    page.route("**/upload_file/**", lambda route: held.append(route))
    settled(page)
    given = {"Workforce or counts": "workforce.csv", "Selections": "selections.csv", "Case file": "case.toml"}
    for label, name in given.items():
        drop(page, label, folder / name)
    for _ in range(600):  # each is held when the browser gets to it, which can be after its name is shown
        if len(held) == len(given):
            break
        page.wait_for_timeout(50)
    assert len(held) == len(given)
    button = page.get_by_role("button", name="Read the files")
    assert button.is_disabled()
    for upload in held:
        upload.continue_()
    button.click()
    confirm(page)
    page.get_by_text("Millbrook College").first.wait_for()


def test_two_visits_at_once_see_their_own_numbers(visit):
    one, other = visit(), visit()
    river, mill = examples()["riverbank"].parent, examples()["millbrook"].parent
    for page, folder in ((one, river), (other, mill)):
        open_files(page, main=folder / "workforce.csv", selections=folder / "selections.csv", case=folder / "case.toml")
    for page, mine, theirs in ((one, "Riverbank", "Millbrook"), (other, "Millbrook", "Riverbank")):
        for title in PAGES[1:]:
            go(page, title)
            page.locator(".eia-head").get_by_text(mine).wait_for()
            assert theirs not in page.inner_text("body")


@pytest.mark.parametrize("width", [1280, 320])
def test_every_page_is_accessible_and_fits(visit, width):
    page = visit(width)
    for title in PAGES:
        go(page, title)
        assert faults(page) == [], title
    go(page, "Start")
    open_example(page)
    for title in PAGES:
        go(page, title)
        if title == "Take away":
            page.frame_locator("iframe").get_by_role("heading", level=1).wait_for()
        assert faults(page) == [], title
        assert page.evaluate("document.documentElement.scrollWidth") <= width, title
    go(page, "Data and method")
    for table in page.locator("summary").all():
        table.click()
    page.locator("details[open] table").last.wait_for()
    assert faults(page) == []


def test_the_answer_stands_on_one_screen(visit):
    page = visit()
    page.set_viewport_size({"width": 1280, "height": 800})
    open_example(page)
    settled(page)
    for place in (page.locator(".js-plotly-plot").first, page.get_by_role("button", name="Female", exact=True)):
        place.wait_for()
        # A chart that is being drawn is taller for a moment: what counts is where things come to rest.
        page.wait_for_function("one => one.getBoundingClientRect().bottom <= 800", arg=place.element_handle())


def test_a_group_is_opened_from_the_keyboard_and_left_again_with_nothing_lost(visit):
    page = visit()
    open_example(page)
    page.get_by_role("button", name="Show all").press("Enter")
    page.get_by_role("button", name="Disabled", exact=True).press("Enter")
    page.get_by_role("heading", name="Disabled people", level=2).wait_for()
    settled(page)
    assert page.url.endswith("/story?group=disability-1")
    page.go_back()
    page.get_by_role("heading", name="The answer", level=1).wait_for()
    assert "Riverbank" in page.inner_text("body")
    page.go_forward()
    page.get_by_role("heading", name="Disabled people", level=2).wait_for()


def test_labels_of_groups_are_text_in_the_table_of_evidence(visit, tmp_path):
    label = "<img src=x onerror=window.hit=1>"
    file = tmp_path / "staff.csv"
    rows = [f"{('F', label)[n % 2]},{'yes' if n % 4 < 2 else 'no'},{'AB'[n % 3 > 0]}" for n in range(60)]
    file.write_text("\n".join(["nationality,selected,pool", *rows]), encoding="utf-8")
    page = visit()
    settled(page)
    drop(page, "Workforce or counts", file)
    page.get_by_role("button", name="Read the files").click()
    confirm(page)
    page.get_by_role("button", name=label, exact=True).wait_for()
    assert page.evaluate("window.hit") is None


def test_the_proposal_opens_over_a_page_and_closes_again(visit):
    page = visit()
    open_example(page)
    page.get_by_role("button", name="The proposal").press("Enter")
    page.get_by_role("dialog").get_by_label("Name of this case").wait_for()
    settled(page)
    assert faults(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="detached")
    settled(page)
    go(page, "Process")
    page.get_by_role("button", name="The proposal").click()
    page.get_by_role("dialog").get_by_label("Dismissals proposed at one establishment").wait_for()


def test_a_page_opened_by_its_address_still_has_the_others(visit):
    page = visit(path="/answer")
    assert "Nothing is open yet." in page.inner_text("body")
    page.get_by_role("link", name="Go to Start").click()
    page.get_by_role("heading", name="Open your own files").wait_for()


def test_charts_offer_to_send_nothing_anywhere(visit):
    page = visit()
    open_example(page)
    page.locator(".js-plotly-plot").first.hover()
    buttons = page.locator(".modebar-btn").evaluate_all("found => found.map(one => one.dataset.title)")
    assert {button.lower() for button in buttons} <= {"download plot as a png", "download plot"}


def test_control_c_ends_it_quietly(another_server):
    assert another_server.stop() == 0
    said = another_server.log.read_text()
    assert f"127.0.0.1:{another_server.port}" in said
    assert "Traceback" not in said


def test_names_stay_in_sight_and_no_chart_is_cut_on_a_narrow_screen(visit):
    page = visit(390)
    page.get_by_role("button", name="Open this example").click()
    page.get_by_role("heading", name="The answer", level=1).wait_for()
    settled(page)
    name = page.get_by_role("button", name="Female", exact=True)
    name.wait_for()
    page.locator(".wide").evaluate("one => { one.scrollLeft = one.scrollWidth }")
    assert 0 <= name.bounding_box()["x"] < 390
    assert page.get_by_text("Push the table sideways").is_visible()
    assert page.locator(".st-key-narrow-gaps table").is_visible()
    assert not page.locator(".js-plotly-plot").first.is_visible()


def test_start_has_an_address_of_its_own(visit):
    page = visit(path="/start")
    page.get_by_role("heading", name="Open your own files").wait_for()
    settled(page)
    assert page.get_by_text("Page not found").count() == 0
