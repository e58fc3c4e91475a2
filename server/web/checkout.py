"""The pages of a checkout: from the QR's address to the confirmation, as plain HTML forms.

GET  /pay/{token}             exchange the token for a cookie, once; on to the order
GET  /checkout/{order}        the order as it now is, for the browser that holds its cookie
POST /checkout/{order}/pay    one charge however often it comes; back to the order
POST /checkout/{order}/cancel
GET  /static/{name}           style and icon, named by their content
"""

import hashlib
import re
from pathlib import Path
from typing import Final

from msgspec import structs
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from server.checkout.flow import ORDER_PATH, CheckoutFlow, open_flow
from server.checkout.handoff import PAY_PATH, fresh_secret, is_secret
from server.checkout.provider import IdempotencyConflictError
from server.shop import Shop
from server.storage.contract import PAGE_SESSION_LIFE_S, OrderRecord
from server.web.forms import FormError, csrf_token, is_email, is_from_our_page, read_form
from server.web.markup import Markup
from server.web.pages import Frame, PayForm, notice_page, payment_page, settled_page
from server.web.responses import SECURITY_HEADERS, page, refused, see_other
from server.web.words import language_of, locale_of

COOKIE: Final = "endcap_order"

_ORDER_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)
_STATIC: Final = Path(__file__).parent / "static"
_STATIC_KINDS: Final = {"checkout.css": "text/css", "icon.svg": "image/svg+xml"}


def routes(shop: Shop, flow: CheckoutFlow | None = None) -> list[BaseRoute]:
    """What the web application mounts; `flow` is the shop's default one unless told."""
    pages = _Pages(shop, flow or open_flow(shop))
    return [
        Route(PAY_PATH + "{token}", pages.hand_off, methods=["GET"]),
        Route(ORDER_PATH + "{order}", pages.order, methods=["GET"]),
        Route(ORDER_PATH + "{order}/pay", pages.pay, methods=["POST"]),
        Route(ORDER_PATH + "{order}/cancel", pages.cancel, methods=["POST"]),
        Route("/static/{name}", pages.static, methods=["GET"]),
    ]


class _Pages:
    def __init__(self, shop: Shop, flow: CheckoutFlow) -> None:
        self._shop = shop
        self._flow = flow
        self._sandbox = not flow.provider.capabilities().real_money
        self._files = {}
        urls = {}
        for name, kind in _STATIC_KINDS.items():
            body = (_STATIC / name).read_bytes()
            stem, _, ending = name.partition(".")
            named = f"{stem}.{hashlib.sha256(body).hexdigest()[:16]}.{ending}"
            self._files[named] = (body, kind)
            urls[name] = f"/static/{named}"
        self._urls = urls

    async def hand_off(self, request: Request) -> Response:
        """Spend the token. Only a real page view may: a messenger's preview asks with HEAD."""
        purpose = request.headers.get("sec-purpose", request.headers.get("purpose", ""))
        if request.method != "GET" or "prefetch" in purpose:
            return refused(405 if request.method != "GET" else 503)
        session = await self._flow.redeem(request.path_params["token"], fresh_secret())
        if session is None:
            return self._notice(request, 410, "link_used")
        response = see_other(session.url)
        response.set_cookie(
            COOKIE,
            session.secret,
            max_age=PAGE_SESSION_LIFE_S,
            path=ORDER_PATH + session.order_id,
            secure=self._shop.public_url.startswith("https://"),
            httponly=True,
            samesite="lax",
        )
        return response

    async def order(self, request: Request) -> Response:
        """The order as it now is."""
        record = await self._record(request)
        if record is None:
            return self._notice(request, 404, "not_found")
        if not self._payable(record):
            return page(settled_page(self._frame(request), _as_shown(record)))
        if not self._flow.pays_here:
            return see_other((await self._flow.open_checkout(record)).url)
        return page(self._payment(request, record, fresh_secret(), "", email_wrong=False))

    async def pay(self, request: Request) -> Response:
        """Take the payment once, then show the order."""
        record = await self._record(request)
        if record is None or not self._flow.pays_here:
            return self._notice(request, 404, "not_found")
        fields = await self._fields(request, record)
        if fields is None or not is_secret(fields.get("key", "")):
            return self._notice(request, 403, "form_old", record.order.id)
        email = fields.get("email", "").strip()
        if email and not is_email(email) and self._payable(record):
            return page(self._payment(request, record, fields["key"], email, email_wrong=True), 422)
        try:
            outcome = await self._flow.pay(record, fields["key"], email)
        except IdempotencyConflictError:
            return self._notice(request, 409, "key_reused", record.order.id)
        if outcome.order is None:
            return self._notice(request, 404, "not_found")
        return see_other(ORDER_PATH + record.order.id)

    async def cancel(self, request: Request) -> Response:
        """Give the order up, then show it. A paid order stays paid."""
        record = await self._record(request)
        if record is None:
            return self._notice(request, 404, "not_found")
        if await self._fields(request, record) is None:
            return self._notice(request, 403, "form_old", record.order.id)
        if record.order.state == "pending":
            await self._flow.cancel(record)
        return see_other(ORDER_PATH + record.order.id)

    async def static(self, request: Request) -> Response:
        """A file under the name of its content: it never changes."""
        found = self._files.get(request.path_params["name"])
        if found is None:
            return refused(404)
        caching = {"Cache-Control": "public, max-age=31536000, immutable"}
        return Response(found[0], media_type=found[1], headers={**SECURITY_HEADERS, **caching})

    async def _record(self, request: Request) -> OrderRecord | None:
        order_id = request.path_params["order"]
        if not _ORDER_ID.fullmatch(order_id):
            return None
        return await self._flow.order(order_id, request.cookies.get(COOKIE, ""))

    async def _fields(self, request: Request, record: OrderRecord) -> dict[str, str] | None:
        try:
            fields = await read_form(request)
        except FormError:
            return None
        secret = request.cookies[COOKIE]
        return fields if is_from_our_page(request, fields, secret, record.order.id) else None

    def _payable(self, record: OrderRecord) -> bool:
        return record.order.state == "pending" and record.expires_unix_s > self._shop.now_unix_s()

    def _payment(
        self, request: Request, record: OrderRecord, key: str, email: str, *, email_wrong: bool
    ) -> Markup:
        csrf = csrf_token(request.cookies[COOKIE], record.order.id)
        form = PayForm(ORDER_PATH + record.order.id, csrf, key, email, email_wrong)
        return payment_page(self._frame(request), record, form, self._shop.now_unix_s())

    def _frame(self, request: Request) -> Frame:
        language = language_of(request.headers.get("accept-language", ""), self._shop.locale)
        names = self._shop.names
        return Frame(
            store=names.get(language) or next(iter(names.values())),
            language=language,
            locale=locale_of(language, self._shop.locale),
            style_url=self._urls["checkout.css"],
            icon_url=self._urls["icon.svg"],
            sandbox=self._sandbox,
        )

    def _notice(
        self, request: Request, status: int, sentence: str, order_id: str | None = None
    ) -> Response:
        frame = self._frame(request)
        heading = getattr(frame.words, sentence)
        note = getattr(frame.words, f"{sentence}_note")
        link = (ORDER_PATH + order_id, frame.words.to_order) if order_id else None
        return page(notice_page(frame, heading, note, link), status)


def _as_shown(record: OrderRecord) -> OrderRecord:
    """A pending order that can no longer be paid is over for people before a sweep writes it."""
    if record.order.state != "pending":
        return record
    return structs.replace(record, order=structs.replace(record.order, state="expired"))
