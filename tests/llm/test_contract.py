"""Whose words may go where, by the brand's contract."""

from dataclasses import replace

import pytest

from concierge.llm.contract import check
from concierge.llm.errors import NotAllowedError
from concierge.llm.models import Call, Contract
from concierge.llm.protocol import Endpoint, Payer
from concierge.llm.upstream import Upstream
from tests.discretion import PLAIN
from tests.fake_provider import Script

pytestmark = pytest.mark.django_db

PAGE = "/admin/llm/contract/"
HOUSE = Endpoint("openai", "m", region="eu", zero_retention=True)


def refused(endpoint, payer):
    try:
        check(endpoint, payer)
    except NotAllowedError as error:
        return str(error)
    return ""


def test_without_a_contract_every_provider_may_be_asked(brand):
    assert refused(Endpoint("openai", "m"), Payer(brand.pk)) == ""


@pytest.mark.parametrize(
    ("terms", "endpoint", "missing"),
    [
        ({"providers": ["openai"]}, HOUSE, ""),
        ({"providers": ["anthropic"]}, HOUSE, "provider"),
        ({"regions": ["eu", "ch"]}, HOUSE, ""),
        ({"regions": ["ch"]}, HOUSE, "region"),
        ({"regions": ["eu"]}, replace(HOUSE, region=""), "region"),
        ({"zero_retention": True}, HOUSE, ""),
        ({"zero_retention": True}, replace(HOUSE, zero_retention=False), "zero_retention"),
    ],
)
def test_a_contract_lets_through_what_meets_all_of_it(brand, terms, endpoint, missing):
    Contract.objects.create(brand=brand, **terms)
    told = refused(endpoint, Payer(brand.pk))
    assert told == (f"not_allowed: {missing}" if missing else "")


def test_a_contract_is_its_own_brand_s_alone(brand, other_brand):
    Contract.objects.create(brand=brand, providers=["anthropic"])
    assert refused(HOUSE, Payer(other_brand.pk)) == ""


def test_words_of_no_brand_go_only_where_every_contract_lets_them(brand, other_brand):
    Contract.objects.create(brand=brand, providers=["openai"])
    assert refused(HOUSE, None) == ""
    Contract.objects.create(brand=other_brand, regions=["ch"])
    assert refused(HOUSE, None) == "not_allowed: region"


class TestCalls:
    pytestmark = pytest.mark.django_db(transaction=True)

    async def test_a_provider_that_is_not_allowed_hears_nothing(
        self, breaker, model, provider, prompt, brand
    ):
        await Contract.objects.acreate(brand=brand, regions=["ch"])
        provider.will(Script("Yes."))
        asking = Upstream(breaker, discretion=PLAIN).ask(
            model, replace(prompt, payer=Payer(brand.pk))
        )
        with pytest.raises(NotAllowedError):
            await anext(asking)
        assert (provider.requests, await Call.objects.acount()) == ([], 0)

    async def test_a_contract_changed_between_two_calls_holds_for_the_second(
        self, breaker, model, provider, prompt, brand
    ):
        provider.will(Script("Yes."), Script("Yes."))
        paid = replace(prompt, payer=Payer(brand.pk))
        assert [part async for part in Upstream(breaker, discretion=PLAIN).ask(model, paid)]
        await Contract.objects.acreate(brand=brand, zero_retention=True)
        with pytest.raises(NotAllowedError):
            await anext(Upstream(breaker, discretion=PLAIN).ask(model, paid))
        assert len(provider.requests) == 1


class TestPage:
    def test_it_tells_what_a_contract_means_today(self, curator, brand, settings):
        settings.LLM_PROVIDERS = {
            "openai": {"adapter": "x.Y", "api_key": "k", "model": "gpt-5-mini", "region": "us"}
        }
        settings.LLM_ORDER = ["openai"]
        contract = Contract.objects.create(brand=brand, regions=["eu"])
        page = curator.get(f"{PAGE}{contract.pk}/change/").content.decode()
        assert "Computes elsewhere, or nobody has said where" in page
        assert "May be asked" in curator.get(PAGE).content.decode()

    def test_a_contract_is_written_with_who_wrote_it(self, curator, brand):
        sent = {"brand": brand.pk, "providers": ["anthropic"], "regions": " EU , ch,eu"}
        response = curator.post(f"{PAGE}add/", sent)
        assert response.status_code == 302
        written = Contract.objects.get()
        assert (written.providers, written.regions) == (["anthropic"], ["eu", "ch"])
        assert written.changed_by.get_username() == "curator"

    def test_a_provider_that_is_none_is_refused(self, curator, brand):
        sent = {"brand": brand.pk, "providers": ["nobody"], "regions": ""}
        page = curator.post(f"{PAGE}add/", sent).content.decode()
        assert "nobody is not one of the available choices" in page
        assert not Contract.objects.exists()

    def test_without_a_key_it_says_that_nothing_leaves_the_house(self, curator, db, settings):
        settings.LLM_ORDER = []
        assert "nothing leaves the house" in curator.get(PAGE).content.decode()

    @pytest.mark.parametrize("address", [PAGE, f"{PAGE}add/"])
    def test_it_is_closed_to_who_may_not_see_it(self, advisor, visitor, address):
        assert advisor.get(address).status_code == 403
        assert visitor.get(address).status_code == 302
