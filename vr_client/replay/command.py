"""The command `endcap replay`: a trip again, frame for frame. Heavy imports stay inside."""

import contextlib
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from catalog_sync.model.failure import Failure
from vr_client.replay.progress import Progress, progress_on

if TYPE_CHECKING:
    from vr_client.replay.camera import CameraRenderer
    from vr_client.replay.player import Difference, Played, Player
    from vr_client.replay.recording import Survey
    from vr_client.replay.showing import Sink

SIZE: Final = (128, 144)
FILM_HEIGHT: Final = 360
SIDE_MAX: Final = 4096
DIFFERS: Final = 1
STOPPED: Final = 130
"""As of every command that Ctrl-C ends."""

Show = Callable[[tuple[int, ...]], None]


def replay(
    file: Annotated[Path, typer.Argument(help="What `endcap shop --record` wrote.")],
    out: Annotated[
        Path | None,
        typer.Option(help="Folder for what is drawn: all pictures in one file, for --verify."),
    ] = None,
    verify: Annotated[
        Path | None, typer.Option(help="Such a folder from before: find the first difference.")
    ] = None,
    size: Annotated[str, typer.Option(help="Pixels of one eye; 128x144 unless filmed.")] = "",
    camera: Annotated[
        str, typer.Option(help="eyes, behind, above, or x,y,z,yaw,pitch (metres, degrees).")
    ] = "",
    film: Annotated[Path | None, typer.Option(help="An MP4 to write, to look at.")] = None,
    window: Annotated[bool, typer.Option("--window", help="Look on in a window.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The outcome for programs.")] = False,
) -> None:
    """The same trip again, frame for frame; exit 1 at the first frame that is not the same."""
    wishes = Wishes(file, out, verify, size, camera, film, window=window)
    outcome = _replay_until_stopped(wishes, lines=not as_json)
    if as_json:
        typer.echo(json.dumps(outcome.as_json(), indent=2, ensure_ascii=False))
    else:
        typer.echo(outcome.sentence)
    if outcome.difference is not None:
        sys.stderr.write(f"endcap: {file}: {outcome.difference.sentence}{outcome.hint}\n")
        raise typer.Exit(DIFFERS)


def _replay_until_stopped(wishes: "Wishes", *, lines: bool) -> "Outcome":
    """Ctrl-C ends it in one sentence, and leaves nothing half written."""
    reached = ("", 0, 0)
    try:
        with progress_on(sys.stderr, lines=lines) as tell:

            def progress(stage: str, done: int, total: int) -> None:
                nonlocal reached
                reached = (stage, done, total)
                tell(stage, done, total)

            return run_replay(wishes, progress)
    except KeyboardInterrupt:
        how_far = _how_far(*reached)
        kept = "; nothing was written" if wishes.out or wishes.film else ""
        sys.stderr.write(f"endcap: {wishes.file}: stopped {how_far}{kept}\n")
        raise typer.Exit(STOPPED) from None


def _how_far(stage: str, done: int, total: int) -> str:
    """Where it was stopped. Nothing is known of frames before the whole file was read."""
    if stage != "replay":
        return "while the file was read"
    return f"after {done:,} of {total:,} frames, the same so far" if done else "before any frame"


@dataclass(frozen=True, slots=True)
class Wishes:
    """The command's options, as they were written."""

    file: Path
    out: Path | None = None
    verify: Path | None = None
    size: str = ""
    camera: str = ""
    film: Path | None = None
    window: bool = False

    @property
    def draws(self) -> bool:
        """Whether anything has to be drawn."""
        return self.window or any(path is not None for path in (self.out, self.verify, self.film))


