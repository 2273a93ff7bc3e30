from dataclasses import replace

import pytest

from concierge.chat import hold
from concierge.chat.report import as_json

pytestmark = pytest.mark.django_db


def test_a_piece_as_a_whole_has_its_lowest_price_and_no_form(answered, product):
    [told] = as_json(answered)["products"]
    assert (told["price"], told["variant"], told["form"]) == ("from €390", "", "")
    assert (told["available"], told["image"]) == (True, "/static/chat/concierge.svg")


def test_a_piece_in_one_form_has_that_form_s_price_and_stock(held, reply, product):
    form = product.variants.get(key="Green")
    hold.complete(held, replace(reply, forms={product.pk: form.pk}))
    [told] = as_json(held)["products"]
    assert (told["price"], told["variant"], told["form"]) == ("€420", "Green", "Green")
    assert not told["available"]
