"""The checkout pages as HTML. Pure: a view in, markup out; amounts only in the order's own."""

from typing import Final

import msgspec

from catalog_sync.model.money import format_money
from catalog_sync.model.size_words import size_words
from server.storage.contract import OrderLine, OrderRecord
from server.web.markup import Markup, fill, joined
from server.web.thumbnails import thumbnail
from server.web.words import WORDS, Language, Words

_DOCUMENT: Final = """<!doctype html>
<html lang="$language">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="theme-color" content="#d8dee1">
<title>$title · $store</title>
<link rel="icon" href="$icon" type="image/svg+xml">
<link rel="stylesheet" href="$style">
</head>
<body>
$banner<main class="card">
$body
</main>
</body>
</html>
"""

_BANNER: Final = '<p class="banner" role="note"><strong>$title.</strong> $note</p>\n'

_HEADING: Final = """<header>
<p class="store">$store</p>
<h1>$heading</h1>
</header>
"""

_STEPS: Final = """<ol class="steps" aria-label="$label">
<li class="done"><span>$tick</span>$cart</li>
<li class="$pay_class"$pay_now><span>$pay_mark</span>$pay</li>
<li class="$done_class"$done_now><span>$done_mark</span>$done</li>
</ol>
"""

_SUMMARY: Final = """<section class="summary" aria-label="$order">
<div class="row caption"><h2>$order</h2><span>$count</span></div>
<ul>
$lines</ul>
<div class="row total"><span>$total_label</span><strong id="total">$total</strong></div>
</section>
"""

_LINE: Final = """<li>$picture<div class="what"><p class="name">$name</p>
<p class="note">$note</p><p class="note"><span>$each</span></p></div>
<p class="amount"><span class="times">×$quantity</span> <span class="sum">$sum</span></p></li>
"""

_PAY: Final = """<form class="pay" method="post" action="$path/pay">
<input type="hidden" name="csrf" value="$csrf">
<input type="hidden" name="key" value="$key">
<label for="email">$email_label <small>$optional</small></label>
<input id="email" name="email" type="email" autocomplete="email" inputmode="email" maxlength="254"
 value="$email" aria-describedby="email-note"$invalid>
<p id="email-note" class="$note_class"$note_role>$note</p>
<p class="held">$held</p>
<div class="actions">
<button class="quiet" type="submit" form="cancel">$cancel</button>
<button class="main" type="submit">$pay</button>
</div>
</form>
<form id="cancel" method="post" action="$path/cancel">
<input type="hidden" name="csrf" value="$csrf">
</form>
"""

_OUTCOME: Final = """<div class="outcome $tone" role="status">
<span class="mark" aria-hidden="true">$mark</span>
<h1>$heading</h1>
<p>$note</p>
$number$receipt</div>
"""

_NUMBER: Final = '<p class="number">$label<strong id="order-number">$number</strong></p>\n'


def _drawn(path: str) -> Markup:
    attributes = (
        'viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2.5" '
        'stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"'
    )
    return Markup(f'<svg {attributes}><path d="{path}"/></svg>')


_TICK: Final = _drawn("M5 12.5l4.5 4.5L19 7.5")
_CROSS: Final = _drawn("M6.5 6.5l11 11M17.5 6.5l-11 11")
_CLOCK: Final = _drawn("M12 5.5V12l4 3M12 2.5a9.5 9.5 0 1 0 0 19a9.5 9.5 0 1 0 0-19")
_QUERY: Final = _drawn("M9 9a3.2 3.2 0 1 1 4.6 3c-1 .6-1.6 1.2-1.6 2.4M12 18v.3")
_NO_MARKUP: Final = Markup("")


class Frame(msgspec.Struct, frozen=True):
    """What every page needs: the shop's name, the reader's language, and where the files are."""

    store: str
    language: Language
    locale: str
    style_url: str
    icon_url: str
    sandbox: bool

    @property
    def words(self) -> Words:
        """The sentences in the reader's language."""
        return WORDS[self.language]


class PayForm(msgspec.Struct, frozen=True):
    """The form's own state. `key` names this wish to pay; `email_wrong` after a refused address."""

    path: str
    csrf: str
    key: str
    email: str = ""
    email_wrong: bool = False