@dataclass(slots=True)
class Outcome:
    """What came of it."""

    survey: "Survey"
    frames: int = 0
    drawn: int = 0
    difference: "Difference | None" = None
    stopped: bool = False
    wrote: list[Path] = field(default_factory=list)
    wishes: Wishes | None = None

    @property
    def sentence(self) -> str:
        """For a person, on standard output."""
        said = f"{self.frames} of {self.survey.frames} frames, {self.survey.seconds:.1f} s"
        said += ": the same" if self.difference is None else ": not the same"
        if self.stopped:
            said += "; stopped before the end"
        said += self._pictures_said()
        if not self.survey.whole:
            said += ". The recording is cut short: this is as far as it goes"
        return said

    def _pictures_said(self) -> str:
        """What became of the pictures: where they are, and as what."""
        from vr_client.replay.pictures import FRAMES, PICTURES

        wishes, said = self.wishes, ""
        if wishes is None or not self.drawn:
            return said
        if wishes.verify is not None and self.difference is None and not self.stopped:
            said += f"; its {self.drawn:,} pictures are those in {wishes.verify}"
        if wishes.out in self.wrote:
            said += f"; {self.drawn:,} pictures in {wishes.out / PICTURES}, named in {FRAMES}"
        if wishes.film in self.wrote:
            said += f"; a film in {wishes.film}"
        return said

    @property
    def hint(self) -> str:
        """Why a frame may well differ: it was recorded by another version."""
        before, now = self.survey.header.endcap, version("endcap")
        return "" if before == now else f" (recorded by Endcap {before}, this is {now})"

    def as_json(self) -> dict[str, Any]:
        """Stable; documented in docs/replay.md."""
        found = self.difference
        return {
            "frames": self.frames,
            "frames_recorded": self.survey.frames,
            "seconds": self.survey.seconds,
            "whole": self.survey.whole,
            "same": found is None,
            "stopped": self.stopped,
            "pictures": self.drawn,
            "wrote": [str(path) for path in self.wrote],
            "difference": None
            if found is None
            else {
                "frame": found.frame,
                "time_s": found.time_s,
                "fields": list(found.fields),
                "sentence": found.sentence,
            },
        }


def run_replay(wishes: Wishes, progress: Progress) -> Outcome:
    """Replay a file as asked for.

    Raises:
        Failure: the file, an option or this computer does not allow it.
    """
    from vr_client.replay.camera import Undrawn
    from vr_client.replay.player import Player
    from vr_client.replay.recording import survey

    plan = _Plan(wishes)
    plan.check_words()
    found = survey(wishes.file, lambda done, total: progress("read", done, total))
    progress("replay", 0, found.frames)
    outcome = Outcome(found, wishes=wishes)
    if not wishes.draws:
        player = Player(found.header, Undrawn())
        _play(player, None, [], outcome, plan, progress)
        return outcome
    plan.settle(found)
    with plan.renderer(found) as (renderer, pictures, show, device):
        player = Player(found.header, renderer, pictures, show)
        plan.device = device
        sinks = plan.sinks(found)
        try:
            _play(player, renderer, sinks, outcome, plan, progress)
        finally:
            for sink in sinks:
                sink.abandon()
    return outcome


def _play(
    player: "Player",
    renderer: "CameraRenderer | None",
    sinks: "list[Sink]",
    outcome: Outcome,
    plan: "_Plan",
    progress: Progress,
) -> None:
    from vr_client.replay.recording import Frame, Recording

    def frames(recording: Recording) -> Iterator[Frame]:
        for frame in recording.frames():
            if renderer is not None and frame.info is not None:
                time_s = frame.info.predicted_time_s
                renderer.wanted = plan.looks_on or any(sink.wants(time_s) for sink in sinks)
                renderer.drawn = 0
            if plan.is_over():
                outcome.stopped = True
                return
            yield frame

    with Recording(plan.wishes.file) as recording:
        for played in player.play(frames(recording)):
            outcome.frames += 1
            outcome.difference = _take(played, renderer, sinks, outcome)
            progress("replay", outcome.frames, outcome.survey.frames)
            if outcome.difference is not None:
                return
    outcome.difference = player.difference
    if outcome.difference is None and not outcome.stopped:
        for sink in sinks:
            outcome.difference = outcome.difference or sink.finish(plan.facts(outcome.survey))
        outcome.wrote = plan.wrote()


def _take(
    played: "Played", renderer: "CameraRenderer | None", sinks: "list[Sink]", outcome: Outcome
) -> "Difference | None":
    if renderer is None or not sinks:
        return None
    pictures = [renderer.read_eye(eye) for eye in range(renderer.drawn)]
    outcome.drawn += len(pictures)
    found = None
    for sink in sinks:
        found = found or sink.take(played, pictures)
    return found


