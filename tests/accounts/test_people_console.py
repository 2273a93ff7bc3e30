"""People in the console."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission

from archive.models import Document
from archive.review.record import Act, record, row
from concierge.accounts.models import Membership
from concierge.accounts.staff import brands_of
from concierge.audit.chain import Deed, append
from concierge.audit.models import Act as Deeds
from concierge.clients.models import Client

pytestmark = pytest.mark.django_db
PEOPLE = "/admin/auth/user/"


def person(name="yuki"):
    return get_user_model().objects.create_user(name, is_staff=True)


def test_people_and_their_houses_are_listed(curator, brand):
    Membership.objects.create(user=person(), brand=brand)
    page = curator.get(PEOPLE).content.decode()
    assert "yuki" in page
    assert "Maison" in page


def test_clients_are_no_names_in_the_list(curator, brand):
    user = get_user_model().objects.create_user("client-0123")
    Client.objects.create(brand=brand, user=user)
    assert "client-0123" not in curator.get(PEOPLE).content.decode()
    assert curator.get(f"{PEOPLE}{user.pk}/change/").status_code == 302


def test_a_house_is_given_to_somebody(curator, brand):
    user = person()
    address = f"{PEOPLE}{user.pk}/change/"
    form = curator.get(address).context["adminform"].form
    told = {name: value for name, value in form.initial.items() if isinstance(value, str)}
    told |= {"is_staff": "on", "is_active": "on", "date_joined_0": "", "date_joined_1": ""}
    told |= {"memberships-TOTAL_FORMS": 1, "memberships-INITIAL_FORMS": 0}
    told |= {"memberships-0-brand": brand.pk, "memberships-0-user": user.pk}
    answer = curator.post(address, told)
    assert answer.status_code == 302
    assert brands_of(user) == {brand.pk}


def test_a_new_person_is_made(curator):
    words = {"username": "odile", "password1": "thirty-six screens", "usable_password": "true"}
    answer = curator.post(f"{PEOPLE}add/", words | {"password2": "thirty-six screens"})
    assert answer.status_code == 302
    assert get_user_model().objects.filter(username="odile").exists()


@pytest.mark.parametrize("word", ["password1", "12345678901", "odile"])
def test_a_common_password_is_refused(curator, word):
    words = {"username": "odile", "password1": word, "password2": word, "usable_password": "true"}
    assert curator.post(f"{PEOPLE}add/", words).status_code == 200
    assert not get_user_model().objects.filter(username="odile").exists()


def test_an_advisor_sees_no_people(advisor):
    assert advisor.get(PEOPLE).status_code == 403


@pytest.fixture
def keeper(advisor):
    """Somebody who keeps the list of people and is no superuser; their browser and their user."""
    user = get_user_model().objects.get(username="advisor")
    kinds = ("view_user", "change_user", "add_membership", "change_membership", "delete_user")
    user.user_permissions.set(Permission.objects.filter(codename__in=kinds))
    advisor.force_login(get_user_model().objects.get(pk=user.pk))
    return advisor, user


def test_who_keeps_the_list_raises_nobody_s_rank(keeper, brand, other_brand):
    browser, user = keeper
    told = {"username": "advisor", "is_staff": "on", "is_active": "on", "is_superuser": "on"}
    told |= {"memberships-TOTAL_FORMS": 1, "memberships-INITIAL_FORMS": 0}
    told |= {"memberships-0-brand": other_brand.pk, "memberships-0-user": user.pk}
    browser.post(f"{PEOPLE}{user.pk}/change/", told)
    user.refresh_from_db()
    assert not user.is_superuser
    assert brands_of(user) == {brand.pk}


def test_who_keeps_the_list_finds_the_people_of_their_houses_alone(keeper, brand, other_brand):
    browser, _ = keeper
    for name, house in (("yuki", brand), ("odile", other_brand)):
        Membership.objects.create(user=person(name), brand=house)
    person("lucien")  # who serves none
    get_user_model().objects.create_superuser("owner")
    page = browser.get(PEOPLE).content.decode()
    assert [each in page for each in ("yuki", "odile", "lucien", "owner")] == [True] + [False] * 3


def test_somebody_new_serves_the_houses_of_who_made_them(keeper, brand):
    browser, user = keeper
    user.user_permissions.add(Permission.objects.get(codename="add_user"))
    words = {"username": "odile", "password1": "thirty-six screens", "usable_password": "true"}
    browser.post(f"{PEOPLE}add/", words | {"password2": "thirty-six screens"})
    odile = get_user_model().objects.get(username="odile", is_superuser=False)
    assert list(odile.memberships.values_list("brand", flat=True)) == [brand.pk]
    assert browser.get(f"{PEOPLE}{odile.pk}/change/").status_code == 200


def test_who_has_acted_in_a_house_and_serves_it_no_more_is_not_named_there(
    keeper, brand, other_brand
):
    browser, user = keeper
    odile = person("odile")
    Membership.objects.create(user=odile, brand=other_brand)
    document = Document.objects.create(brand=brand, key="a.md", title="A heron")
    record([row(Act("edited", by), document, {}, {"title": "A"}) for by in (odile, user)])
    append(Deed.on(document, Deeds.CHANGED, odile, brand.pk))
    kinds = ("view_change", "view_document", "view_entry", "view_ingestionrun")
    user.user_permissions.add(*Permission.objects.filter(codename__in=kinds))
    for address in ("archive/change/", f"archive/document/{document.pk}/change/", "audit/entry/"):
        page = browser.get(f"/admin/{address}").content.decode()
        assert "odile" not in page, address
    assert "Somebody else" in browser.get("/admin/archive/change/").content.decode()


@pytest.mark.parametrize("act", ["change", "delete", "password"])
def test_who_keeps_the_list_does_not_touch_a_superuser(keeper, brand, act):
    browser, _ = keeper
    owner = get_user_model().objects.create_superuser("owner", password="a test's own")
    Membership.objects.create(user=owner, brand=brand)
    address = f"{PEOPLE}{owner.pk}/{act}/"
    words = {"password1": "thirty-six screens", "password2": "thirty-six screens"}
    words |= {"username": "taken", "post": "yes", "usable_password": "true"}
    assert browser.post(address, words).status_code == 403
    owner.refresh_from_db()
    assert owner.check_password("a test's own")


@pytest.mark.parametrize("act", ["change", "delete", "password"])
def test_who_keeps_the_list_does_not_touch_who_serves_another_house(keeper, other_brand, act):
    browser, _ = keeper
    other = person()
    Membership.objects.create(user=other, brand=other_brand)
    words = {"password1": "thirty-six screens", "password2": "thirty-six screens"}
    words |= {"username": "taken", "post": "yes", "usable_password": "true"}
    assert browser.post(f"{PEOPLE}{other.pk}/{act}/", words).status_code in (302, 404)
    assert "yuki" not in browser.get(PEOPLE).content.decode()
    other.refresh_from_db()
    assert (other.username, other.has_usable_password()) == ("yuki", False)


def test_what_a_group_may_do_is_a_superuser_s_to_say(keeper):
    browser, user = keeper
    user.user_permissions.set(Permission.objects.filter(codename__endswith="_group"))
    group = Group.objects.create(name="curators")
    browser.force_login(get_user_model().objects.get(pk=user.pk))
    given = {"name": "curators", "permissions": Permission.objects.first().pk}
    assert browser.post(f"/admin/auth/group/{group.pk}/change/", given).status_code == 403
    assert not group.permissions.exists()
