"""What is told about an import: a few lines for people, a bounded document for programs."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator

import msgspec

from catalog_sync.model.product import Product
from store_scenes.feeds.feed import FeedFinding, FeedResult
from store_scenes.feeds.registry import FEEDS

REPORT_SCHEMA = 1
REPORTED_FINDINGS_MAX = 10_000
LINES_OF_RULE_MAX = 1_000
SHOWN_OF_RULE_MAX = 3


class Tally:
    """What is counted of products while they pass."""

    def __init__(self) -> None:
        self.products = 0
        self.unpriced = 0
        self.estimated = 0
        self.packages: Counter[str] = Counter()

    def counted(self, products: Iterable[Product]) -> Iterator[Product]:
        """The same products, each counted as it is asked for."""
        for product in products:
            self.products += 1
            self.unpriced += product.price is None
            self.estimated += product.dimensions_estimated
            self.packages[product.package] += 1
            yield product


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
    currency: str
    rows: int
    products: int
    left_out: int
    skipped: dict[str, int]
    unpriced: int
    dimensions_estimated: int
    codes: dict[str, int]
    packages: dict[str, int]
    models_linked: int
    rules: dict[str, RuleReport]
    findings: tuple[FeedFinding, ...]
    findings_left_out: int


def import_report(result: FeedResult, tally: Tally | None = None) -> ImportReport:
    """All there is to say about a feed, within bounds; `tally` where its products passed by."""
    if tally is None:
        tally = Tally()
        for _ in tally.counted(result.products):
            pass
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
    told = result.findings[:REPORTED_FINDINGS_MAX]
    codes = {"good": 0, "zeros-restored": 0, "bad": 0, "damaged": 0, "none": 0, "repeated": 0}
    return ImportReport(
        schema=REPORT_SCHEMA,
        format=result.kind,
        encoding=result.encoding,
        separator=result.separator,
        currency=result.currency,
        rows=tally.products + sum(result.skipped.values()),
        products=tally.products,
        left_out=sum(result.skipped.values()),
        skipped=result.skipped,
        unpriced=tally.unpriced,
        dimensions_estimated=tally.estimated,
        codes=codes | result.codes,
        packages=dict(tally.packages.most_common()),
        models_linked=len(result.links),
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
    codes = {state: count for state, count in report.codes.items() if state != "none"}
    codes["without"] = report.codes["none"]
    packages = ", ".join(f"{count} {shape}" for shape, count in report.packages.items())
    lines = [
        read_as(report),
        counts,
        f"packages: {packages}",
        "barcodes: " + ", ".join(f"{count:,} {state}" for state, count in codes.items() if count),
    ]
    if report.products > report.unpriced:
        lines.append(f"prices: in {report.currency}")
    if report.models_linked:
        lines.append(f"3D models: {report.models_linked:,} linked; --fetch-models brings them here")
    return [*lines, *rule_lines(report, report.rules)]


def read_as(report: ImportReport) -> str:
    """Format, encoding and separator, in a line."""
    read = (report.encoding, report.separator)
    return f"read as {FEEDS[report.format].title} ({', '.join(filter(None, read))})"


def rule_lines(report: ImportReport, rules: Collection[str]) -> list[str]:
    """Each rule's count, with the first few of its findings, and where there are more of them."""
    shown: defaultdict[str, list[FeedFinding]] = defaultdict(list)
    for finding in report.findings:
        if len(shown[finding.rule]) < SHOWN_OF_RULE_MAX:
            shown[finding.rule].append(finding)
    lines = []
    is_more = False
    for rule, found in report.rules.items():
        if rule not in rules:
            continue
        at = f"line {found.lines[0]}: " if found.lines[0] else ""
        lines.append(f"  {found.severity} {rule}: {found.count:,} ({at}{found.first})")
        lines.extend(f"    line {one.line}: {one.sentence}" for one in shown[rule][1:])
        is_more |= found.count > max(len(shown[rule]), 1)
    if is_more:
        lines.append("  and more of these: --report FILE writes them all, with their lines")
    return lines
