"""The chat's addresses, under a brand's slug."""

from django.urls import path

from concierge.chat import views
from concierge.chat.choose_language import choose_language

app_name = "chat"
urlpatterns = [
    path("", views.front, name="front"),
    path("<slug:brand>/", views.page, name="page"),
    path("<slug:brand>/language/", choose_language, name="language"),
    path("<slug:brand>/messages/", views.ask, name="ask"),
    path("<slug:brand>/messages/<int:message_id>/stop/", views.stop, name="stop"),
    path(
        "<slug:brand>/messages/<int:message_id>/<slug:purpose>/<slug:answer>/",
        views.answer_offer,
        name="answer_offer",
    ),
    path(
        "<slug:brand>/conversations/<uuid:conversation_id>/",
        views.conversation_page,
        name="conversation",
    ),
    path("<slug:brand>/citations/<int:citation_id>/", views.citation, name="citation"),
    path("<slug:brand>/pieces/<int:product_id>/", views.piece, name="piece"),
]
