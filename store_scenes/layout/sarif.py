"""Findings as SARIF 2.1.0, which code hosts show on a change.

Source: OASIS, Static Analysis Results Interchange Format (SARIF) Version 2.1.0 Plus Errata 01.
"""

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from store_scenes.layout.documents import Finding, Fix
from store_scenes.layout.rules.registry import CATALOG, RULES
from store_scenes.layout.rules.rule import Rule

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
PAGE = "https://github.com/endcap/endcap/blob/main/docs/rules.md"
ROOT = "STORE"


def sarif(findings: Sequence[Finding], version: str, texts: Mapping[str, bytes]) -> dict[str, Any]:
    """One run with every rule that spoke. `texts` are the files that findings would mend."""
    ids = list(dict.fromkeys(finding.rule for finding in findings))
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "endcap check",
                        "version": version,
                        "informationUri": PAGE,
                        "rules": [_rule(name) for name in ids],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "originalUriBaseIds": {ROOT: {"description": {"text": "The store folder."}}},
                "results": [_result(one, ids.index(one.rule), texts) for one in findings],
            }
        ],
    }


def _rule(name: str) -> dict[str, Any]:
    known = RULES.get(name) or Rule(
        name, "warning", "the catalogue's rows can be read whole",
        f"See docs/feeds.md for {name.removeprefix(CATALOG)}.",
    )  # fmt: skip
    return {
        "id": known.id,
        "name": "".join(word.capitalize() for word in known.id.split("-")),
        "shortDescription": {"text": f"{known.title[:1].upper()}{known.title[1:]}."},
        "help": {"text": known.help},
        "helpUri": f"{PAGE}#{known.id}",
        "defaultConfiguration": {"level": known.severity},
    }


def _result(finding: Finding, index: int, texts: Mapping[str, bytes]) -> dict[str, Any]:
    fix = f"; {finding.fix}" if finding.fix else ""
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": finding.severity,
        "message": {"text": f"{finding.sentence}{fix}"},
        "locations": [{"physicalLocation": _place(finding)}],
        "partialFingerprints": {"endcap/v1": f"{finding.rule}:{finding.path}:{finding.sentence}"},
    }
    if finding.repair is not None and finding.repair.path in texts:
        result["fixes"] = [_fix(finding, finding.repair, texts[finding.repair.path])]
    return result


def _place(finding: Finding) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": _artifact(finding.path)}
    if finding.line:
        place["region"] = {"startLine": finding.line} | (
            {"startColumn": finding.column} if finding.column else {}
        )
    return place


def _artifact(path: str) -> dict[str, str]:
    return {"uri": quote(PurePosixPath(path).as_posix()), "uriBaseId": ROOT}


def _fix(finding: Finding, repair: Fix, raw: bytes) -> dict[str, Any]:
    line, column = _at(raw, repair.start)
    end_line, end_column = _at(raw, repair.end)
    region = {
        "startLine": line,
        "startColumn": column,
        "endLine": end_line,
        "endColumn": end_column,
    }
    change: dict[str, Any] = {"deletedRegion": region}
    if repair.text:
        change["insertedContent"] = {"text": repair.text}
    return {
        "description": {"text": finding.fix or RULES[finding.rule].help},
        "artifactChanges": [{"artifactLocation": _artifact(repair.path), "replacements": [change]}],
    }


def _at(raw: bytes, offset: int) -> tuple[int, int]:
    """Line and column of a byte, both from 1, columns in characters."""
    before = raw[:offset]
    start = before.rfind(b"\n") + 1
    return before.count(b"\n") + 1, len(before[start:].decode(errors="replace")) + 1
