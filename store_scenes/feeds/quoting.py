"""Rows of separated values whose quotes are looked at: none may swallow the rows after it."""

import csv
from collections.abc import Iterator

from catalog_sync.model.failure import Failure


class QuotedRows:
    """The cells of each row with the line it begins on.

    Python's lenient reader takes an unclosed quote for the beginning of a cell that goes on to the
    end of the file, and says nothing. So this one is strict; what it then refuses within one line
    (`"5" display"`) is read leniently after all, for no other row can be lost by it.

    Raises Failure while rows are asked for: a quote is not closed where its cell ends.
    """

    def __init__(self, lines: Iterator[str], separator: str, first_line: int) -> None:
        self._separator = separator
        self._lines = lines
        self._before = first_line - 1
        self._row: list[str] = []
        self._reader = csv.reader(self._kept(), delimiter=separator, strict=True)

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        while True:
            line = self._before + self._reader.line_num + 1
            self._row.clear()
            try:
                cells = next(self._reader)
            except StopIteration:
                return
            except csv.Error as error:
                cells = self._of_one_line(line, error)
            yield line, cells

    def _kept(self) -> Iterator[str]:
        for line in self._lines:
            self._row.append(line)
            yield line

    def _of_one_line(self, line: int, error: csv.Error) -> list[str]:
        """What a lenient reader makes of the row, where it is one line and its quotes are closed.

        The line after it tells: an open quote swallows that, too.
        """
        said = str(error)
        if "quote" not in said and "expected" not in said and "unexpected end" not in said:
            raise Failure(f"line {line}: {said}; look for a quote that is never closed") from None
        if len(self._row) == 1:
            rows = list(csv.reader([*self._row, "after"], delimiter=self._separator))
            if len(rows) == 2:
                return rows[0]
        raise Failure(
            f"line {line}: a quote opens in this row and is not closed where its cell ends; remove "
            "it, or write a quote inside a cell twice"
        )
