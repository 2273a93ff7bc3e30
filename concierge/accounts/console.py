"""Sign-in and second factor of the staff, in the console's look."""

from typing import Any

from allauth.account.app_settings import EmailVerificationMethod
from allauth.account.internal.flows.login import (
    clear_authentication_records,
    perform_login,
    record_authentication,
)
from allauth.account.models import Login
from allauth.account.views import LogoutView, ReauthenticateView
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.contrib import admin
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from unfold.forms import AuthenticationForm

from concierge.accounts.guesses import refusal, remember
from concierge.accounts.mfa import note
from concierge.accounts.window import UncountedError, take

CODES = 5  # codes of one person that are tried
WINDOW = 300  # seconds


class Desk:
    """What the console's templates want to know besides what django-allauth tells them."""

    title = ""
    request: HttpRequest

    @method_decorator(never_cache)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**more)  # type: ignore[misc]
        return admin.site.each_context(self.request) | context | {"title": self.title}


@method_decorator(never_cache, name="dispatch")
class SignIn(LoginView):
    """Name and password; django-allauth then asks for the second factor of who has one."""

    http_method_names = ["get", "head", "post", "options"]
    template_name = "admin/login.html"
    authentication_form = AuthenticationForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.method == "GET" and admin.site.has_permission(request):
            return HttpResponseRedirect(reverse("admin:index"))
        return super().dispatch(request, *args, **kwargs)

    def get_default_redirect_url(self) -> str:
        return reverse("admin:index")

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        told = {"title": "Sign in", "app_path": self.request.get_full_path()}
        return admin.site.each_context(self.request) | super().get_context_data(**more) | told

    def form_valid(self, form: Any) -> HttpResponse:
        user = form.get_user()
        clear_authentication_records(self.request)
        record_authentication(self.request, user, "password", reauthenticated=True)
        login = Login(
            user=user,
            email_verification=EmailVerificationMethod.NONE,
            redirect_url=self.get_success_url(),
        )
        response: HttpResponse = perform_login(self.request, login)
        remember(response, user.get_username())
        return response


class Code(Desk, mfa.AuthenticateView):  # type: ignore[misc]
    """The second factor; tried as rarely as a password, also by many at once."""

    title = "Your code"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            allowed = take(f"code {self.stage.login.user.pk}", CODES, WINDOW)
        except UncountedError:
            allowed = False
        if not allowed:
            return refusal(request)
        return super().post(request, *args, **kwargs)  # type: ignore[no-any-return]


class CodeAgain(Desk, mfa.ReauthenticateView):  # type: ignore[misc]
    title = "Your code, once more"


class PasswordAgain(Desk, ReauthenticateView):  # type: ignore[misc]
    title = "Your password, once more"


class Factors(Desk, mfa.IndexView):  # type: ignore[misc]
    title = "Second factor"


class Activate(Desk, totp.ActivateTOTPView):  # type: ignore[misc]
    title = "Set up a second factor"

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        note(self.request, "totp")
        return response


class Deactivate(Desk, totp.DeactivateTOTPView):  # type: ignore[misc]
    title = "Remove the second factor"


class Codes(Desk, codes.ViewRecoveryCodesView):  # type: ignore[misc]
    title = "Recovery codes"


class NewCodes(Desk, codes.GenerateRecoveryCodesView):  # type: ignore[misc]
    title = "New recovery codes"


class SignOut(Desk, LogoutView):  # type: ignore[misc]
    title = "Sign out"
