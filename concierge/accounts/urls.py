"""A client's account, under a brand's slug."""

from django.urls import path

from concierge.accounts import views

app_name = "account"
urlpatterns = [
    path("<slug:brand>/account/", views.page, name="page"),
    path("<slug:brand>/account/letter/", views.ask, name="ask"),
    path("<slug:brand>/account/open/", views.opened, name="open"),
    path("<slug:brand>/account/leave/", views.leave, name="leave"),
]
