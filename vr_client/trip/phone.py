"""The shopper's phone: opens the checkout's address and pays, through the page's own form."""

from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import httpx

from catalog_sync.model.failure import Failure

PAGE_BYTES_MAX = 1024 * 1024
WAIT_S = 20.0


class _PayForm(HTMLParser):
    """Finds the form whose action ends in /pay, and what its hidden fields hold."""

    def __init__(self) -> None:
        super().__init__()
        self.action = ""
        self.fields: dict[str, str] = {}
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes the form and its inputs."""
        values = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = values.get("action", "").endswith("/pay")
            if self._inside:
                self.action = values["action"]
        elif tag == "input" and self._inside and values.get("name"):
            self.fields[values["name"]] = values.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        """A form ends."""
        if tag == "form":
            self._inside = False


def pay(url: str) -> None:
    """Open `url` as a phone would after reading the QR code, and press pay.

    Raises:
        Failure: the page does not open, has no pay form, or refuses.
    """
    try:
        with httpx.Client(follow_redirects=True, timeout=WAIT_S) as browser:
            page = browser.get(url)
            form = _read_form(page)
            address = urlsplit(str(page.url))
            origin = f"{address.scheme}://{address.netloc}"
            answer = browser.post(
                urljoin(str(page.url), form.action),
                data=form.fields,
                headers={"Origin": origin, "Sec-Fetch-Site": "same-origin"},
            )
    except httpx.HTTPError as error:
        raise Failure(f"The checkout page at {url} does not answer ({error}).") from error
    if answer.status_code != httpx.codes.OK:
        raise Failure(f"The checkout page answered the payment with {answer.status_code}.")


def _read_form(page: httpx.Response) -> _PayForm:
    if page.status_code != httpx.codes.OK or len(page.content) > PAGE_BYTES_MAX:
        raise Failure(f"The checkout page answered with {page.status_code}; start the trip again.")
    form = _PayForm()
    form.feed(page.text)
    if not form.action:
        raise Failure("The checkout page has no form to pay with; start the trip again.")
    return form
