"""The page as a browser has it: accessible, quiet on the network, and no wider than a phone."""

from pathlib import Path

import pytest
from present_samples import HOSTILE, document

from eia.findings.record import from_json
from eia.present.documents.html import to_html
from eia.present.documents.write_report import DOCUMENTS

pytestmark = pytest.mark.browser
EXAMPLE = Path(__file__).parents[3] / "reports" / "example" / "confidential" / "assessment.json"


@pytest.mark.parametrize("texts", [("Plain text.", "More of it."), HOSTILE], ids=["plain", "hostile"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_page_is_accessible_alone_and_fits(chromium, tmp_path, texts, width):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    file = tmp_path / "report.html"
    file.write_text(to_html(document(texts)), encoding="utf-8")
    context = chromium.new_context(viewport={"width": width, "height": 900}, bypass_csp=True)
    page = context.new_page()
    asked, told = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: told.append(dialog.message))
    page.goto(file.as_uri())
    assert asked == [file.as_uri()]
    assert told == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    faults = axe.run(page).response["violations"]
    if texts is HOSTILE:  # empty headings and names are the texts' own fault
        faults = [fault for fault in faults if "empty" not in fault["id"] and "name" not in fault["id"]]
    assert [(fault["id"], [node["html"][:150] for node in fault["nodes"][:3]]) for fault in faults] == []
    context.close()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_document_of_the_main_example_is_accessible_and_fits_a_phone(chromium, tmp_path, name):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    file = tmp_path / f"{name}.html"
    file.write_text(to_html(DOCUMENTS[name](from_json(EXAMPLE.read_text(encoding="utf-8")))), encoding="utf-8")
    context = chromium.new_context(viewport={"width": 360, "height": 900}, bypass_csp=True)
    page = context.new_page()
    page.goto(file.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    faults = axe.run(page).response["violations"]
    assert [(fault["id"], [node["html"][:150] for node in fault["nodes"][:3]]) for fault in faults] == []
    context.close()
