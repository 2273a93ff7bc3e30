"""Addresses. The houses come last: every other first word is the product's own."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from concierge.accounts.console import SignIn

handler400 = "concierge.operations.refused.bad_request"
urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/login/", SignIn.as_view()),  # before the console's own, whose name it keeps
    path("admin/", include("concierge.console.urls")),
    path("admin/", admin.site.urls),
    path("accounts/", include("concierge.accounts.staff_urls")),
    path("staff/", RedirectView.as_view(pattern_name="admin:index"), name="staff"),
    path("", include("concierge.operations.urls")),
    path("", include("concierge.accounts.urls")),
    path("", include("concierge.privacy.urls")),
    path("", include("concierge.chat.urls")),
]
