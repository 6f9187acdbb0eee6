"""The flow charts follow from the forms."""

import re

import pytest

from bot.core.charts import chart
from bot.core.choices import Choice
from bot.core.forms import Form
from bot.core.small_forms import FORMS


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_every_question_and_condition_is_in_the_chart(form: Form) -> None:
    """With its options, and every arrow between things that are there."""
    text = chart(form)
    for question in form.questions:
        assert f"q_{question.name}[" in text
        assert (f"if_{question.name}{{" in text) == (question.when is not None)
        if isinstance(question, Choice) and not callable(question.options):
            assert all(f"[{label}]" in text for _value, label in question.options)
    nodes = set(re.findall(r"^ {4}(\w+)[\[({]", text, re.MULTILINE))
    arrows = re.findall(r"^ {4}(\w+) -.*> (\w+)$", text, re.MULTILINE)
    assert {end for arrow in arrows for end in arrow} == nodes


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_every_rule_of_a_form_explains_itself(form: Form) -> None:
    """No box or diamond of the chart is empty."""
    assert '""' not in chart(form)
    assert '{"?"}' not in chart(form)
    assert "[]" not in chart(form)


def test_a_small_chart() -> None:
    """As a reader of the documentation sees it."""
    assert chart(FORMS["told"]) == (
        "flowchart TD\n"
        '    start(["told, version 1"])\n'
        '    q_told["Was the person told that there is a report?<br/>'
        '[Yes] [Not yet] [Need not be told]"]\n'
        "    start --> q_told\n"
        '    if_when{"the person was told?"}\n'
        "    q_told --> if_when\n"
        '    q_when["When was that?"]\n'
        '    if_when -- "yes" --> q_when\n'
        '    if_because{"the person was not told?"}\n'
        "    q_when --> if_because\n"
        '    if_when -- "no" --> if_because\n'
        '    q_because["why not"]\n'
        '    if_because -- "yes" --> q_because\n'
        '    finish(["sent"])\n'
        "    q_because --> finish\n"
        '    if_because -- "no" --> finish\n'
    )
