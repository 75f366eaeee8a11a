"""What a visitor has done stays: when the page is loaded again, gone back to, cut off for a while, or saved and opened another day."""

import re
import tomllib

import pytest
from browser.conftest import PATIENCE
from playwright.sync_api import expect
from test_dashboard_browser import faults, go, open_files, saved, settled

from eia.intake.examples import examples

pytestmark = pytest.mark.browser

TYPED = "Three posts are held open.\nNobody has been asked yet."


def open_own(page, name, case=None):
    folder = examples()[name].parent
    open_files(
        page, main=folder / "workforce.csv", selections=folder / "selections.csv", case=case or folder / "case.toml"
    )


def write(page, place, text):
    """Type into a place of the response, leave it, and wait until it stands in the document."""
    go(page, "Take away")
    field = page.get_by_label(place, exact=True)
    settled(page)
    if not field.is_visible():  # many places are folded
        page.get_by_text("Write here", exact=True).click()
    field.fill(text)
    page.get_by_role("heading", name="Take away", level=1).click()
    preview(page).get_by_text(text.splitlines()[0]).wait_for()
    settled(page)


def holds(page, place, text):
    """Wait until a field has this text: it stands there empty for a moment before it is told what it holds."""
    expect(page.get_by_label(place, exact=True)).to_have_value(text, timeout=PATIENCE)


def preview(page):
    return page.frame_locator('iframe[title^="Response"]')


def test_a_page_that_is_loaded_again_goes_on_where_it_was(visit):
    page = visit()
    open_own(page, "millbrook")
    write(page, "Our alternatives", TYPED)
    for _ in range(2):
        page.reload()
        preview(page).get_by_text("Nobody has been asked yet.").wait_for()
        holds(page, "Our alternatives", TYPED)
    page.get_by_role("button", name="Undo: what you wrote").click()
    page.get_by_text(re.compile(r"^0 of \d places are filled")).wait_for()
    holds(page, "Our alternatives", "")


def test_back_and_away_and_back_again_lose_nothing(visit, server):
    page = visit()
    open_own(page, "millbrook")
    write(page, "Our alternatives", TYPED)
    go(page, "Try a change")
    page.go_back()
    page.get_by_role("heading", name="Take away", level=1).wait_for()
    settled(page)
    holds(page, "Our alternatives", TYPED)
    page.goto("data:text/html,<title>elsewhere</title>")
    page.go_back()
    preview(page).get_by_text("Nobody has been asked yet.").wait_for()


def test_a_connection_that_is_lost_comes_back_with_everything(visit):
    open_sockets = []

    def cut_off(socket):
        open_sockets.append(socket)
        socket.connect_to_server()

    page = visit(before=lambda page: page.route_web_socket("**/_stcore/stream", cut_off))
    open_own(page, "millbrook")
    write(page, "Our alternatives", TYPED)
    open_sockets[-1].close(code=1012)
    page.wait_for_timeout(3000)
    go(page, "The answer")
    page.get_by_text("Millbrook College").first.wait_for()
    go(page, "Take away")
    holds(page, "Our alternatives", TYPED)
    assert len(open_sockets) > 1


def test_a_case_that_is_saved_brings_everything_back_another_day(visit, tmp_path):
    first = visit()
    open_own(first, "millbrook")
    write(first, "Our alternatives", TYPED)
    case = tmp_path / "case.toml"
    case.write_bytes(saved(first, "Save this case"))
    assert tomllib.loads(case.read_text())["texts"] == {"Our alternatives": TYPED}
    another_day = visit()
    open_own(another_day, "millbrook", case)
    go(another_day, "Take away")
    holds(another_day, "Our alternatives", TYPED)


def test_two_tabs_do_not_mix_even_when_both_are_loaded_again(visit):
    one = visit()
    other = one.context.new_page()
    other.goto(one.url)
    other.get_by_role("heading", level=1).first.wait_for()
    for page, name in ((one, "millbrook"), (other, "riverbank")):
        open_own(page, name)
    for page, mine, theirs in ((one, "Millbrook", "Riverbank"), (other, "Riverbank", "Millbrook")):
        page.reload()
        page.get_by_text(mine).first.wait_for()
        settled(page)
        assert theirs not in page.inner_text("body")


@pytest.mark.parametrize("width", [1280, 320])
def test_every_document_can_be_looked_at_and_reached(visit, width):
    page = visit(width)
    open_own(page, "millbrook")
    go(page, "Take away")
    for title in ("Draft", "Speaking note", "Members’ sheet", "Annex", "Response"):
        page.get_by_text(title, exact=True).first.click()
        page.get_by_role("button", name=f"{title} as web page").wait_for()
        settled(page)
        if title == "Draft":  # with many places, which are folded
            page.get_by_text("Write here").click()
            page.get_by_label("Money", exact=True).wait_for()
        assert faults(page) == [], title
        assert page.evaluate("document.documentElement.scrollWidth") <= width, title
    page.get_by_text("Figures to publish", exact=True).first.click()
    page.get_by_role("button", name="Work out what may be published").wait_for()
    assert faults(page) == []
