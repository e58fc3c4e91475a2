"""`endcap check`: the linter. Loads without GL, skia or fonts."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from catalog_sync.model.failure import Failure
from catalog_sync.model.product import Product

if TYPE_CHECKING:
    from store_scenes.layout.documents import Finding  # for its type only: --help stays quick

REPORT_SCHEMA = 1
ROUNDS_MAX = 5


Unsound = Callable[[Path, Sequence[Product]], Mapping[str, str]]
"""Of a store folder and its products: models that cannot be shown, each with a sentence."""


class ReportFormat(StrEnum):
    """How `check` prints."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"


def check_command(unsound: Unsound) -> Callable[..., None]:
    """The command; `unsound` looks through models, which this room knows nothing of."""

    def check_store(
        store: Annotated[
            Path | None, typer.Argument(help="The store folder, with its store.toml.")
        ] = None,
        report: Annotated[
            ReportFormat,
            typer.Option(
                "--format", help="text for people, json for programs, sarif for code hosts."
            ),
        ] = ReportFormat.TEXT,
        fix: Annotated[bool, typer.Option("--fix", help="Make the changes that are safe.")] = False,
        diff: Annotated[
            bool, typer.Option("--diff", help="Show what --fix would change, and change nothing.")
        ] = False,
        notes: Annotated[
            bool, typer.Option("--notes", help="Show notes as well as errors and warnings.")
        ] = False,
        rules: Annotated[bool, typer.Option("--rules", help="List every rule and end.")] = False,
    ) -> None:
        """Check a store folder: every finding with its file, line and a fix. Exit 1 on errors."""
        if rules:
            _list_rules()
            return
        if store is None:
            raise Failure("name the store folder, as in endcap check my-store")
        _checked(store, unsound, report, fix=fix, diff=diff, notes=notes)

    return check_store


def _checked(
    store: Path, unsound: Unsound, report: ReportFormat, *, fix: bool, diff: bool, notes: bool
) -> None:
    from store_scenes.layout.repair import as_diff, repaired

    findings = _findings(store, unsound)
    if diff:
        for line in as_diff(repaired(findings, store)):
            typer.echo(line)
        return
    if fix:
        findings = _fixed(store, unsound, findings)
    if report is ReportFormat.JSON:
        _print_json(findings)
    elif report is ReportFormat.SARIF:
        _print_sarif(findings, store)
    else:
        _print_text(findings, notes=notes)
    if any(finding.severity == "error" for finding in findings):
        raise typer.Exit(1)


def _findings(store: Path, unsound: Unsound) -> "list[Finding]":
    from store_scenes.layout.check import check
    from store_scenes.layout.load import load_store

    layout = load_store(store)
    return check(layout, store, unsound(store, layout.products))


def _fixed(store: Path, unsound: Unsound, findings: "list[Finding]") -> "list[Finding]":
    """Mend, and look again: one change may make room for the next."""
    from store_scenes.layout.repair import repaired, write_repaired

    for _ in range(ROUNDS_MAX):
        changed = repaired(findings, store)
        if not changed:
            break
        write_repaired(changed, store)
        for finding in findings:
            if finding.repair is not None:
                typer.echo(
                    f"{_where(finding)}: fixed: {finding.sentence} [{finding.rule}]", err=True
                )
        findings = _findings(store, unsound)
    return findings


def _print_text(findings: "list[Finding]", *, notes: bool) -> None:
    for finding in findings:
        if finding.severity != "note" or notes:
            fix = f"; {finding.fix}" if finding.fix else ""
            typer.echo(
                f"{_where(finding)}: {finding.severity}: {finding.sentence}{fix} [{finding.rule}]"
            )
    counts = dict.fromkeys(("error", "warning", "note"), 0)
    for finding in findings:
        counts[finding.severity] += 1
    told = [_count(counts["error"], "error"), _count(counts["warning"], "warning")]
    if counts["note"]:
        told.append(_count(counts["note"], "note") + ("" if notes else " (--notes shows them)"))
    typer.echo(", ".join(told))
    mendable = sum(finding.repair is not None for finding in findings)
    if mendable:
        typer.echo(f"endcap check --fix mends {mendable} of them; --diff shows how")


def _print_json(findings: "list[Finding]") -> None:
    severities = [finding.severity for finding in findings]
    tree = {
        "schema": REPORT_SCHEMA,
        "errors": severities.count("error"),
        "warnings": severities.count("warning"),
        "notes": severities.count("note"),
        "findings": findings,
    }
    typer.echo(msgspec.json.format(msgspec.json.encode(tree)).decode())


def _print_sarif(findings: "list[Finding]", store: Path) -> None:
    from importlib.metadata import version

    from store_scenes.layout.load import TOML_BYTES_MAX, read_bounded
    from store_scenes.layout.sarif import sarif

    paths = {finding.repair.path for finding in findings if finding.repair is not None}
    texts = {path: read_bounded(store, path, TOML_BYTES_MAX) for path in sorted(paths)}
    tree = sarif(findings, version("endcap"), texts)
    typer.echo(msgspec.json.format(msgspec.json.encode(tree)).decode())


def _list_rules() -> None:
    from store_scenes.layout.rules.registry import RULES

    wide = max(map(len, RULES))
    for rule in RULES.values():
        fixes = " (--fix)" if rule.repairable else ""
        typer.echo(f"{rule.id:{wide}}  {rule.severity:7}  {rule.title}{fixes}")


def _where(finding: "Finding") -> str:
    parts = [finding.path, *(str(n) for n in (finding.line, finding.column) if n)]
    return ":".join(parts)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def write_schemas(
    store: Annotated[Path, typer.Argument(help="The store folder, with its store.toml.")],
) -> None:
    """Let editors that speak TOML schemas (Taplo, Even Better TOML) complete a store's files."""
    from store_scenes.feeds.files import whole_file
    from store_scenes.layout.load import load_document
    from store_scenes.layout.schema import encoded, schemas

    load_document(store)
    folder = store / ".endcap" / "schemas"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Failure(f"{folder} cannot be made: {error.strerror or error}") from None
    for name, schema in schemas().items():
        with whole_file(folder / f"{name}.schema.json") as file:
            file.write(encoded(schema))
    settings = store / ".taplo.toml"
    if settings.exists():
        typer.echo(f"{settings} stays as it is; docs/store-folder.md shows what it needs")
        return
    rules = (("store", "store.toml"), ("planogram", "planograms/*.toml"))
    text = "".join(
        f'[[rule]]\ninclude = ["{pattern}"]\n[rule.schema]\npath = ".endcap/schemas/'
        f'{name}.schema.json"\nenabled = true\n\n'
        for name, pattern in rules
    )
    with whole_file(settings) as file:
        file.write(text.rstrip("\n").encode() + b"\n")
    typer.echo(f"{settings} and {folder} written: open {store} in an editor with Taplo")
