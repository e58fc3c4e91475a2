"""The trip with a real phone: the QR is read from the still, and Chromium opens it and pays."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright
from test_checkout_page import CHROMIUM, CHROMIUM_ARGUMENTS, PHONE, expect_paid, pay_button
from trip_expectations import read_qr

from server.storage.inspect import held_total
from store_scenes.demo import demo_store

pytestmark = [pytest.mark.browser, pytest.mark.gl]

ENDCAP = Path(sys.executable).with_name("endcap")
BOUGHT = "CE-001"
NEW_PRICE = 9500


@pytest.fixture
def shop(tmp_path):
    store = tmp_path / "store"
    shutil.copytree(demo_store(), store)
    server = subprocess.Popen(
        [str(ENDCAP), "serve", str(store), "--port", "0"], stdout=subprocess.PIPE, text=True
    )
    try:
        yield store, server.stdout.readline().rsplit(" at ", 1)[1].strip()
    finally:
        server.terminate()
        server.wait(20)
        server.stdout.close()


def pay_in_chromium(url: str) -> str:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
        page = browser.new_context(viewport=PHONE, locale="ko-KR").new_page()
        page.goto(url)
        pay_button(page).click()
        expect_paid(page)
        said = page.locator("main").inner_text()
        browser.close()
    return said


def test_a_price_moves_while_inside_and_the_code_in_the_picture_opens_the_page(shop, tmp_path):
    store, url = shop
    out = tmp_path / "out"
    trip = subprocess.Popen(
        [str(ENDCAP), "trip", "--server", url, "--out", str(out), "--buy", BOUGHT, "--no-film"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    steps = []
    try:
        while line := trip.stdout.readline():
            steps.append(json.loads(line))
            if steps[-1]["step"] == "shelves":
                command = [str(ENDCAP), "reprice", BOUGHT, str(NEW_PRICE)]
                subprocess.run(
                    [*command, "--store", str(store), "--server", url], check=True, timeout=30
                )
            if steps[-1]["step"] == "checkout":
                code = read_qr(out, {"steps": steps})
                assert code == steps[-1]["url"]
                assert "₩9,500" in pay_in_chromium(code)
            trip.stdin.write("go\n")
            trip.stdin.flush()
        assert trip.wait(20) == 0
    finally:
        trip.kill()
        trip.wait()
        trip.stdin.close()
        trip.stdout.close()
    shown = {step["step"]: step["total_shown_minor"] for step in steps}
    assert shown["add_two"] == 2 * NEW_PRICE
    assert shown["confirmed"] == NEW_PRICE
    held = held_total(store / ".endcap" / "shop.sqlite", steps[-1]["shopper"])
    assert (held.order_state, held.total_minor, held.charges) == ("paid", NEW_PRICE, 1)
