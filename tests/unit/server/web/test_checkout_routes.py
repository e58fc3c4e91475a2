import asyncio
import re

import pytest
from msgspec import structs

from catalog_sync.wire.limits import CHECKOUT_LIFE_S, HANDOFF_TOKEN_LIFE_S
from catalog_sync.wire.messages import AddItem, Op
from server.checkout.flow import CheckoutFlow
from server.checkout.handoff import fresh_secret
from server.checkout.provider import Capabilities
from server.checkout.providers.sandbox import SandboxProvider
from server.storage.contract import PAGE_SESSION_LIFE_S, OrderSeed
from server.web.forms import csrf_token

TOTAL = "₩20,780"


def test_the_token_becomes_a_cookie_bound_to_its_order(at_counter):
    async def story(counter):
        order_id, token = await counter.order()

        handed = await counter.browser().get(f"/pay/{token}")

        assert handed.status_code == 303
        assert handed.headers["location"] == f"http://127.0.0.1:8765/checkout/{order_id}"
        cookie = handed.headers["set-cookie"]
        assert re.fullmatch(
            r"endcap_order=[\w-]{43}; HttpOnly; Max-Age=86400; "
            rf"Path=/checkout/{order_id}; SameSite=lax",
            cookie,
        )
        assert token not in cookie

    at_counter(story)


def test_behind_https_the_cookie_never_travels_in_the_clear(at_counter):
    async def story(counter):
        _, token = await counter.order()
        handed = await counter.browser().get(f"/pay/{token}")
        assert handed.headers["set-cookie"].endswith("SameSite=lax; Secure")

    at_counter(story, public_url="https://shop.example")


def test_a_token_opens_once_and_not_for_long(at_counter):
    async def story(counter):
        order_id, token = await counter.order()
        first, second = counter.browser(), counter.browser()

        assert (await first.get(f"/pay/{token}")).status_code == 303
        again = await second.get(f"/pay/{token}")

        assert again.status_code == 410
        assert "이미 사용했거나 만료된 링크입니다" in again.text
        assert "set-cookie" not in again.headers
        assert (await second.get(f"/checkout/{order_id}")).status_code == 404
        assert (await first.get(f"/checkout/{order_id}")).status_code == 200

        _, late = await counter.order("shopper-2")
        counter.clock.now_unix_s += HANDOFF_TOKEN_LIFE_S
        assert (await counter.browser().get(f"/pay/{late}")).status_code == 410

    at_counter(story)


def test_a_preview_or_a_prefetch_does_not_spend_the_token(at_counter):
    async def story(counter):
        _, token = await counter.order()
        browser = counter.browser()

        assert (await browser.head(f"/pay/{token}")).status_code == 405
        prefetch = await browser.get(f"/pay/{token}", headers={"Sec-Purpose": "prefetch"})
        assert prefetch.status_code == 503

        assert (await browser.get(f"/pay/{token}")).status_code == 303

    at_counter(story)


@pytest.mark.parametrize(
    "token", ["x", pytest.param(fresh_secret(), id="like ours"), "a" * 5000, "%00", "서"]
)
def test_a_made_up_token_opens_nothing(at_counter, token):
    async def story(counter):
        await counter.order()
        assert (await counter.browser().get(f"/pay/{token}")).status_code == 410

    at_counter(story)


def test_the_page_shows_the_order_and_carries_the_headers(at_counter):
    async def story(counter):
        _, _, page = await counter.page()

        assert page.status_code == 200
        assert f"{TOTAL} 결제하기" in page.text
        assert "모퉁이 상점" in page.text
        assert page.headers["referrer-policy"] == "no-referrer"
        assert page.headers["cache-control"] == "no-store"
        assert page.headers["x-content-type-options"] == "nosniff"
        policy = page.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; style-src 'self';")
        assert "script-src" not in policy
        assert "unsafe" not in policy

    at_counter(story)


def test_the_browser_chooses_the_language(at_counter):
    async def story(counter):
        _, _, page = await counter.page(**{"Accept-Language": "en-GB,en;q=0.9"})
        assert f"Pay {TOTAL}" in page.text
        assert "The Corner Shop" in page.text
        assert page.headers["vary"] == "Accept-Language"

    at_counter(story)


