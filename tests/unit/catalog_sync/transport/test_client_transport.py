"""The websocket driver against real sockets: it comes back, keeps order, and stops when told."""

import asyncio
import socket
from contextlib import asynccontextmanager, suppress

import pytest
from websockets.asyncio.server import serve

from catalog_sync.model.cart import Cart
from catalog_sync.model.failure import Failure
from catalog_sync.session.client import ClientSession, Phase
from catalog_sync.session.events import CartArrived, ConnectionLost, OpSettled, Welcomed
from catalog_sync.transport.client import ClientTransport, is_loopback, live_url
from catalog_sync.wire.codec import decode_client, encode
from catalog_sync.wire.messages import Ack, AddItem, CartState, CloseCode, Hello, Op, Welcome

LIMIT_S = 10.0


def welcome():
    return Welcome("tok", "e", 0, False, "Shop", "KRW", "ko_KR")


@asynccontextmanager
async def shop(answer, port=0):
    async with serve(answer, "127.0.0.1", port, compression=None, close_timeout=0.2) as server:
        yield server.sockets[0].getsockname()[1]


@asynccontextmanager
async def client(port, **session):
    """A running transport, its session and what it delivered; stopped in the end."""
    told = []

    async def deliver(events):
        told.extend(events)

    session = ClientSession(client="test", **session)
    url = live_url(f"http://127.0.0.1:{port}")
    transport = ClientTransport(url, session, deliver, jitter=lambda: 0.0)
    running = asyncio.create_task(transport.run())
    try:
        yield transport, session, told, running
    finally:
        transport.stop()
        async with asyncio.timeout(LIMIT_S):
            with suppress(asyncio.CancelledError):
                await running


async def until(condition):
    async with asyncio.timeout(LIMIT_S):
        while not condition():  # noqa: ASYNC110 - conditions are of plain values
            await asyncio.sleep(0.005)


def run(coroutine):
    asyncio.run(coroutine)


async def greet(connection):
    hello = decode_client(await connection.recv())
    assert isinstance(hello, Hello)
    await connection.send(encode(welcome()))
    return hello


async def acknowledge(connection):
    await greet(connection)
    async for message in connection:
        await connection.send(encode(Ack(decode_client(message).id, True, 1)))


def test_it_greets_sends_and_hears():
    async def go():
        async with shop(acknowledge) as port, client(port) as (transport, _, told, _):
            transport.submit(Op("i1", AddItem("tea", 1)))
            await until(lambda: len(told) == 2)
            assert told == [
                Welcomed("tok", "Shop", "KRW", "ko_KR", resumed=False),
                OpSettled("i1", ok=True, reason=""),
            ]

    run(go())


def test_it_comes_back_after_a_cut_and_sends_again_what_was_not_answered():
    got = []

    async def cut_first(connection):
        await greet(connection)
        async for message in connection:
            got.append(decode_client(message).id)
            if len(got) == 2:
                connection.transport.abort()
                return
            if len(got) > 2:
                await connection.send(encode(Ack(got[-1], True, 1)))

    async def go():
        async with shop(cut_first) as port, client(port) as (transport, session, told, _):
            transport.submit(Op("i1", AddItem("tea", 1)))
            transport.submit(Op("i2", AddItem("tea", 1)))
            await until(lambda: len(session.outbox) == 0)
            await until(lambda: len(told) == 5)
            assert got == ["i1", "i2", "i1", "i2"]
            assert [type(event) for event in told] == [
                Welcomed, ConnectionLost, Welcomed, OpSettled, OpSettled,
            ]  # fmt: skip

    run(go())


def test_it_waits_for_a_shop_that_is_not_there_yet():
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]

    async def go():
        async with client(port) as (_, _, told, _):
            await until(lambda: told)
            assert "does not answer" in told[0].reason
            assert told[0].wait_s == 0.125
            async with shop(acknowledge, port):
                await until(lambda: any(isinstance(event, Welcomed) for event in told))

    run(go())


@pytest.mark.parametrize("code", [CloseCode.BAD_MESSAGE, CloseCode.PROTOCOL_TOO_OLD])
def test_it_does_not_come_back_when_told_not_to(code):
    connections = []

    async def refuse(connection):
        connections.append(await connection.recv())
        await connection.close(code, "because")

    async def go():
        async with shop(refuse) as port, client(port) as (_, session, told, running):
            await asyncio.wait_for(running, LIMIT_S)
            assert told == [ConnectionLost("because", None, code)]
            assert session.phase is Phase.GIVEN_UP
            assert len(connections) == 1

    run(go())


def test_a_server_that_is_no_shop_is_given_up_with_its_answer():
    def not_found(connection, request):
        return connection.respond(404, "nothing here\n")

    async def go():
        async with serve(acknowledge, "127.0.0.1", 0, process_request=not_found) as server:
            port = server.sockets[0].getsockname()[1]
            async with client(port) as (_, _, told, running):
                await asyncio.wait_for(running, LIMIT_S)
                assert told[0].wait_s is None
                assert told[0].reason.endswith(
                    "answered HTTP 404 where a shop was expected: check the address."
                )

    run(go())


