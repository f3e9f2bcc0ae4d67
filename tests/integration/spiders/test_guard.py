"""The address guard at work: nothing connects to where it must not."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Sequence
from typing import Any

import pytest

from pipeline.records import Fault
from tests.integration.spiders.fakes import Looker, outlet
from tests.integration.spiders.hosts import NOT_FOUND, Raw, World, page, redirect, rss


@pytest.mark.parametrize(
    "target",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]:{port}/x",
        "http://10.0.0.1/x",
        "http://127.0.0.2:{port}/x",
        "http://[::ffff:127.0.0.2]:{port}/x",
        "http://2130706434:{port}/x",
        "http://0x7f.2:{port}/x",
        "http://0177.0.0.2:{port}/x",
        "http://0.0.0.0:{port}/x",
        "http://[::]:{port}/x",
    ],
)
def test_a_redirect_to_a_private_address_is_refused_and_never_connected_to(world: World, target: str) -> None:
    secret = world.host({"/x": page("secret")}, address="127.0.0.2")
    host = world.host({"/a": redirect(target.format(port=secret.port))})
    host.routes["/rss"] = rss(host, "/a")
    looker = Looker(allow="127.0.0.1/32")
    looker.look(outlet("one", {"feed": host.url("/rss")}))
    [(_, why)] = looker.intake.refusals
    assert why.reason is Fault.ADDRESS
    assert "address" in why.detail
    assert secret.connections == 0
    assert host.asked() == ["/rss", "/a"]


def test_loopback_is_refused_where_nobody_allowed_it(world: World) -> None:
    host = world.host()
    [report] = Looker(allow="").look(outlet("one", {"feed": host.url("/rss")}))
    assert host.connections == 0
    assert report.problems == (
        f"feed {host.url('/rss')}: 127.0.0.1 is a loopback address (--allow-private-hosts lifts that)",
    )


def test_a_name_that_resolves_to_a_private_address_is_refused(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    host = world.host({"/a": page("A")})
    answers = {"inside.test": "127.0.0.1"}
    real = socket.getaddrinfo

    def resolve(name: str, *args: Any, **kwargs: Any) -> Sequence[Any]:
        return real(answers.get(name, name), *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    one = outlet("one", {"feed": f"http://inside.test:{host.port}/rss"})
    [report] = Looker(allow="").look(one)
    assert host.connections == 0
    assert "inside.test: 127.0.0.1 is a loopback address" in report.problems[0]


def test_a_name_that_changes_its_address_is_judged_at_each_connection(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    @Raw
    async def nothing_here(writer: asyncio.StreamWriter) -> None:
        writer.write(NOT_FOUND.wire())

    allowed = world.host({"/robots.txt": nothing_here})
    secret = world.host({"/rss": page("secret")}, address="127.0.0.2", port=allowed.port)
    real, answers = socket.getaddrinfo, iter(["127.0.0.1"])

    def resolve(name: str, *args: Any, **kwargs: Any) -> Sequence[Any]:
        return real(next(answers, "127.0.0.2") if name == "two.test" else name, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    one = outlet("one", {"feed": f"http://two.test:{allowed.port}/rss"})
    [report] = Looker(allow="127.0.0.1/32").look(one)
    assert allowed.asked(robots=True) == ["/robots.txt"]
    assert secret.connections == 0
    assert "127.0.0.2 is a loopback address" in report.problems[0]
