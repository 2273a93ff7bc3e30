from django.apps import AppConfig


class ClientsConfig(AppConfig):
    name = "concierge.clients"

    def ready(self) -> None:
        from django.db.models.signals import pre_delete

        from archive.models import Brand
        from concierge.clients import checks, kept_keys

        pre_delete.connect(
            lambda instance, **_: kept_keys.forget_house(instance.pk),
            sender=Brand,
            weak=False,
            dispatch_uid="forget_the_keys_of_a_house",
        )
        assert checks.LOST  # to import them is to register them
