"""The checkout page in a real Chromium, against a real server: one order, one charge."""

import re
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

pytestmark = pytest.mark.browser

CHROMIUM = "/usr/bin/chromium"
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 360, "height": 740}
TOUCH_TARGET_PX = 44
WAIT_MS = 10_000

ONE_PAID = (["paid"], [20780])
"""States of all the shopper's orders, and amounts of all their charges."""


@pytest.fixture(scope="module")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS, timeout=60_000
        )
        yield browser
        browser.close()


@pytest.fixture
def context(chromium):
    """A phone; afterwards nothing on its console may have complained (a CSP violation does)."""
    made = chromium.new_context(viewport=PHONE, locale="ko-KR", has_touch=True)
    made.set_default_timeout(WAIT_MS)
    complaints = []

    def listen(said):
        if said.type == "error" and "with a status of 422" not in said.text:
            complaints.append(said.text)

    made.on("console", listen)
    made.on("weberror", lambda error: complaints.append(str(error.error)))
    yield made
    made.close()
    assert complaints == []


@pytest.fixture
def checkout(served):
    return served.begin()


def open_on(context: BrowserContext, url: str) -> Page:
    page = context.new_page()
    page.goto(url)
    return page


def pay_button(page: Page):
    return page.get_by_role("button", name="결제하기")


def expect_paid(page: Page) -> None:
    expect(page.get_by_role("heading", name="결제가 완료되었습니다")).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(0)
    assert page.url.count("/checkout/") == 1
    assert not page.url.endswith("/pay")


def test_the_order_is_shown_and_paid(context, checkout):
    page = open_on(context, checkout.url)
    expect(page).to_have_title(re.compile("^결제 · "))
    expect(page.locator("#total")).to_have_text("₩20,780")
    expect(page.get_by_role("note")).to_contain_text("실제 카드 없음")
    expect(page.get_by_role("listitem").filter(has_text="×2")).to_contain_text("₩17,800")

    page.get_by_label("이메일").fill("person@example.com")
    pay_button(page).click()

    expect_paid(page)
    expect(page.locator("#order-number")).to_have_text(re.compile(r"^[0-9A-Z-]{4,12}$"))
    expect(page.get_by_role("status")).to_contain_text("person@example.com")
    assert checkout.held() == ONE_PAID


def test_the_shop_hears_of_it(context, checkout):
    page = open_on(context, checkout.url)
    pay_button(page).click()
    expect_paid(page)

    order = checkout.hears_paid()
    assert (order.id, order.total.amount_minor) == (checkout.order_id, 20780)
    expect(page.locator("#order-number")).to_have_text(order.number)


def test_a_double_click_pays_once(context, checkout):
    page = open_on(context, checkout.url)
    pay_button(page).dblclick()
    expect_paid(page)
    assert checkout.held() == ONE_PAID


def test_ten_clicks_while_the_answer_is_slow_pay_once(context, checkout):
    page = open_on(context, checkout.url)
    context.route("**/pay", lambda route: (page.wait_for_timeout(150), route.continue_()))
    box = pay_button(page).bounding_box()
    for _ in range(10):
        page.mouse.click(box["x"] + 20, box["y"] + 20)
    expect_paid(page)
    assert checkout.held() == ONE_PAID


def test_back_and_pay_again_pays_once(context, checkout):
    page = open_on(context, checkout.url)
    pay_button(page).click()
    expect_paid(page)

    page.go_back()
    if pay_button(page).is_visible():  # an old page may come back from the browser's memory
        pay_button(page).click()

    expect_paid(page)
    assert checkout.held() == ONE_PAID


def test_reloading_after_paying_pays_once(context, checkout):
    page = open_on(context, checkout.url)
    pay_button(page).click()
    expect_paid(page)

    for _ in range(3):
        page.reload()
        expect_paid(page)

    assert checkout.held() == ONE_PAID


def test_two_tabs_pay_once(context, checkout):
    first = open_on(context, checkout.url)
    second = open_on(context, first.url)
    expect(pay_button(second)).to_be_visible()

    pay_button(first).click()
    expect_paid(first)
    pay_button(second).click()
    expect_paid(second)

    assert checkout.held() == ONE_PAID


def test_cancelled_in_one_tab_nothing_is_charged_in_the_other(context, checkout):
    first = open_on(context, checkout.url)
    second = open_on(context, first.url)
    expect(pay_button(second)).to_be_visible()

    first.get_by_role("button", name="취소").click()
    expect(first.get_by_role("heading", name="결제를 취소했습니다")).to_be_visible()
    pay_button(second).click()
    expect(second.get_by_role("heading", name="결제를 취소했습니다")).to_be_visible()

    assert checkout.held() == (["cancelled"], [])


