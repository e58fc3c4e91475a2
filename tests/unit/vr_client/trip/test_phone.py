"""The phone against a small page of the same kind as the shop's, over real HTTP."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs

import pytest

from catalog_sync.model.failure import Failure
from vr_client.trip.phone import pay

PAGE = """<!doctype html><form method="post" action="/checkout/7/cancel">
<input type="hidden" name="csrf" value="wrong"></form>
<form method="post" action="/checkout/7/pay"><input type="hidden" name="csrf" value="c&amp;d">
<input type="hidden" name="key" value="k1"><input name="email"></form>"""


class Till(BaseHTTPRequestHandler):
    page, answer, paid = PAGE, 303, []

    def do_GET(self):
        if self.path == "/pay/token":
            return self._send(
                303, "", {"Location": "/checkout/7", "Set-Cookie": "shop=abc; Path=/"}
            )
        return self._send(200, self.page if "shop=abc" in self.headers.get("Cookie", "") else "")

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.paid.append((self.path, parse_qs(body), self.headers.get("Cookie")))
        self._send(self.answer, "", {"Location": "/checkout/7"})

    def _send(self, status, text, headers=()):
        self.send_response(status)
        for name, value in dict(headers).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_args):
        pass


@pytest.fixture
def till(monkeypatch):
    monkeypatch.setattr(Till, "paid", [])
    server = HTTPServer(("127.0.0.1", 0), Till)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/pay/token"
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_phone_pays_once_with_what_the_page_gave_it(till):
    pay(till)
    assert Till.paid == [
        ("/checkout/7/pay", {"csrf": ["c&d"], "key": ["k1"]}, "shop=abc"),
    ]


def test_a_page_without_a_form_is_not_paid(till, monkeypatch):
    monkeypatch.setattr(Till, "page", "<p>This link was used.</p>")
    with pytest.raises(Failure, match="no form to pay with"):
        pay(till)
    assert Till.paid == []


def test_a_refused_payment_is_told(till, monkeypatch):
    monkeypatch.setattr(Till, "answer", 403)
    with pytest.raises(Failure, match="403"):
        pay(till)


def test_a_till_that_is_gone_is_told_in_one_sentence():
    with pytest.raises(Failure, match="does not answer") as caught:
        pay("http://127.0.0.1:9/pay/x")
    assert "\n" not in str(caught.value)
