"""The network somebody asks from, as far as a budget needs to know it: never the address itself."""

import ipaddress
from datetime import date

from django.utils.crypto import salted_hmac

HOME = 64  # bits of an IPv6 address that one connection is given: the rest are free to choose


def fingerprint(address: str, day: date) -> str:
    """32 letters that stand for `address` on this day alone; "" where there is no address."""
    network = network_of(address)
    return salted_hmac(__name__, f"{day} {network}").hexdigest()[:32] if network else ""


def network_of(address: str) -> str:
    """The IPv4 address itself, the first 64 bits of an IPv6 one; "" for what is neither."""
    try:
        found = ipaddress.ip_address(address.strip())
    except ValueError:
        return ""
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found, HOME), strict=False))
    return str(found)
