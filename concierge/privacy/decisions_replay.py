"""What clients had taken back and a restored backup has brought again, is taken back again."""

from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils.dateparse import parse_datetime

from archive.wall.scope import everything
from concierge.clients import decisions
from concierge.clients.models import Consent, Memory, Purpose


def replay() -> int:
    """Gives how many decisions had been undone by the restoring."""
    told = list(decisions.lines())
    had_back = {line["aside"] for line in told if line["act"] == decisions.HAD_BACK}
    done = 0
    with everything():
        for line in told:
            at = parse_datetime(line["at"])
            if at is None:
                continue
            if line["act"] == decisions.WITHDREW:
                done += withdrawn(line, at)
            elif line["act"] == decisions.FORGOT and line["aside"] not in had_back:
                done += forgotten(line, at)
    return done


def withdrawn(line: dict[str, Any], at: datetime) -> bool:
    """A yes given before that moment stands no longer; one given after it does."""
    standing = Consent.objects.filter(
        visitor=line["visitor"], purpose=line["purpose"], withdrawn=None, given__lte=at
    )
    with transaction.atomic():
        if not standing.update(withdrawn=at):
            return False
        if line["purpose"] == Purpose.PERSONALISE:
            Memory.objects.filter(visitor=line["visitor"], created__lte=at).delete()
    return True


def forgotten(line: dict[str, Any], at: datetime) -> bool:
    """Rows made later may bear the numbers of those that were forgotten: they are others."""
    gone = 0
    for label, pk in line["rows"]:
        gone += apps.get_model(label)._default_manager.filter(pk=pk, created__lte=at).delete()[0]
    return bool(gone)
