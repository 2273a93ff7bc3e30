from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "concierge.privacy"
    verbose_name = "Privacy"

    def ready(self) -> None:
        from celery.signals import task_prerun, worker_ready

        from concierge.clients.forgotten import forget, look
        from concierge.privacy.erasure_memory import forget_heard
        from concierge.privacy.off_record import listen

        listen()

        def before_a_task(**_: object) -> None:
            look()

        def at_first(**_: object) -> None:
            from concierge.privacy.ledger_replay import keep_up

            keep_up()

        forget.connect(forget_heard, dispatch_uid="concierge-forget-heard")
        worker_ready.connect(at_first, dispatch_uid="concierge-replay-erasures", weak=False)
        task_prerun.connect(before_a_task, dispatch_uid="concierge-look-forgotten", weak=False)
