"""Pages of the console that belong to no model."""

from django.contrib import admin
from django.urls import path

from concierge.console import transcript_page

app_name = "console"
urlpatterns = [
    path("sent/", admin.site.admin_view(transcript_page.show), name="sent"),
    path("sent/news/", admin.site.admin_view(transcript_page.news), name="sent_news"),
]
