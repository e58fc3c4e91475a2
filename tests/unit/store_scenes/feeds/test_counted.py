from store_scenes.feeds.counted import counted


def test_counts_have_the_word_that_people_say():
    assert [counted(number, "aisle") for number in (0, 1, 2, 1204)] == [
        "0 aisles", "1 aisle", "2 aisles", "1,204 aisles",
    ]  # fmt: skip
    assert (counted(1, "mesh", "meshes"), counted(3, "mesh", "meshes")) == ("1 mesh", "3 meshes")