class _Plan:
    """What the options mean for one recording."""

    def __init__(self, wishes: Wishes) -> None:
        self.wishes = wishes
        self.size = SIZE
        self.camera_words = wishes.camera or "eyes"
        self.device = ""
        self.looks_on = wishes.window
        self._kept: Any = None
        self._window: Any = None

    def check_words(self) -> None:
        """Refuse what is no option before anything takes its time."""
        from vr_client.replay.camera import camera_of
        from vr_client.replay.pictures import KeptPictures

        if self.wishes.size:
            self.size = _size_of(self.wishes.size)
        camera_of(self.camera_words)
        if self.wishes.film is not None and self.wishes.film.suffix.lower() != ".mp4":
            raise Failure(f"{self.wishes.film}: the film is an MP4; name the file so.")
        if self.wishes.verify is not None:
            self._kept = KeptPictures(self.wishes.verify)

    def settle(self, found: "Survey") -> None:
        """Size and camera: as asked for, else those of the folder, else what suits a film."""
        film, kept = self.wishes.film, self._kept
        if kept is not None:
            facts = kept.facts
            if facts.recording != found.header.id:
                raise Failure(
                    f"{self.wishes.verify} was drawn from another recording than "
                    f"{self.wishes.file}: give the one it was drawn from."
                )
            asked = (self.wishes.size and self.size != facts.size) or (
                self.wishes.camera and self.wishes.camera != facts.camera
            )
            if asked:
                raise Failure(
                    f"{self.wishes.verify} was drawn with --size {facts.size[0]}x{facts.size[1]} "
                    f"--camera {facts.camera}: leave these options out."
                )
            self.size, self.camera_words = facts.size, facts.camera
        elif not self.wishes.size and self.wishes.out is None and found.size[1]:
            shape = found.size[0] / found.size[1] if self.camera_words == "eyes" else 16 / 9
            width = round(FILM_HEIGHT * min(max(shape, 0.25), 4.0) / 2) * 2
            self.size = (width, FILM_HEIGHT)
        if film is not None and (self.size[0] % 2 or self.size[1] % 2):
            raise Failure("A film has even sides: give such a --size, for example 640x360.")

    def sinks(self, found: "Survey") -> "list[Sink]":
        """Where pictures go."""
        from vr_client.replay.showing import FilmSink, FolderSink, VerifySink

        del found
        made: list[Sink] = []
        if self._kept is not None:
            assert self.wishes.verify is not None
            made.append(VerifySink(self._kept, self.wishes.verify / "difference"))
        if self.wishes.film is not None:
            made.append(FilmSink(self.wishes.film, self.size))
        if self.wishes.out is not None:
            made.append(FolderSink(self.wishes.out))
        return made

    def facts(self, found: "Survey") -> Any:
        """What a folder says of itself."""
        from vr_client.replay.pictures import SCHEMA, FolderFacts

        return FolderFacts(
            SCHEMA, version("endcap"), found.header.id, self.device, self.camera_words,
            self.size, (),
        )  # fmt: skip

    def wrote(self) -> list[Path]:
        """The files that are there now."""
        return [path for path in (self.wishes.out, self.wishes.film) if path is not None]

    def is_over(self) -> bool:
        """Whether whoever looks on has closed the window."""
        if self._window is None:
            return False
        from vr_client.headset.backend import SessionState

        over: bool = self._window.poll().state is SessionState.QUITTING
        return over

    @contextlib.contextmanager
    def renderer(self, found: "Survey") -> "Iterator[tuple[CameraRenderer, Any, Show | None, str]]":
        """What draws: off screen, or in a window that is looked at."""
        from vr_client.render.context import GraphicsContext, adopt_current, create_headless

        show: Show | None = None
        graphics: GraphicsContext
        if self.wishes.window:
            from vr_client.headset.backend import HeadsetUnavailableError
            from vr_client.headset.backends.desktop import DesktopBackend
            from vr_client.render.present import Presenter

            adopted: list[GraphicsContext] = []

            def make_presenter() -> Presenter:
                adopted.append(adopt_current())
                return Presenter(adopted[0])

            self._window = DesktopBackend(make_presenter, title="Endcap")
            try:
                self._window.open()
            except HeadsetUnavailableError as error:
                raise Failure(f"{error.what}: leave --window out, or take --film.") from error
            graphics = adopted[0]
            show = self._window.end_frame
        else:
            graphics = create_headless()
        # After the window: native libraries with a window system of their own come later.
        from vr_client.labels.draw import draw_label
        from vr_client.render.renderer import Renderer
        from vr_client.replay.camera import CameraRenderer, camera_of

        setup = found.header.setup
        try:
            slots = (setup.art_slots, setup.label_slots)
            inner = Renderer(graphics, samples=setup.samples, slots=slots)
            camera = camera_of(self.camera_words)
            made = CameraRenderer(inner, camera, self.size)
            yield made, draw_label, show, graphics.device
        finally:
            if self._window is not None:
                self._window.close()
            else:
                graphics.release()


def _size_of(text: str) -> tuple[int, int]:
    parts = text.lower().split("x")
    if len(parts) != 2 or not all(part.isdecimal() and len(part) < 6 for part in parts):
        raise Failure(f"--size {text} is not a size: write it as 128x144.")
    width, height = int(parts[0]), int(parts[1])
    if not (0 < width <= SIDE_MAX and 0 < height <= SIDE_MAX):
        raise Failure(f"--size {text} is out of bounds: from 1 to {SIDE_MAX} a side.")
    return width, height
