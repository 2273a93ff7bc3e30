"""How long sign-ins are remembered."""

import os
import time
from datetime import timedelta

import pytest
from axes.models import AccessFailureLog, AccessLog
from django.test import Client

from concierge.accounts.models import SignedIn
from concierge.accounts.tasks import trim
from tests.accounts.cast import PASSWORD, staff, tries

pytestmark = pytest.mark.django_db


def test_records_of_sign_ins_go_after_their_days(settings):
    staff()
    tries(Client(), "wrong")
    tries(Client(), PASSWORD)
    trim()
    assert (AccessFailureLog.objects.count(), AccessLog.objects.count()) == (1, 1)
    settings.AXES_COOLOFF_TIME = timedelta(0)
    trim()
    assert (AccessFailureLog.objects.count(), AccessLog.objects.count()) == (0, 0)


def test_a_session_that_has_ended_is_not_kept_beside_its_person():
    staff()
    browser = Client()
    tries(browser, PASSWORD)
    trim()
    assert SignedIn.objects.count() == 1
    browser.session.delete()
    trim()
    assert not SignedIn.objects.exists()


def test_letters_of_a_trial_run_go_with_their_links(settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    old, new = tmp_path / "old.log", tmp_path / "new.log"
    for each in (old, new):
        each.write_text("a letter")
    hour_ago = time.time() - 3600
    os.utime(old, (hour_ago, hour_ago))
    trim()
    assert [each.name for each in tmp_path.iterdir()] == ["new.log"]
