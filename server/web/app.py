"""The web application: health, cooked assets, the operator's price change, and the checkout."""

import hmac
import json
import re
from collections.abc import Mapping
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from catalog_sync.model.money import Money, MoneyError, format_money, money_from_decimal
from catalog_sync.model.product import was_above
from catalog_sync.wire.limits import SKU_CHARS_MAX
from server.shop import Shop
from server.web.checkout import routes as checkout_routes

PRICE_REQUEST_BYTES_MAX = 4096
WITHDRAWN = "none"
"""Instead of an amount: the product is shown as unpriced and not sold."""

_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)


def web_app(shop: Shop, operator_token: str, assets: Mapping[str, Path]) -> Starlette:
    """The application; `assets` are cooked files by the SHA-256 of their content (hex)."""
    rooms = _Rooms(shop, operator_token, assets)
    return Starlette(
        routes=[
            Route("/health", rooms.health, methods=["GET"]),
            Route("/assets/{sha256}", rooms.asset, methods=["GET"]),
            Route("/api/shop/price", rooms.price, methods=["POST"]),
            *checkout_routes(shop),
        ]
    )


class _Rooms:
    def __init__(self, shop: Shop, operator_token: str, assets: Mapping[str, Path]) -> None:
        self._shop = shop
        self._operator_token = operator_token
        self._assets = assets

    async def health(self, _request: Request) -> Response:
        """200 as long as the storage answers."""
        identity = await self._shop.storage.identity()
        return JSONResponse(
            {"status": "ok", "epoch": identity.epoch},
            headers={"Cache-Control": "no-store"},
        )

    async def asset(self, request: Request) -> Response:
        """A cooked file: its name is its content, so it never changes; others do not exist."""
        name = request.path_params["sha256"]
        path = self._assets.get(name) if _SHA256.fullmatch(name) else None
        if path is None or not path.is_file():
            return _error(404, "no such asset")
        return FileResponse(
            path,
            media_type="application/octet-stream",
            headers={
                "Cache-Control": "public, max-age=31536000, immutable",
                "X-Content-Type-Options": "nosniff",
                "ETag": f'"{name}"',
            },
        )

    async def price(self, request: Request) -> Response:
        """`{"sku": …, "amount": "8900"}` in the shop's currency, or `"none"` to withdraw it.

        With `"was": "9900"`, an amount above it, the price is an offer.
        """
        given = request.headers.get("authorization", "").encode()
        if not hmac.compare_digest(given, f"Bearer {self._operator_token}".encode()):
            return _error(401, "the operator's token is needed")
        try:
            sku, price, was_price = await self._read_price(request)
        except ValueError as error:
            return _error(400, str(error))
        change = await self._shop.storage.set_price(sku, price, was_price)
        if change is None:
            return _error(404, f"no product {sku!r} in this shop")
        text = format_money(change.price, self._shop.locale) if change.price else WITHDRAWN
        answer = {"sku": sku, "price": text}
        if change.was_price:
            answer["was"] = format_money(change.was_price, self._shop.locale)
        return JSONResponse(answer)

    async def _read_price(self, request: Request) -> tuple[str, Money | None, Money | None]:
        body = b""
        async for chunk in request.stream():
            body += chunk
            if len(body) > PRICE_REQUEST_BYTES_MAX:
                raise ValueError(f"more than {PRICE_REQUEST_BYTES_MAX} bytes")
        try:
            document = json.loads(body)
        except (ValueError, RecursionError) as error:
            raise ValueError("not JSON") from error
        if not isinstance(document, dict) or set(document) - {"was"} != {"sku", "amount"}:
            raise ValueError("an object with sku, amount and perhaps was is needed")
        sku, amount = document["sku"], document["amount"]
        if not isinstance(sku, str) or not 1 <= len(sku) <= SKU_CHARS_MAX:
            raise ValueError(f"sku is text of 1 to {SKU_CHARS_MAX} characters")
        was = document.get("was")
        if amount == WITHDRAWN:
            if was is not None:
                raise ValueError("a withdrawn product is no offer")
            return sku, None, None
        price = money_from_decimal(str(amount), self._shop.currency)
        if price.amount_minor < 0:
            raise MoneyError("a price is not below zero")
        if was is None:
            return sku, price, None
        was_price = money_from_decimal(str(was), self._shop.currency)
        if was_above(price, was_price) is None:
            raise MoneyError(f"an offer is below what it was: {amount} is not below {was}")
        return sku, price, was_price


def _error(status: int, sentence: str) -> Response:
    return JSONResponse({"error": sentence}, status, headers={"Cache-Control": "no-store"})
