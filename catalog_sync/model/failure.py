"""The one exception that is meant for people: the command prints its sentence and exits with 2."""


class Failure(Exception):  # noqa: N818 - it is not a bug, it is something a person can mend
    """What is wrong, where, and what to do about it, in one sentence; never a traceback."""
