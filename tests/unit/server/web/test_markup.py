import pytest

from server.web.markup import Markup, fill, joined


def test_a_value_is_text_and_stays_inside_its_attribute():
    made = fill('<a title="$title">$text</a>', title='"><script>', text="a & <b>")

    assert made == '<a title="&quot;&gt;&lt;script&gt;">a &amp; &lt;b&gt;</a>'
    assert isinstance(made, Markup)


def test_markup_goes_in_as_it_is_and_a_value_is_never_a_template():
    inner = fill("<i>$text</i>", text="$other $$")

    assert fill("<p>$inner</p>", inner=inner) == "<p><i>$other $$</i></p>"


def test_a_place_without_a_value_is_a_bug_that_shows():
    with pytest.raises(KeyError):
        fill("$missing")


def test_parts_are_joined_in_order():
    assert joined([Markup("<i>"), Markup("</i>")]) == "<i></i>"
