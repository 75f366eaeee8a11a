"""What a visitor has done stays: when the page is loaded again, gone back to, or cut off for a while."""

import pytest
from test_dashboard_browser import open_files

from eia.intake.examples import examples

pytestmark = pytest.mark.browser


def test_the_visit_goes_on_after_the_page_is_loaded_again(visit):
    page = visit()
    folder = examples()["millbrook"].parent
    open_files(page, main=folder / "workforce.csv", selections=folder / "selections.csv", case=folder / "case.toml")
    page.reload()
    page.get_by_role("heading", name="The answer", level=1).wait_for()
    page.get_by_text("Millbrook College").first.wait_for()
    page.reload()
    page.get_by_text("Millbrook College").first.wait_for()
