"""The cast of the access matrix: two houses, twelve identities, and what belongs to each."""

import uuid
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client as Browser
from django.utils import timezone

from archive.models import Alike, Boilerplate, Brand, Document, DocumentVersion
from catalog.models import Product
from concierge.accounts.models import Membership
from concierge.chat.ask import Question, accept
from concierge.chat.models import Citation, Conversation, Message
from concierge.clients.models import Client, Memory, Visitor
from concierge.clients.visitors import KEY
from concierge.privacy.models import Export, SetAside
from tests.doors.rows import House
from tests.doors.rules import SHARED

NOBODY = "nobody"
# Who comes to the chat, by the browser they come with.
PEOPLE = ("visitor", "other visitor", "off the record", "client", "other client")
GONE = ("banned client", "erased visitor")  # whose session names somebody who is no more
STAFF = ("advisor", "advisor elsewhere", "curator", "curator elsewhere", "operator")
IDENTITIES = (NOBODY, *PEOPLE, *GONE, *STAFF)

# What each of the staff may do, by application; the operator may everything.
RIGHTS = {
    "advisor": {"chat": ("view",), "clients": ("view",)},
    "curator": dict.fromkeys(
        ("archive", "catalog", "approved", "gaps", "voice", "llm"),
        ("view", "add", "change", "delete"),
    ),
}


@dataclass
class Held:
    """What one person holds at one house; `seal` stands in all of its words."""

    seal: str
    visitor: Visitor
    ids: dict[str, Any] = field(default_factory=dict)  # by the kind of a target


@dataclass
class World:
    here: House
    there: House
    shared: House  # of no house
    sessions: dict[str, str] = field(default_factory=dict)  # keys of them, by identity
    held: dict[str, Held] = field(default_factory=dict)
    rival: Held | None = None  # of somebody at the other house
    erased: dict[str, Any] = field(default_factory=dict)
    pieces: dict[str, int] = field(default_factory=dict)
    private: Brand | None = None

    def works_at(self, who: str) -> House | None:
        """The house whose rows somebody of the staff may see; None: of none, or of all."""
        if who not in STAFF or who == "operator":
            return None
        return self.there if who.endswith("elsewhere") else self.here


def house(slug: str, seal: str) -> House:
    return House(Brand.objects.create(slug=slug, name=slug.title(), language="en"), seal)


def build() -> World:
    """Everything, in a few seconds; every row is committed, or rolled back by its test."""
    world = World(
        house("maison", "sealofmaison"), house("rivale", "sealofrivale"), House(None, "everybodys")
    )
    world.private = Brand.objects.create(slug="behind-doors", name="Private", public=False)
    furnish(world)
    add_people(world)
    add_erased(world)
    add_staff(world)
    world.sessions[NOBODY] = ""
    warm(world)
    return world


def furnish(world: World) -> None:
    """A row of every model that the console shows, at each house or for the installation."""
    for model in (*admin.site._registry, Alike, Boilerplate):
        if is_shared(model._meta.label_lower):
            world.shared.row(model)
        else:
            world.here.row(model)
            world.there.row(model)


def is_shared(label: str) -> bool:
    return label in SHARED or label.partition(".")[0] in SHARED


def piece(brand: Brand, **more: Any) -> int:
    number = uuid.uuid4().hex
    return int(Product.objects.create(brand=brand, key=number, title="A square", **more).pk)


def add_people(world: World) -> None:
    brand, there = world.here.brand, world.there.brand
    world.pieces = {
        "own": piece(brand),
        "hidden": piece(brand, status="draft"),
        "elsewhere": piece(there),
    }
    for who in PEOPLE:
        visitor = person(brand, who)
        world.held[who] = holding(visitor, f"sealof{who.replace(' ', '')}", world.here)
        world.sessions[who] = session_of(visitor)
    world.rival = holding(person(there, "visitor"), "sealofrivalvisitor", world.there)
    banned = person(brand, "client")
    world.sessions["banned client"] = session_of(banned)
    user = banned.client.user  # type: ignore[union-attr]
    # Past Django's signals: what a statement by hand does is found out at the next request.
    get_user_model()._default_manager.filter(pk=user.pk).update(is_active=False)


