"""What is told about an import: a few lines for people, a bounded document for programs."""

from collections import Counter, defaultdict

import msgspec

from store_scenes.feeds.feed import FeedFinding, FeedResult
from store_scenes.feeds.registry import FEEDS

REPORT_SCHEMA = 1
REPORTED_FINDINGS_MAX = 10_000
LINES_OF_RULE_MAX = 1_000


class RuleReport(msgspec.Struct, frozen=True):
    """One rule: how often, and on which lines (the first `LINES_OF_RULE_MAX`)."""

    severity: str
    count: int
    first: str
    lines: list[int]


class ImportReport(msgspec.Struct, frozen=True):
    """What `endcap catalog import --report` writes."""

    schema: int
    format: str
    encoding: str
    separator: str
    rows: int
    products: int
    left_out: int
    unpriced: int
    dimensions_estimated: int
    codes: dict[str, int]
    packages: dict[str, int]
    rules: dict[str, RuleReport]
    findings: tuple[FeedFinding, ...]
    findings_left_out: int


def import_report(result: FeedResult) -> ImportReport:
    """All there is to say about a feed, within bounds."""
    lines: defaultdict[str, list[int]] = defaultdict(list)
    first: dict[str, FeedFinding] = {}
    for finding in result.findings:
        first.setdefault(finding.rule, finding)
        if len(lines[finding.rule]) < LINES_OF_RULE_MAX:
            lines[finding.rule].append(finding.line)
    rules = {
        rule: RuleReport(found.severity, result.counts[rule], found.sentence, lines[rule])
        for rule, found in sorted(first.items())
    }
    products = result.products
    told = result.findings[:REPORTED_FINDINGS_MAX]
    codes = {"good": 0, "zeros-restored": 0, "bad": 0, "damaged": 0, "none": 0, "repeated": 0}
    return ImportReport(
        schema=REPORT_SCHEMA,
        format=result.kind,
        encoding=result.encoding,
        separator=result.separator,
        rows=result.rows,
        products=len(products),
        left_out=result.rows - len(products),
        unpriced=sum(product.price is None for product in products),
        dimensions_estimated=sum(product.dimensions_estimated for product in products),
        codes=codes | result.codes,
        packages=dict(Counter(product.package for product in products).most_common()),
        rules=rules,
        findings=told,
        findings_left_out=sum(result.counts.values()) - len(told),
    )


def summary(report: ImportReport, out: str) -> list[str]:
    """The same in a few lines for a person."""
    counts = (
        f"{report.products:,} products of {report.rows:,} rows into {out}; {report.unpriced:,} "
        f"unpriced, {report.dimensions_estimated:,} with estimated dimensions"
    )
    packages = ", ".join(f"{count} {shape}" for shape, count in report.packages.items())
    lines = [
        f"read as {FEEDS[report.format].title} ({report.encoding}, {report.separator})",
        counts,
        f"packages: {packages}",
    ]
    for rule, found in report.rules.items():
        at = f"line {found.lines[0]}: " if found.lines[0] else ""
        lines.append(f"  {found.severity} {rule}: {found.count:,} ({at}{found.first})")
    return lines
