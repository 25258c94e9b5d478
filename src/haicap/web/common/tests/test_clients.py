"""Who counts as one sender: an address of the old kind, a network of the new."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from haicap.web.common import clients


def of(address: str) -> str:
    return clients.network(RequestFactory().get("/", REMOTE_ADDR=address))


def test_every_address_of_a_household_is_one_sender() -> None:
    assert of("2001:db8:1:2::1") == of("2001:db8:1:2:ffff:ffff:ffff:ffff") == "2001:db8:1:2::/64"
    assert of("2001:db8:1:3::1") != of("2001:db8:1:2::1")


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::1", "::/64"),
        ("", ""),
        ("unknown", "unknown"),
    ],
)
def test_what_is_no_network_of_the_new_kind_counts_as_it_is(address: str, network: str) -> None:
    assert of(address) == network


def test_behind_a_proxy_the_address_it_saw_counts(settings) -> None:
    settings.BEHIND_PROXY = True
    request = RequestFactory().get(
        "/", REMOTE_ADDR="127.0.0.1", headers={"X-Forwarded-For": "198.51.100.1, 2001:db8:5:6::7"}
    )
    assert clients.network(request) == "2001:db8:5:6::/64"
    assert clients.address(request) == "2001:db8:5:6::7"
