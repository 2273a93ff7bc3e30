import pytest
from django.core.management import CommandError, call_command

from archive.models import Brand

pytestmark = pytest.mark.django_db


def test_a_brand_is_made_with_a_name_from_its_address(capsys):
    call_command("create_brand", "maison-serance")
    assert Brand.objects.get().name == "Maison Serance"
    assert "Made the brand maison-serance" in capsys.readouterr().out


def test_a_brand_that_exists_is_left_as_it_is(capsys, brand):
    call_command("create_brand", "maison", "--name", "Another")
    assert "exists" in capsys.readouterr().out
    assert Brand.objects.get().name == "Maison"


@pytest.mark.parametrize("slug", ["admin", "staff", "two words", "a/b"])
def test_an_address_that_cannot_be_a_brands_is_refused(slug):
    with pytest.raises(CommandError, match="cannot be a brand"):
        call_command("create_brand", slug)
    assert not Brand.objects.exists()