def payment_page(frame: Frame, record: OrderRecord, form: PayForm, now_unix_s: int) -> Markup:
    """A pending order: what is bought, an address if one likes, pay and cancel."""
    words = frame.words
    total = format_money(record.order.total, frame.locale)
    minutes_left = max(1, -((now_unix_s - record.expires_unix_s) // 60))
    note = words.email_wrong if form.email_wrong else words.email_hint
    pay = fill(
        _PAY,
        path=form.path,
        csrf=form.csrf,
        key=form.key,
        email_label=words.email,
        optional=words.optional,
        email=form.email,
        invalid=Markup(' aria-invalid="true" autofocus') if form.email_wrong else _NO_MARKUP,
        note_class="note wrong" if form.email_wrong else "note",
        note_role=Markup(' role="alert"') if form.email_wrong else _NO_MARKUP,
        note=note,
        held=words.held.format(minutes_left),
        cancel=words.cancel,
        pay=words.pay.format(total),
    )
    heading = fill(_HEADING, store=frame.store, heading=words.checkout)
    body = joined([heading, _steps(words, paid=False), _summary(frame, record), pay])
    return _document(frame, words.checkout, body)


def settled_page(frame: Frame, record: OrderRecord) -> Markup:
    """An order in a final state: paid with its number, or why there is nothing to pay.

    Raises:
        ValueError: the order is still pending.
    """
    words = frame.words
    if record.order.state == "pending":
        raise ValueError("a pending order is not settled")
    if record.order.state == "paid":
        number = fill(_NUMBER, label=words.order_number, number=record.order.number)
        receipt = words.paid_receipt.format(record.contact_email)
        shown = fill("<p>$text</p>\n", text=receipt) if record.contact_email else _NO_MARKUP
        outcome = _outcome("good", _TICK, words.paid, words.paid_note, number, shown)
        body = joined([_steps(words, paid=True), outcome, _summary(frame, record)])
        return _document(frame, words.paid, body)
    if record.order.state == "cancelled":
        outcome = _outcome("calm", _CROSS, words.cancelled, words.cancelled_note)
        return _document(frame, words.cancelled, outcome)
    outcome = _outcome("calm", _CLOCK, words.expired, words.expired_note)
    return _document(frame, words.expired, outcome)


def notice_page(
    frame: Frame, heading: str, note: str, link: tuple[str, str] | None = None
) -> Markup:
    """One sentence and what to do; `link` is an address of ours and its words."""
    outcome = _outcome("calm", _QUERY, heading, note)
    if link is None:
        return _document(frame, heading, outcome)
    button = fill('<p><a class="main" href="$url">$text</a></p>', url=link[0], text=link[1])
    return _document(frame, heading, joined([outcome, button]))


def _document(frame: Frame, title: str, body: Markup) -> Markup:
    banner = _NO_MARKUP
    if frame.sandbox:
        banner = fill(_BANNER, title=frame.words.sandbox, note=frame.words.sandbox_note)
    return fill(
        _DOCUMENT,
        language=frame.language,
        title=title,
        store=frame.store,
        icon=frame.icon_url,
        style=frame.style_url,
        banner=banner,
        body=body,
    )


def _outcome(
    tone: str,
    mark: Markup,
    heading: str,
    note: str,
    number: Markup = _NO_MARKUP,
    receipt: Markup = _NO_MARKUP,
) -> Markup:
    return fill(
        _OUTCOME, tone=tone, mark=mark, heading=heading, note=note, number=number, receipt=receipt
    )


def _steps(words: Words, *, paid: bool) -> Markup:
    now, none = Markup(' aria-current="step"'), _NO_MARKUP
    return fill(
        _STEPS,
        label=words.steps,
        tick=_TICK,
        cart=words.step_cart,
        pay=words.step_pay,
        pay_class="done" if paid else "now",
        pay_now=none if paid else now,
        pay_mark=_TICK if paid else 2,
        done=words.step_done,
        done_class="done" if paid else "next",
        done_now=now if paid else none,
        done_mark=_TICK if paid else 3,
    )


def _summary(frame: Frame, record: OrderRecord) -> Markup:
    words = frame.words
    units = sum(line.quantity for line in record.lines)
    return fill(
        _SUMMARY,
        order=words.order,
        count=words.item if units == 1 else words.items.format(units),
        lines=joined(_line(frame, line) for line in record.lines),
        total_label=words.total,
        total=format_money(record.order.total, frame.locale),
    )


def _line(frame: Frame, line: OrderLine) -> Markup:
    name = line.names.get(frame.language) or next(iter(line.names.values()), line.sku)
    each = frame.words.each.format(format_money(line.unit_price, frame.locale))
    return fill(
        _LINE,
        picture=thumbnail(line.sku, name, line.package, line.colour),
        name=name,
        note=" · ".join(
            part for part in (line.brand, size_words(line.size_text, frame.language)) if part
        ),
        each=each,
        quantity=line.quantity,
        sum=format_money(line.unit_price.times(line.quantity), frame.locale),
    )