def test_paying_charges_once_and_tells_the_shop(at_counter, fields_of):
    async def story(counter):
        browser, path, page = await counter.page()
        counter.told.clear()

        paid = await browser.post(f"{path}/pay", data=fields_of(page) | {"email": " a@b.kr "})

        assert (paid.status_code, paid.headers["location"]) == (303, path)
        shown = await browser.get(path)
        assert "결제가 완료되었습니다" in shown.text
        assert "K7M4" in shown.text
        assert "a@b.kr" in shown.text
        assert [order.state for told in counter.told for order in told.orders] == ["paid"]
        assert counter.told[0].cart.lines == ()
        record = await counter.storage.order_record(path.rpartition("/")[2])
        assert record.order.total.amount_minor == 20780
        assert record.contact_email == "a@b.kr"
        assert record.paid_unix_s == counter.clock()

    at_counter(story)


def test_the_same_form_again_another_tab_and_a_reload_change_nothing(at_counter, fields_of):
    async def story(counter):
        browser, path, page = await counter.page()
        other_tab = await browser.get(path)
        assert fields_of(other_tab)["key"] != fields_of(page)["key"]
        first = await browser.post(f"{path}/pay", data=fields_of(page) | {"email": ""})
        record = await counter.storage.order_record(path.rpartition("/")[2])
        counter.told.clear()
        counter.clock.now_unix_s += 5

        for sent in (fields_of(page), fields_of(other_tab)):
            again = await browser.post(f"{path}/pay", data=sent | {"email": ""})
            assert (again.status_code, again.headers["location"]) == (303, path)
        assert first.status_code == 303
        for _ in range(2):
            assert "결제가 완료되었습니다" in (await browser.get(path)).text

        assert counter.told == []
        assert await counter.storage.order_record(path.rpartition("/")[2]) == record

    at_counter(story)


def test_five_clicks_at_once_are_one_charge(at_counter, fields_of):
    async def story(counter):
        browser, path, page = await counter.page()
        counter.told.clear()
        sent = fields_of(page) | {"email": ""}

        answers = await asyncio.gather(
            *(browser.post(f"{path}/pay", data=sent) for _ in range(5)),
            browser.post(f"{path}/cancel", data=sent),
        )

        assert {answer.status_code for answer in answers} == {303}
        assert [order.state for told in counter.told for order in told.orders] == ["paid"]
        assert await counter.stock() == {"A1": 8, "A2": 9}

    at_counter(story)


def test_the_same_key_with_other_contents_is_an_error(at_counter, fields_of):
    async def story(counter):
        browser, path, page = await counter.page()
        await browser.post(f"{path}/pay", data=fields_of(page) | {"email": "a@b.kr"})

        other = await browser.post(f"{path}/pay", data=fields_of(page) | {"email": "c@d.kr"})

        assert other.status_code == 409
        assert "두 번 결제되지 않았습니다" in other.text
        record = await counter.storage.order_record(path.rpartition("/")[2])
        assert record.contact_email == "a@b.kr"

    at_counter(story)


def test_one_key_for_two_orders_pays_both(at_counter, fields_of):
    async def story(counter):
        browser, path, page = await counter.page()
        await browser.post(f"{path}/pay", data=fields_of(page) | {"email": ""})
        other, other_path, other_page = await counter.page()
        sent = fields_of(other_page) | {"key": fields_of(page)["key"], "email": ""}
        assert (await other.post(f"{other_path}/pay", data=sent)).status_code == 303
        for one in (path, other_path):
            record = await counter.storage.order_record(one.removeprefix("/checkout/"))
            assert record.order.state == "paid"

    at_counter(story)


def test_a_wrong_address_is_asked_again_and_nothing_is_charged(at_counter, fields_of):
    async def story(counter):
        browser, path, page = await counter.page()
        counter.told.clear()

        asked = await browser.post(f"{path}/pay", data=fields_of(page) | {"email": "a@b<i>"})

        assert asked.status_code == 422
        assert "이메일 주소를 확인해 주세요" in asked.text
        assert 'value="a@b&lt;i&gt;"' in asked.text
        assert fields_of(asked) == fields_of(page)
        assert counter.told == []

    at_counter(story)


