"""Files as people bring them, from the drop to the response: an export of a payroll system, published counts, no scores, nobody selected yet."""

from pathlib import Path

import pytest
from made import pools
from test_dashboard_browser import confirm, drop, faults, go, settled

from eia.dashboard import site

pytestmark = pytest.mark.browser

FIELD = Path(__file__).parent.parent / "data" / "field"
FILES = {
    "an export of a payroll system": "r00_full_itrent_420.xlsx",
    "counts in sections": "r07_consultation_pack_section_rows.xlsx",
    "counts without pools": "r08_counts_without_pools.xlsx",
    "people and no scores": pools(A=(12, 20, 2, 20), B=(10, 20, 3, 20), none=(0, 20, 0, 60)),
    "nobody selected yet": pools(chosen=False, A=(0, 15, 0, 5), B=(0, 5, 0, 15), none=(0, 20, 0, 40)),
}


def opened(visit, given, folder):
    """Drop a file, and say that what was read of it is right."""
    content = given if isinstance(given, bytes) else (FIELD / given).read_bytes()
    file = folder / f"staff.{'csv' if isinstance(given, bytes) else 'xlsx'}"  # a longer name is not shown whole
    file.write_bytes(content)
    page = visit()
    settled(page)
    drop(page, "Workforce or counts", file)
    page.get_by_role("button", name="Read the files").click()
    confirm(page)
    return page


@pytest.mark.parametrize("kind", FILES)
def test_a_file_as_it_comes_is_read_answered_and_taken_away(visit, tmp_path, kind):
    page = opened(visit, FILES[kind], tmp_path)
    settled(page)
    assert faults(page) == []
    for name in ("check", "story", "pools", "try_change", "take_away"):
        title, _ = site.PAGES[name]
        go(page, title)
        assert not page.get_by_test_id("stException").count(), title
    page.reload()
    page.get_by_role("heading", name="Take away", level=1).wait_for()
    page.frame_locator('iframe[title^="Response"]').get_by_role("heading", level=1).wait_for()


def test_a_group_put_into_the_response_stays_when_the_page_is_loaded_again(visit, tmp_path):
    page = opened(visit, FILES["people and no scores"], tmp_path)
    go(page, "A group's story")
    page.get_by_role("button", name="Add to the response").press("Enter")
    out = page.get_by_role("button", name="Take out of the response")
    out.wait_for()
    settled(page)
    assert faults(page) == []
    page.reload()
    out.wait_for()
    page.get_by_role("button", name="Undo: what the response names").click()
    page.get_by_role("button", name="Add to the response").wait_for()
