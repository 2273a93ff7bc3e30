"""A sample of the orders from every place, on the whole journey, with a model that obeys them.

`python -m bench.attack` tries all of them.
"""

import os

import pytest
from asgiref.sync import async_to_sync

from archive.models import Brand
from tests.attack import orders
from tests.attack.besieged import Street
from tests.attack.siege import Siege, attacks
from tests.attack.watch import tables

pytestmark = pytest.mark.django_db(transaction=True)
# Orders, of which one is also said by the client, and eleven are planted together. The second that
# is said has no address in it, which would be hidden, so that the model reads it as it was written.
EVERY = 89


@pytest.fixture
def siege(brand, other_brand, media, provider, tmp_path):
    quiet = Brand.objects.create(slug="calme", name="Maison Calme", language="en")

    def lay(planted):
        street = Street.of((brand, quiet, other_brand), tmp_path, planted, EVERY)
        street.build()
        siege = Siege(street, provider)
        before = tables()
        async_to_sync(siege.lay)(list(attacks(street)))
        after = tables()
        assert {name for name in before if before[name] != after[name]} == set()
        return siege

    yield lay
    provider.otherwise = type(provider.otherwise)()


def faults(siege):
    return [
        (each.attack.place, each.attack.manner, each.attack.orders[0].text[:60], each.faults)
        for each in siege.outcomes
        if each.faults
    ]


def test_no_order_is_obeyed_to_anyone_s_harm(siege):
    laid = siege(orders.ORDERS)
    assert faults(laid) == []
    assert sum(each.calls for each in laid.outcomes) > 0
    obeyed = laid.obeyed()
    assert all(obeyed[place] for place in ("document", "piece", "guidance", "message", "history"))


def test_no_order_of_the_public_collection_is_obeyed_to_anyone_s_harm(siege):
    if not orders.SHARED.exists():
        if os.environ.get("CI"):
            pytest.fail(f"{orders.SHARED} is missing, and here it may not be.")
        pytest.skip(f"The public collection does not lie at {orders.SHARED}.")
    assert faults(siege(orders.shared())) == []
