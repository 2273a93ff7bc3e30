"""Which network addresses are on the open web.

What is not listed as special by IANA's registries of IPv4 and IPv6 special-purpose addresses is;
of IPv6 only 2000::/3 is given out at all. The lists stand here and not in Python's `ipaddress`,
whose idea of a global address has changed between patch releases.
"""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

Address = IPv4Address | IPv6Address

SPECIAL_4 = [
    ip_network(each)
    for each in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # shared by a provider's customers
        "127.0.0.0/8",  # this machine
        "169.254.0.0/16",  # this cable
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocols
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # relays to IPv6
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # measurements
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # many at once
        "240.0.0.0/4",  # never given out, and everybody at once
    )
]
GIVEN_OUT_6 = ip_network("2000::/3")
SPECIAL_6 = [
    ip_network(each)
    for each in (
        "2001::/23",  # protocols, Teredo among them
        "2001:db8::/32",  # documentation
        "2002::/16",  # IPv4 inside IPv6
        "3fff::/20",  # documentation
    )
]
# Where clouds tell a machine its secrets and settings. No setting opens these.
METADATA = [
    ip_network(each)
    for each in (
        "169.254.0.0/16",
        "100.100.100.200/32",
        "168.63.129.16/32",  # looks like any other
        "192.0.0.192/32",
        "fd00:ec2::/32",
        "fd20:ce::254/128",
        "fe80::/10",
    )
]
# Prefixes with an IPv4 address in their last 32 bits, and 6to4, which has it after its first 16.
TAILS = [ip_network(each) for each in ("::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96")]
SIX_TO_FOUR = ip_network("2002::/16")


def is_public(text: str) -> bool:
    """Whether `text`, a numeric address, is one machine's on the open web."""
    found = read(text)
    if found is None or is_metadata(text):
        return False
    if isinstance(found, IPv4Address):
        return not any(found in network for network in SPECIAL_4)
    return found in GIVEN_OUT_6 and not any(found in network for network in SPECIAL_6)


def is_metadata(text: str) -> bool:
    """Whether secrets may be told at `text`, itself or the IPv4 address inside it."""
    found = read(text)
    if found is None:
        return True
    within = inside(found) if isinstance(found, IPv6Address) else None
    return any(each in network for network in METADATA for each in (found, within) if each)


def read(text: str) -> Address | None:
    """None for what is no address, or one with a zone: it means another on each machine."""
    try:
        return None if "%" in text else ip_address(text)
    except ValueError:
        return None


def inside(address: IPv6Address) -> IPv4Address | None:
    number = int(address)
    if address in SIX_TO_FOUR:
        return IPv4Address(number >> 80 & 0xFFFFFFFF)
    if any(address in network for network in TAILS):
        return IPv4Address(number & 0xFFFFFFFF)
    return None
