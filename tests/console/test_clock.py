"""The console goes by the house's clock."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import formats, timezone, translation

from archive.models import Brand
from concierge.console.clock import clock

pytestmark = pytest.mark.django_db(transaction=True)


def told(path: str) -> str:
    page = clock(lambda _: HttpResponse(timezone.get_current_timezone_name()))
    return page(RequestFactory().get(path)).content.decode()


def test_every_page_of_the_console_goes_by_the_clock_of_the_house(brand):
    Brand.objects.update(time_zone="Europe/Paris")
    assert told("/admin/audit/entry/") == "Europe/Paris"
    assert told("/maison/") == "UTC"
    assert timezone.get_current_timezone_name() == "UTC"


def test_houses_of_several_clocks_are_told_in_utc(brand, other_brand):
    Brand.objects.filter(pk=brand.pk).update(time_zone="Asia/Tokyo")
    assert told("/admin/") == "UTC"


def test_the_console_writes_a_day_before_its_month_and_a_day_of_24_hours():
    at = datetime(2026, 11, 5, 14, 30, tzinfo=ZoneInfo("UTC"))
    with translation.override("en"):
        assert formats.date_format(at, "DATETIME_FORMAT") == "5 November 2026, 14:30"
