from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "concierge.privacy"
    verbose_name = "Privacy"

    def ready(self) -> None:
        from celery.signals import task_prerun

        from concierge.clients.forgotten import forget, look
        from concierge.privacy.erasure_memory import forget_heard
        from concierge.privacy.off_record import listen

        listen()

        def before_a_task(**_: object) -> None:
            look()

        forget.connect(forget_heard, dispatch_uid="concierge-forget-heard")
        task_prerun.connect(before_a_task, dispatch_uid="concierge-look-forgotten", weak=False)