def test_a_wrong_address_is_asked_again(context, checkout):
    page = open_on(context, checkout.url)
    field = page.get_by_label("이메일")
    field.fill("someone@nowhere")  # the browser lets this pass, mail would not
    pay_button(page).click()

    expect(page.get_by_role("alert")).to_contain_text("이메일 주소를 확인해 주세요")
    expect(field).to_have_value("someone@nowhere")
    assert checkout.held() == (["pending"], [])

    field.fill("")
    pay_button(page).click()
    expect_paid(page)
    assert checkout.held() == ONE_PAID


def test_it_works_without_javascript(chromium, checkout):
    context = chromium.new_context(viewport=PHONE, locale="en-GB", java_script_enabled=False)
    context.set_default_timeout(WAIT_MS)
    page = open_on(context, checkout.url)
    page.get_by_role("button", name="Pay ₩20,780").click()
    expect(page.get_by_role("heading", name="Payment complete")).to_be_visible()
    context.close()
    assert checkout.held() == ONE_PAID


def test_the_link_opens_on_one_phone_only(chromium, context, checkout):
    page = open_on(context, checkout.url)
    stranger = chromium.new_context(locale="ko-KR")
    other = stranger.new_page()

    assert other.goto(checkout.url).status == 410
    assert other.goto(page.url).status == 404
    expect(other.get_by_role("heading", name="주문을 찾을 수 없습니다")).to_be_visible()

    stranger.close()
    assert checkout.held() == (["pending"], [])


@pytest.mark.parametrize("width", [320, 360, 412, 1280])
def test_nothing_overflows_and_every_target_is_large_enough(chromium, served, tmp_path, width):
    checkout = served.begin()
    context = chromium.new_context(viewport={"width": width, "height": 740}, locale="ko-KR")
    context.set_default_timeout(WAIT_MS)
    page = open_on(context, checkout.url)

    require_fits(page, tmp_path / f"pay-{width}.png")
    buttons = page.get_by_role("button").all()
    assert len(buttons) == 2
    for target in (*buttons, page.get_by_label("이메일")):
        box = target.bounding_box()
        assert min(box["width"], box["height"]) >= TOUCH_TARGET_PX
    if width < 600:  # at hand without scrolling, however long the order
        for button in buttons:
            expect(button).to_be_in_viewport(ratio=0.99)

    pay_button(page).click()
    expect_paid(page)
    require_fits(page, tmp_path / f"paid-{width}.png")
    context.close()


def test_the_field_in_use_is_not_behind_the_buttons(context, checkout):
    page = open_on(context, checkout.url)
    field = page.get_by_label("이메일")
    field.focus()
    actions = page.locator(".actions").bounding_box()
    box = field.bounding_box()
    assert box["y"] + box["height"] <= actions["y"]


def require_fits(page: Page, picture: Path) -> None:
    page.screenshot(path=picture)
    assert picture.stat().st_size > 5_000
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    overflowing = page.evaluate(
        """[...document.querySelectorAll('main *')].filter(element => {
            const box = element.getBoundingClientRect();
            return box.right > window.innerWidth + 0.5 || box.left < -0.5;
        }).map(element => element.outerHTML)"""
    )
    assert overflowing == []


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture
def other_origin(tmp_path):
    """Another site on this machine: any page that a shopper's browser may come across."""
    (tmp_path / "index.html").write_text("<!doctype html><title>another shop</title>")
    serve_files = partial(QuietHandler, directory=tmp_path)
    with ThreadingHTTPServer(("127.0.0.1", 0), serve_files) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


OPEN_WEBSOCKET = """url => new Promise(resolve => {
    const socket = new WebSocket(url);
    socket.onopen = () => { socket.close(); resolve('open'); };
    socket.onerror = () => resolve('refused');
})"""


def test_a_page_from_another_origin_cannot_open_the_websocket(chromium, served, other_origin):
    context = chromium.new_context()
    stranger, ours = context.new_page(), context.new_page()
    stranger.goto(other_origin)
    ours.goto(f"{served.url}/health")

    assert stranger.evaluate(OPEN_WEBSOCKET, served.websocket_url) == "refused"
    assert ours.evaluate(OPEN_WEBSOCKET, served.websocket_url) == "open"

    context.close()
