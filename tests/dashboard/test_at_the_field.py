"""What does not fit is said at the field that mends it, as soon as it is entered; what fits is said nothing of."""

import datetime as dt

import pytest

from eia.case import changed
from eia.errors import EiaError

CAUTION = 'class="eia-notice eia-caution"'
ENTRIES = [
    ("What is proposed", "text_input", "title", "", "Give the case a name"),
    ("Consultation", "date_input", "Last dismissal takes effect", dt.date(2020, 1, 1), "The last dismissal is on"),
    ("Papers and decisions", "text_input", "entry decision  name", "Pools", "Say who decides"),
    ("Pools and stages", "text_area", "stages", "selected\nselected", "Name each stage once"),
    ("Priority", "date_input", "Contracts end", dt.date(2020, 1, 1), "Contracts end on the first"),
    ("Pay and terms", "text_input", "entry own terms  name", "NHS", "a name that no other terms have"),
    ("Conventions", "text_input", "bands", "thirty, 40", "Give whole years between 14 and 100"),
    ("Conventions", "text_input", "bands", "50, 30", "Give whole years between 14 and 100"),
]


@pytest.mark.parametrize(("part", "kind", "field", "value", "words"), ENTRIES)
def test_what_does_not_fit_is_said_below_its_field(screen, opened, part, kind, field, value, words):
    shown = screen(opened("riverbank")).settings(part)
    cautions = shown.markup.count(CAUTION)
    assert words not in shown.words
    getattr(shown.app, kind)(key=f"choice: {field}").set_value(value).run()
    assert not shown.app.exception
    assert words in shown.words
    assert shown.markup.count(CAUTION) == cautions + 1


def test_a_question_has_to_be_asked(screen, opened):
    shown = screen(opened("millbrook")).settings("Conventions")
    for question in ("scope", "spread", "selection"):
        shown.app.checkbox(key=f"choice: ask {question}").uncheck()
    shown.app.run()
    assert "Choose one question or more." in shown.words
    with pytest.raises(EiaError):
        changed(shown.visit.case, analysis={"questions": []})