def person(brand: Brand, who: str) -> Visitor:
    client = None
    if who.endswith("client"):
        user = get_user_model()._default_manager.create_user(uuid.uuid4().hex)
        client = Client.objects.create(brand=brand, user=user)
    return Visitor.objects.create(
        brand=brand, browser=uuid.uuid4(), client=client, off_record=who == "off the record"
    )


def session_of(visitor: Visitor) -> str:
    browser = Browser()
    if visitor.client:
        browser.force_login(visitor.client.user)
    session = browser.session
    session[KEY] = str(visitor.browser)
    session.save()
    return str(session.session_key)


def warm(world: World) -> None:
    """Each has been here before: what a first page writes down is there."""
    browser = Browser()
    for who, session in world.sessions.items():
        if session and who not in GONE:
            browser.cookies.clear()
            browser.cookies[settings.SESSION_COOKIE_NAME] = session
            browser.get("/healthz" if who in PEOPLE else "/admin/jsi18n/")


def holding(visitor: Visitor, seal: str, at: House) -> Held:
    """A conversation with an answer and a citation, a memory, and what is set aside and taken."""
    question = Question(uuid.uuid4(), f"{seal} asks", uuid.uuid4())
    answer, _ = accept(visitor.brand, visitor, question)
    Message.objects.filter(pk=answer.pk).update(state=Message.State.COMPLETE)
    version = published(at)
    cited = Citation.objects.create(
        message=answer, number=1, version=version, start=0, end=6, cited_text=version.text[:6]
    )
    later = timezone.now() + timedelta(hours=1)
    export = Export.objects.create(visitor=visitor, until=later, finished=later, content="")
    aside = SetAside.objects.create(visitor=visitor, what="memory", rows="[]", until=later)
    memory = Memory.objects.create(visitor=visitor, kind="taste", text=seal, origin="said")
    return Held(
        seal,
        visitor,
        {
            "conversation": question.conversation_id,
            "answer": answer.pk,
            "question": answer.question_id,
            "citation": cited.pk,
            "memory": memory.pk,
            "aside": aside.pk,
            "export": export.pk,
        },
    )


def published(at: House) -> DocumentVersion:
    """A text of the house that everybody may read."""
    key = uuid.uuid4().hex
    document = Document.objects.create(brand=at.brand, key=key, title="Open to all")
    version = DocumentVersion.objects.create(
        document=document, number=1, content_hash=key, text="A text.", file_name="a.md"
    )
    Document.objects.filter(pk=document.pk).update(current=version, status="published")
    return version


def add_erased(world: World) -> None:
    """Somebody who was, and whose browser does not know it yet."""
    visitor = person(world.here.brand, "visitor")
    held = holding(visitor, "sealoferased", world.here)
    world.sessions["erased visitor"] = session_of(visitor)
    world.erased = held.ids
    Conversation.objects.filter(visitor=visitor).delete()
    visitor.delete()


def add_staff(world: World) -> None:
    users = get_user_model()._default_manager
    for who in STAFF:
        user = users.create_user(who, is_staff=True, is_superuser=who == "operator")
        rights = RIGHTS.get(who.removesuffix(" elsewhere"), {})
        for app, acts in rights.items():
            named = Permission.objects.filter(content_type__app_label=app)
            for act in acts:
                user.user_permissions.add(*named.filter(codename__startswith=f"{act}_"))
        place = world.works_at(who)
        if place is not None:
            Membership.objects.create(user=user, brand=place.brand)
        browser = Browser()
        browser.force_login(user)
        world.sessions[who] = str(browser.session.session_key)
