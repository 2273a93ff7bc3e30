"""The staff's own addresses, by the names that django-allauth knows them by.

Its other pages are not there: nobody signs up, and passwords are set in the console or the shell.
"""

from django.contrib.auth.decorators import user_passes_test
from django.urls import path
from django.views.generic import RedirectView

from concierge.accounts import console

# Clients sign in too, and have no second factor to set up.
staff = user_passes_test(
    lambda user: user.is_active and user.is_staff, login_url="admin:login", redirect_field_name=None
)
sign_in = RedirectView.as_view(pattern_name="admin:login")
urlpatterns = [
    path("", RedirectView.as_view(pattern_name="mfa_index")),
    path("login/", sign_in, name="account_login"),
    path("login/", sign_in, name="account_inactive"),
    path("logout/", console.SignOut.as_view(), name="account_logout"),
    path("again/", staff(console.PasswordAgain.as_view()), name="account_reauthenticate"),
    path("code/", console.Code.as_view(), name="mfa_authenticate"),
    path("code/again/", staff(console.CodeAgain.as_view()), name="mfa_reauthenticate"),
    path("factors/", staff(console.Factors.as_view()), name="mfa_index"),
    path("factors/add/", staff(console.Activate.as_view()), name="mfa_activate_totp"),
    path("factors/remove/", staff(console.Deactivate.as_view()), name="mfa_deactivate_totp"),
    path("recovery/", staff(console.Codes.as_view()), name="mfa_view_recovery_codes"),
    path("recovery/new/", staff(console.NewCodes.as_view()), name="mfa_generate_recovery_codes"),
]