def test_a_server_that_dies_while_it_answers_is_tried_again():
    async def go():
        tries = []

        async def slam(reader, writer):
            tries.append(await reader.read(10))
            writer.transport.abort()

        server = await asyncio.start_server(slam, "127.0.0.1", 0)
        async with server, client(server.sockets[0].getsockname()[1]) as (_, session, _, _):
            await until(lambda: len(tries) >= 2)
            assert session.phase is not Phase.GIVEN_UP

    run(go())


@pytest.mark.parametrize("noise", [b"\xc1", "text"])
def test_noise_ends_the_connection_and_it_comes_back(noise):
    connections = []

    async def babble(connection):
        await greet(connection)
        connections.append(connection)
        if len(connections) == 1:
            await connection.send(noise)
        await connection.wait_closed()

    async def go():
        async with shop(babble) as port, client(port) as (_, _, told, _):
            await until(lambda: len(connections) == 2)
            assert connections[0].close_code == 1002
            assert "the server sent" in told[1].reason

    run(go())


def test_events_arrive_in_order_when_the_owner_is_slow():
    async def pour(connection):
        await greet(connection)
        for version in range(50):
            await connection.send(encode(CartState(Cart(version, "KRW"))))
        await connection.wait_closed()

    async def go():
        told = []

        async def deliver(events):
            for event in events:
                await asyncio.sleep(0.001)
                told.append(event)

        async with shop(pour) as port:
            session = ClientSession(client="test")
            transport = ClientTransport(live_url(f"http://127.0.0.1:{port}"), session, deliver)
            running = asyncio.create_task(transport.run())
            for _ in range(20):
                transport.subscribe(("a",))  # wakes the writer in between
                await asyncio.sleep(0.002)
            await until(lambda: len(told) == 51)
            transport.stop()
            await asyncio.wait_for(running, LIMIT_S)
        assert told[1:] == [CartArrived(Cart(version, "KRW")) for version in range(50)]

    run(go())


def test_what_the_owner_fails_at_is_raised_from_run():
    async def go():
        async def deliver(events):
            raise Failure("the disk is full")

        async with shop(acknowledge) as port:
            url = live_url(f"http://127.0.0.1:{port}")
            transport = ClientTransport(url, ClientSession(client="t"), deliver)
            with pytest.raises(Failure, match="the disk is full"):
                await asyncio.wait_for(transport.run(), LIMIT_S)

    run(go())


def test_stop_says_goodbye():
    closed = []

    async def note(connection):
        await greet(connection)
        await connection.wait_closed()
        closed.append(connection.close_code)

    async def go():
        async with shop(note) as port:
            async with client(port) as (_, _, told, _):
                await until(lambda: told)
            await until(lambda: closed)
            assert closed == [1000]

    run(go())


@pytest.mark.parametrize(
    ("server", "url"),
    [
        ("http://127.0.0.1:8765", "ws://127.0.0.1:8765/live"),
        ("https://shop.example/", "wss://shop.example/live"),
        ("http://[::1]:80", "ws://[::1]:80/live"),
        ("https://shop.example/under/", "wss://shop.example/under/live"),
    ],
)
def test_the_live_address_follows_the_server_s(server, url):
    assert live_url(server) == url


@pytest.mark.parametrize(
    "server",
    ["", "127.0.0.1:8765", "ftp://x", "http://", "http://x:99999", "http://x:a", "http://[::1",
     "http://u@x", "http://x/?a=1"],
)  # fmt: skip
def test_what_is_no_server_is_one_sentence(server):
    with pytest.raises(Failure, match="is not a server's address"):
        live_url(server)


@pytest.mark.parametrize(
    ("url", "local"),
    [("ws://127.0.0.1:1/live", True), ("ws://[::1]/live", True), ("ws://localhost/live", True),
     ("wss://shop.example/live", False), ("ws://192.168.0.2/live", False)],
)  # fmt: skip
def test_loopback_goes_past_proxies(url, local):
    assert is_loopback(url) is local


@pytest.mark.parametrize("turns", range(6))
def test_whoever_cancels_it_while_it_is_poked_is_obeyed(turns):
    """Whichever turn of the loop the cancellation falls into while it waits for the welcome."""

    async def mute(connection):
        await connection.wait_closed()

    async def go():
        async with shop(mute) as port, client(port) as (transport, session, _, running):
            await until(lambda: session.phase is Phase.GREETING)
            await asyncio.sleep(0.01)
            transport.subscribe(("a",))
            for _ in range(turns):
                await asyncio.sleep(0)
            running.cancel()
            await asyncio.wait({running}, timeout=LIMIT_S / 2)
            assert running.cancelled()

    run(go())
