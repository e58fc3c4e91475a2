"""What is wrong with a layout, in sentences that a merchandiser can act on."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path

from store_scenes.feeds.plain_csv import CATALOG_BYTES_MAX, read_own_catalogue
from store_scenes.layout.documents import STORE_FILE, Finding, Severity, StoreLayout
from store_scenes.layout.findings import Said, located
from store_scenes.layout.load import read_bounded
from store_scenes.layout.rules.registry import CATALOG, CHECKS, RULES
from store_scenes.layout.rules.rule import Checked

_RANK: dict[Severity, int] = {"error": 0, "warning": 1, "note": 2}


def check(
    layout: StoreLayout, folder: Path, unsound: Mapping[str, str] | None = None
) -> list[Finding]:
    """Every finding, errors first, then by file and line.

    `folder` is read again: only the files that have findings, for their lines, and the catalogue.
    `unsound` are models that cannot be shown, with what is wrong with them. The store's `[check]`
    says which rules are off, and how grave the others are.
    """
    checked = Checked(layout, folder, unsound or {})
    told = layout.store.check.rules
    kept: dict[Said, Severity] = {}
    for checks in (*CHECKS, check_settings):
        for said in checks(checked):
            severity = told.get(said.rule, RULES[said.rule].severity)
            if severity != "off":
                kept[said] = severity
    found = (*located(kept.items(), folder, layout.store.catalog), *_catalogue(layout, folder))
    findings = list(dict.fromkeys(found))  # what several planograms have from one is said once
    findings.sort(key=lambda one: (_RANK[one.severity], one.path, one.line, one.column))
    return findings


def check_settings(checked: Checked) -> Iterator[Said]:
    """Settings for rules that nobody has; a rule of its own, and of the table."""
    for rule in checked.settings.rules:
        if rule not in RULES and not rule.startswith(CATALOG):
            near = next(iter(get_close_matches(rule, RULES, 1, 0.0)))
            yield Said(
                "rule-unknown", STORE_FILE, "check.rules", f"there is no rule {rule!r}",
                f"did you mean {near!r}? endcap check --rules lists them all",
            )  # fmt: skip


def _catalogue(layout: StoreLayout, folder: Path) -> Iterator[Finding]:
    name = layout.store.catalog
    told = layout.store.check.rules
    raw = read_bounded(folder, name, CATALOG_BYTES_MAX)
    for said in read_own_catalogue(raw, layout.store.currency).findings:
        severity = told.get(f"{CATALOG}{said.rule}", said.severity)
        if severity != "off":
            yield Finding(f"{CATALOG}{said.rule}", severity, name, said.line, said.sentence)
