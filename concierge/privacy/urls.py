"""What a client may see and do of what is held on them, under a brand's slug."""

from django.urls import path

from concierge.privacy import taking_away, views

app_name = "privacy"
urlpatterns = [
    path("<slug:brand>/privacy/", views.page, name="page"),
    path("<slug:brand>/privacy/consents/<slug:purpose>/", views.decide, name="decide"),
    path("<slug:brand>/privacy/memories/<int:memory_id>/", views.correct, name="correct"),
    path(
        "<slug:brand>/privacy/memories/<int:memory_id>/forget/",
        views.forget_one_memory,
        name="forget_memory",
    ),
    path(
        "<slug:brand>/privacy/questions/<int:message_id>/forget/",
        views.forget_one_pair,
        name="forget_pair",
    ),
    path(
        "<slug:brand>/privacy/conversations/<uuid:conversation_id>/forget/",
        views.forget_one_conversation,
        name="forget_conversation",
    ),
    path("<slug:brand>/privacy/undo/<uuid:aside_id>/", views.undo, name="undo"),
    path("<slug:brand>/privacy/forget/", views.forget_everything, name="forget_everything"),
    path(
        "<slug:brand>/privacy/off-the-record/<uuid:conversation_id>/",
        views.end_off_record,
        name="end_off_record",
    ),
    path("<slug:brand>/privacy/export/", taking_away.export, name="export"),
    path("<slug:brand>/privacy/export/<uuid:export_id>/", taking_away.progress, name="progress"),
    path("<slug:brand>/privacy/export/<uuid:export_id>/file/", taking_away.file, name="file"),
]
