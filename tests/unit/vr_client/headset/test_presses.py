from vr_client.headset.presses import WAITING_MAX, Press, PressQueue


def test_a_click_shorter_than_a_frame_reaches_the_next_frame_where_it_was_made():
    queue = PressQueue()
    queue.add("select", (3.0, 4.0))
    assert queue.take() == Press("select", (3.0, 4.0))
    assert queue.take() is None


def test_two_clicks_in_one_frame_are_two_presses_with_the_button_up_between():
    queue = PressQueue()
    queue.add("select", (1.0, 1.0))
    queue.add("select", (2.0, 2.0))
    taken = [queue.take() for _ in range(4)]
    assert taken == [Press("select", (1.0, 1.0)), None, Press("select", (2.0, 2.0)), None]


def test_different_buttons_need_no_pause():
    queue = PressQueue()
    for button in ("select", "back", "menu"):
        queue.add(button, (0.0, 0.0))
    taken = [queue.take() for _ in range(4)]
    assert [press.button if press else "" for press in taken] == ["select", "back", "menu", ""]


def test_what_waits_is_bounded():
    queue = PressQueue()
    for number in range(WAITING_MAX + 4):
        queue.add("select", (float(number), 0.0))
    assert queue.take() == Press("select", (4.0, 0.0))
