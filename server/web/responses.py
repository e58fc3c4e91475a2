"""Answers with the headers that every checkout page carries."""

from typing import Final

from starlette.responses import HTMLResponse, RedirectResponse, Response

from server.web.markup import Markup

_POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)

SECURITY_HEADERS: Final = {
    "Cache-Control": "no-store",  # a shared phone's back button shows no order
    "Content-Security-Policy": _POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",  # the hand-off token stands in the address
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def page(markup: Markup, status: int = 200) -> Response:
    """A page of ours."""
    headers = {**SECURITY_HEADERS, "Vary": "Accept-Language"}
    return HTMLResponse(str(markup), status_code=status, headers=headers)


def see_other(url: str) -> RedirectResponse:
    """Post/redirect/get: reloading the answer never sends the form again."""
    return RedirectResponse(url, status_code=303, headers=SECURITY_HEADERS)


def refused(status: int) -> Response:
    """An empty answer to something that is no browser's page view."""
    return Response(status_code=status, headers=SECURITY_HEADERS)
