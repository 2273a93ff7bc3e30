"""Every person of the staff keeps the houses they could reach before: all that exist."""

from django.conf import settings
from django.db import migrations


def give_all(apps, schema_editor):
    user = apps.get_model(settings.AUTH_USER_MODEL)
    brands = list(apps.get_model("archive", "Brand").objects.values_list("pk", flat=True))
    membership = apps.get_model("accounts", "Membership")
    membership.objects.bulk_create(
        membership(user_id=each, brand_id=brand)
        for each in user.objects.filter(is_staff=True).values_list("pk", flat=True)
        for brand in brands
    )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [migrations.RunPython(give_all, migrations.RunPython.noop)]