def test_cancelling_frees_the_stock_and_keeps_the_cart(at_counter, fields_of):
    async def story(counter):
        browser, path, page = await counter.page()
        assert await counter.stock() == {"A1": 8, "A2": 9}
        counter.told.clear()

        sent = {"csrf": fields_of(page)["csrf"]}
        for _ in range(2):
            gone = await browser.post(f"{path}/cancel", data=sent)
            assert (gone.status_code, gone.headers["location"]) == (303, path)

        assert "결제를 취소했습니다" in (await browser.get(path)).text
        assert await counter.stock() == {"A1": 10, "A2": 10}
        assert [order.state for told in counter.told for order in told.orders] == ["cancelled"]
        view = await counter.storage.shopper("shopper-1")
        assert [(line.sku, line.quantity) for line in view.cart.lines] == [("A1", 2), ("A2", 1)]

        late = await browser.post(f"{path}/pay", data=fields_of(page) | {"email": ""})
        assert late.status_code == 303
        assert "결제를 취소했습니다" in (await browser.get(path)).text

    at_counter(story)


def test_a_paid_order_cannot_be_cancelled(at_counter, fields_of):
    async def story(counter):
        browser, path, page = await counter.page()
        await browser.post(f"{path}/pay", data=fields_of(page) | {"email": ""})

        await browser.post(f"{path}/cancel", data={"csrf": fields_of(page)["csrf"]})

        assert "결제가 완료되었습니다" in (await browser.get(path)).text
        assert await counter.stock() == {"A1": 8, "A2": 9}

    at_counter(story)


def test_when_the_time_is_up_nothing_is_charged(at_counter, fields_of):
    async def story(counter):
        browser, path, page = await counter.page()
        counter.clock.now_unix_s += CHECKOUT_LIFE_S

        assert "결제 시간이 지났습니다" in (await browser.get(path)).text
        late = await browser.post(f"{path}/pay", data=fields_of(page) | {"email": ""})

        assert late.status_code == 303
        assert "결제 시간이 지났습니다" in (await browser.get(path)).text
        assert await counter.stock() == {"A1": 10, "A2": 10}

    at_counter(story)


def test_a_cart_that_changed_meanwhile_ends_the_checkout(at_counter, fields_of):
    async def story(counter):
        browser, path, page = await counter.page()
        op = Op("later", AddItem("A2", 1))
        await counter.storage.apply_op("shopper-1", op, OrderSeed("x", "x", "x"), counter.clock())

        late = await browser.post(f"{path}/pay", data=fields_of(page) | {"email": ""})

        assert late.status_code == 303
        assert "결제된 금액은 없습니다" in (await browser.get(path)).text
        record = await counter.storage.order_record(path.rpartition("/")[2])
        assert (record.order.state, record.charge_reference) == ("cancelled", "")

    at_counter(story)


def test_nobody_else_sees_or_touches_an_order(at_counter, fields_of):
    async def story(counter):
        browser, path, page = await counter.page()
        other_order, token = await counter.order("shopper-2")
        stranger = counter.browser()
        await stranger.get(f"/pay/{token}")
        cookie = next(iter(stranger.cookies.jar)).value
        counter.told.clear()

        for who in (counter.browser(), stranger):
            assert (await who.get(path)).status_code == 404
            assert (await who.post(f"{path}/pay", data=fields_of(page))).status_code == 404
            assert (await who.post(f"{path}/cancel", data=fields_of(page))).status_code == 404
        for secret in (cookie, "", "x" * 43, "서"):
            shown = await counter.browser().get(
                path, headers={"Cookie": f"endcap_order={secret}".encode()}
            )
            assert shown.status_code == 404
            assert TOTAL not in shown.text
        for order_id in ("order-99", "..%2Fhealth", "x" * 65):
            assert (await browser.get(f"/checkout/{order_id}")).status_code == 404

        assert other_order != path.rpartition("/")[2]
        assert counter.told == []

    at_counter(story)


