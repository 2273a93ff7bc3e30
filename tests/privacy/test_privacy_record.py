import io

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from concierge.llm.models import Contract
from concierge.privacy.datamap_record import record
from concierge.privacy.management.commands.privacy_record import MARK

pytestmark = pytest.mark.django_db

PAGE = settings.BASE_DIR / "docs" / "privacy.md"


def test_the_page_of_the_documentation_is_current():
    assert PAGE.read_text().partition(MARK)[2].strip() == record().strip(), (
        "run `python manage.py privacy_record --write docs/privacy.md`"
    )


def test_a_record_of_a_house_names_it_and_its_providers(brand, capsys):
    Contract.objects.create(brand=brand, providers=["anthropic"], regions=["eu"])
    call_command("privacy_record", brand=brand.slug)
    told = capsys.readouterr().out
    assert "Controller: Maison." in told
    assert "anthropic (eu; as their terms say)" in told


def test_a_house_that_is_not_there_is_told_so():
    with pytest.raises(CommandError, match="no brand"):
        call_command("privacy_record", brand="nowhere")


def test_it_is_renewed_below_its_mark_alone(tmp_path):
    file = tmp_path / "page.md"
    file.write_text(f"Ours.\n\n{MARK}\n\nOld.\n")
    call_command("privacy_record", write=file, stdout=io.StringIO())
    assert file.read_text().startswith("Ours.\n\n")
    assert "Old." not in file.read_text()
    file.write_text("No place for it.")
    with pytest.raises(CommandError, match="no place"):
        call_command("privacy_record", write=file)
