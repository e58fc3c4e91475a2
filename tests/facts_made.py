"""Facts of foods that Hypothesis makes up: all that the model allows, and nothing else."""

from hypothesis import strategies as st

from catalog_sync.model.facts import (
    ALLERGENS,
    AMOUNT_MAX,
    DESCRIPTION_CHARS_MAX,
    NUTRIENTS,
    Facts,
    Nutrition,
    declared,
)

_words = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=12)
_descriptions = st.lists(_words, min_size=1, max_size=DESCRIPTION_CHARS_MAX // 13).map(" ".join)


@st.composite
def facts(draw):
    """Facts with amounts in thousandths, as a catalogue writes them."""
    amounts = {
        name: draw(st.none() | st.integers(0, int(AMOUNT_MAX[name]) * 1000).map(lambda n: n / 1000))
        for name in NUTRIENTS
    }
    contains = declared(draw(st.sets(st.sampled_from(ALLERGENS))))
    traces = declared(draw(st.sets(st.sampled_from(ALLERGENS))), contains)
    told = draw(st.dictionaries(st.sampled_from(["ko", "en", "fr"]), _descriptions, max_size=3))
    return Facts(Nutrition(**amounts), contains, traces, told)