def test_a_form_that_is_not_ours_does_nothing(at_counter, fields_of):
    async def story(counter):
        browser, path, page = await counter.page()
        ours = fields_of(page) | {"email": ""}
        counter.told.clear()

        for sent in (
            {},
            {"key": ours["key"]},
            ours | {"csrf": "x" * 43},
            ours | {"key": ""},
            ours | {"key": "short"},
        ):
            assert (await browser.post(f"{path}/pay", data=sent)).status_code == 403
        assert (await browser.post(f"{path}/pay", json=ours)).status_code == 403
        crossed = await browser.post(
            f"{path}/pay", data=ours, headers={"Sec-Fetch-Site": "cross-site"}
        )
        assert crossed.status_code == 403
        assert (await browser.post(f"{path}/cancel", data={})).status_code == 403
        assert (await browser.get(f"{path}/pay")).status_code == 405

        assert counter.told == []

    at_counter(story)


def test_an_amount_that_a_browser_sends_counts_for_nothing(at_counter, fields_of):
    async def story(counter):
        browser, path, page = await counter.page()
        sent = fields_of(page) | {"email": "", "total": "1", "amount_minor": "1", "price": "0"}

        assert (await browser.post(f"{path}/pay", data=sent)).status_code == 303

        record = await counter.storage.order_record(path.rpartition("/")[2])
        assert record.order.total.amount_minor == 20780

    at_counter(story)


class TheirPage(SandboxProvider):
    """A provider with a page of its own, whose word alone is a payment."""

    def capabilities(self):
        return Capabilities("theirs", page="theirs", real_money=True, webhooks=True)

    async def create(self, request, idempotency_key):
        made = await super().create(request, idempotency_key)
        return structs.replace(made, url=f"https://pay.example/{request.order_id}")


def test_where_another_takes_the_money_our_page_takes_none(at_counter):
    async def story(counter):
        counter.flow = CheckoutFlow(counter.shop, TheirPage(counter.shop))
        order_id, token = await counter.order()
        browser, path = counter.browser(), f"/checkout/{order_id}"
        counter.told.clear()

        for way in (f"/pay/{token}", path):
            sent = await browser.get(way)
            assert (sent.status_code, sent.headers["location"]) == (
                303,
                f"https://pay.example/{order_id}",
            )
        csrf = csrf_token(next(iter(browser.cookies.jar)).value, order_id)
        forged = {"csrf": csrf, "key": fresh_secret(), "email": ""}
        assert (await browser.post(f"{path}/pay", data=forged)).status_code == 404

        assert counter.told == []
        record = await counter.storage.order_record(order_id)
        assert record.order.state == "pending"
        with pytest.raises(RuntimeError, match="not paid on our page"):
            await counter.flow.pay(record, fresh_secret(), "")

    at_counter(story)


def test_a_payment_that_is_on_its_way_is_never_cancelled(at_counter, fields_of):
    class PaidMeanwhile(SandboxProvider):
        async def expire(self, checkout_id):  # noqa: ARG002 - the contract's argument
            return "paid"  # by the provider's books; its webhook has yet to come

    async def story(counter):
        counter.flow = CheckoutFlow(counter.shop, PaidMeanwhile(counter.shop))
        browser, path, page = await counter.page()
        counter.told.clear()

        sent = {"csrf": fields_of(page)["csrf"]}
        assert (await browser.post(f"{path}/cancel", data=sent)).status_code == 303

        assert counter.told == []
        assert await counter.stock() == {"A1": 8, "A2": 9}

    at_counter(story)


def test_the_browser_session_ends(at_counter):
    async def story(counter):
        browser, path, _ = await counter.page()
        cookie = {"Cookie": f"endcap_order={next(iter(browser.cookies.jar)).value}"}
        counter.clock.now_unix_s += PAGE_SESSION_LIFE_S - 1
        assert (await browser.get(path, headers=cookie)).status_code == 200
        counter.clock.now_unix_s += 1
        assert (await browser.get(path, headers=cookie)).status_code == 404

    at_counter(story)


def test_style_and_icon_are_named_by_their_content(at_counter):
    async def story(counter):
        browser, _, page = await counter.page()
        urls = re.findall(r'href="(/static/[^"]+)"', page.text)
        assert len(urls) == 2
        for url, kind in zip(sorted(urls), ("text/css", "image/svg+xml"), strict=True):
            found = await browser.get(url)
            assert found.status_code == 200
            assert found.headers["content-type"].startswith(kind)
            assert found.headers["cache-control"] == "public, max-age=31536000, immutable"
        for url in ("/static/checkout.css", "/static/..%2Fpages.py", "/static/"):
            assert (await browser.get(url)).status_code == 404

    at_counter(story)
