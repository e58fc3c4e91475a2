"""The server's commands: `endcap serve` and `endcap reprice`."""

from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer

from catalog_sync.model.failure import Failure

DEFAULT_PORT = 8765
LOOPBACK = ("127.0.0.1", "localhost", "::1")
REQUEST_WAIT_S = 10.0
TOKEN_BYTES_MAX = 256


def register(app: typer.Typer) -> None:
    """Mount the commands."""
    app.command("serve")(_serve)
    app.command("reprice")(_reprice)


def _serve(
    store: Annotated[Path, typer.Argument(help="A store folder.")],
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(help="Port to listen on; 0 takes a free one.", min=0, max=65535)
    ] = DEFAULT_PORT,
    database: Annotated[
        Path | None, typer.Option(help="SQLite file; else STORE/.endcap/shop.sqlite.")
    ] = None,
    public_url: Annotated[
        str, typer.Option(help="How a phone reaches this server: http://192.168.0.5:8765.")
    ] = "",
    insecure_lan: Annotated[
        bool,
        typer.Option("--insecure-lan", help="Serve other machines without TLS: trusted nets only."),
    ] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Follow the store folder: edits show to shoppers.")
    ] = False,
) -> None:
    """Open the shop: catalogue, carts and checkout on one port, until Ctrl-C."""
    import asyncio

    from server.logs import log_to_standard_error
    from server.serving import Opening, listen, serve
    from server.store_folder import StoreFolder

    require_private_or_said(host, insecure_lan)
    public_url = checked_url(public_url, "--public-url") if public_url else ""
    log_to_standard_error()
    folder = StoreFolder(store)
    layout = folder.layout()
    with listen(host, port) as listener:  # first, for cooking may take minutes
        opening = Opening(
            folder,
            folder.served(layout),
            database or store / ".endcap" / "shop.sqlite",
            public_url,
            listener,
            watch,
        )
        name = layout.store.names.get("en") or next(iter(layout.store.names.values()))
        asyncio.run(serve(opening, lambda url: _say_ready(name, url)))


def _say_ready(name: str, url: str) -> None:
    """The one line that whoever started this as a child waits for."""
    import sys

    sys.stdout.write(f"endcap: serving {' '.join(name.split())} at {url}\n")
    sys.stdout.flush()


def _reprice(
    sku: Annotated[str, typer.Argument(help="SKU of the product.")],
    amount: Annotated[str, typer.Argument(help="Such as 8900 or 12.99; none withdraws it.")],
    store: Annotated[Path, typer.Option(help="The store folder that the server serves.")],
    was: Annotated[
        str, typer.Option(help="The price before: makes an offer of it on the label.")
    ] = "",
    server: Annotated[
        str, typer.Option(help="The server's address.")
    ] = f"http://127.0.0.1:{DEFAULT_PORT}",
) -> None:
    """Change a price while the shop is open: every shelf label follows at once."""
    import httpx

    url = checked_url(server, "--server")
    try:
        answer = httpx.post(
            f"{url}/api/shop/price",
            json={"sku": sku, "amount": amount} | ({"was": was} if was else {}),
            headers={"Authorization": f"Bearer {_operator_token(store)}"},
            timeout=REQUEST_WAIT_S,
        )
        document = answer.json()
    except (httpx.HTTPError, ValueError) as error:
        raise Failure(
            f"No shop answers at {url} ({type(error).__name__}); start one with endcap serve "
            f"{store} or name its address with --server."
        ) from error
    if answer.status_code != httpx.codes.OK:
        problem = document.get("error", "") if isinstance(document, dict) else ""
        raise Failure(f"The shop at {url} refused the price of {sku}: {problem}.")
    before = f" (was {document['was']})" if document.get("was") else ""
    typer.echo(f"{document['sku']}: {document['price']}{before}")


def _operator_token(store: Path) -> str:
    path = store / ".endcap" / "operator.token"
    try:
        with path.open("rb") as file:
            token = file.read(TOKEN_BYTES_MAX).decode("ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise Failure(
            f"The operator's token {path} does not read; endcap serve {store} writes it, so name "
            "the folder that is being served."
        ) from error
    return token


def require_private_or_said(host: str, insecure_lan: bool) -> None:
    """Refuse to serve other machines in the clear unless that was asked for.

    Raises:
        Failure: `host` is not of the loopback.
    """
    if host not in LOOPBACK and not insecure_lan:
        raise Failure(
            f"--host {host} would serve other machines without TLS; put a TLS proxy before "
            "127.0.0.1, or add --insecure-lan in a network you trust."
        )


def checked_url(text: str, option: str) -> str:
    """The address without a trailing slash.

    Raises:
        Failure: not an http or https address of a server.
    """
    try:
        parts = urlsplit(text)
        known = parts.scheme in {"http", "https"} and parts.hostname and (parts.port or True)
    except ValueError:
        known = False
    if not known or parts.query or parts.fragment or parts.username or parts.path.strip("/"):
        raise Failure(f"{option} {text} is not a server's address such as http://127.0.0.1:8765.")
    return text.rstrip("/")
