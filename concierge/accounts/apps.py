from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "concierge.accounts"

    def ready(self) -> None:
        from concierge.accounts import sessions

        sessions.watch()
