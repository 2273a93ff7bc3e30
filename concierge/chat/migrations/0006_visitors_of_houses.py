"""Whoever has talked to two houses becomes a visitor of each, known by the same browser."""

import uuid

from django.db import migrations
from django.db.models import F


def divide(apps, schema_editor):
    Visitor = apps.get_model("clients", "Visitor")
    Conversation = apps.get_model("chat", "Conversation")
    Visitor.objects.update(browser=F("id"))
    for conversation in Conversation.objects.filter(visitor=None).iterator():
        made = Visitor.objects.create(id=uuid.uuid4(), brand_id=conversation.brand_id)
        Conversation.objects.filter(pk=conversation.pk).update(visitor=made)
    held = Conversation.objects.filter(visitor__brand=None).order_by("visitor", "brand")
    last = None
    for visitor_id, brand_id in list(held.values_list("visitor", "brand").distinct()):
        if visitor_id != last:
            Visitor.objects.filter(pk=visitor_id).update(brand_id=brand_id)
            last = visitor_id
            continue
        first = Visitor.objects.get(pk=visitor_id)
        made = Visitor.objects.create(id=uuid.uuid4(), brand_id=brand_id, browser=visitor_id)
        Visitor.objects.filter(pk=made.pk).update(created=first.created)
        here = Conversation.objects.filter(visitor_id=visitor_id, brand_id=brand_id)
        here.update(visitor=made)
    # They have asked nothing, and nothing is kept of them.
    Visitor.objects.filter(brand=None).delete()


def unite(apps, schema_editor):
    Visitor = apps.get_model("clients", "Visitor")
    Conversation = apps.get_model("chat", "Conversation")
    Conversation.objects.filter(visitor__browser=None).update(visitor=None)
    for visitor in Visitor.objects.exclude(browser=F("id")).exclude(browser=None):
        if Visitor.objects.filter(pk=visitor.browser).exists():
            Conversation.objects.filter(visitor=visitor).update(visitor_id=visitor.browser)
            visitor.delete()
    Visitor.objects.filter(browser=None).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("chat", "0005_scored_answers"),
        ("clients", "0002_people_keys_and_consent"),
    ]

    operations = [migrations.RunPython(divide, unite)]
