"""What a press and the wheel do to what the panels themselves remember."""

from dataclasses import replace

from vr_client.frame_loop import run_frame
from vr_client.headset.backend import HandState
from vr_client.headset.backends.scripted import ScriptFrame
from vr_client.space.pose import look_at, pose
from vr_client.state.senses import Senses


def test_the_help_in_large_text_has_pages_for_its_button_and_for_the_wheel(client):
    app, _ = client
    assert run_frame(app)
    assert run_frame(app)
    app._panels.use("desktop")
    app.state = replace(app.state, panels=frozenset({"help"}), senses=Senses("largest"))
    head, acts, pages = pose((0.0, 1.6, 1.5), 0.0, -5.0), iter(()), []

    def script(_index, _time):
        place = app.shown.place_of("help.more")
        aim = look_at(head[:3, 3], place) if place is not None else head
        return ScriptFrame(head, (HandState(aim, **next(acts, {})),), (64, 48))

    app.headset._script = script
    for act in ({}, {"select": True}, {}, {"select": True}, {}, {"scroll": -1.0}, {"scroll": 1.0}):
        acts = iter([act, {}])
        assert run_frame(app)
        assert run_frame(app)
        pages.append(app.shown.text_of("help.page"))
    assert pages == ["1 / 2", "2 / 2", "2 / 2", "1 / 2", "1 / 2", "2 / 2", "1 / 2"]
    app.state = replace(app.state, panels=frozenset({"help"}), senses=Senses())
    assert run_frame(app)
    assert app.shown.text_of("help.page") is None
