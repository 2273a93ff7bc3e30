"""A client signs in at a house, and out again."""

from django import forms
from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from archive.models import Brand
from concierge.accounts import letter, link
from concierge.accounts.join import RefusedError, join
from concierge.accounts.models import Mailbox
from concierge.accounts.window import UncountedError
from concierge.clients.spoken import public_brand
from concierge.clients.visitors import visitor_of

LONGEST = 254  # characters of an address: RFC 5321


class AddressForm(forms.Form):
    email = forms.EmailField(
        max_length=LONGEST,
        error_messages={
            "required": gettext_lazy("Please write your e-mail address."),
            "invalid": gettext_lazy("That does not look like an e-mail address."),
            "max_length": gettext_lazy("That does not look like an e-mail address."),
        },
    )

    def clean_email(self) -> str:
        """One form of an address, which the letter goes to as well: what looks alike is not it."""
        return str(self.cleaned_data["email"]).strip().lower()


def told(
    request: HttpRequest, brand: Brand, title: str, words: str, status: int = 200
) -> HttpResponse:
    context = {"brand": brand, "title": title, "words": words}
    return render(request, "account/client/told.html", context, status=status)


@never_cache
@require_safe
def page(request: HttpRequest, brand: str) -> HttpResponse:
    """Who is signed in here, or where to ask for a letter."""
    house = public_brand(request, brand)
    visitor = visitor_of(request.session, house)
    if visitor is None or visitor.client_id is None:
        return render(request, "account/client/ask.html", {"brand": house, "form": AddressForm()})
    mailbox = Mailbox.objects.filter(visitor=visitor).first()
    context = {"brand": house, "email": mailbox.email if mailbox else ""}
    return render(request, "account/client/page.html", context)


@never_cache
@require_POST
def ask(request: HttpRequest, brand: str) -> HttpResponse:
    """Send a letter. That the house knows the address changes nothing of what is done or said."""
    house = public_brand(request, brand)
    form = AddressForm(request.POST)
    if not form.is_valid():
        context = {"brand": house, "form": form}
        return render(request, "account/client/ask.html", context, status=422)
    email = form.cleaned_data["email"]
    try:
        if not letter.may_ask(request, house, email):
            words = _("Several letters have been asked for just now: please use the newest one.")
            return told(request, house, _("A moment, please."), words, 429)
        letter.send(request, house, link.make(request.session, house, email))
    except (UncountedError, letter.NotSentError):
        words = _("The letter could not be sent just now. Please try again in a moment.")
        return told(request, house, _("One moment"), words, 503)
    context = {"brand": house, "minutes": link.AGE // 60, "where": letter.where()}
    return render(request, "account/client/sent.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def opened(request: HttpRequest, brand: str) -> HttpResponse:
    """The link of a letter: looked at it asks, pressed it signs in."""
    house = public_brand(request, brand)
    token = (request.POST if request.method == "POST" else request.GET).get("link", "")
    try:
        if request.method != "POST":
            known = link.read(request.session, house, token)
            context = {"brand": house, "email": known.email, "link": token}
            return render(request, "account/client/open.html", context)
        known = link.use(request.session, house, token)
        join(request, house, known.email)
    except link.ElsewhereError:
        words = _(
            "This link opens in the browser that asked for it, and in no other: please open it "
            "there. If you have asked more than once, only the newest letter's link opens."
        )
        return told(request, house, _("This is another browser."), words, 403)
    except link.GoneError:
        words = _("It opens once, and for a quarter of an hour. Please ask for a new letter.")
        return told(request, house, _("This link has ended."), words, 410)
    except RefusedError:
        words = _("You cannot sign in with this address. The house will gladly tell you why.")
        return told(request, house, _("This is not possible."), words, 403)
    return redirect("account:page", house.slug)


@never_cache
@require_POST
def leave(request: HttpRequest, brand: str) -> HttpResponse:
    """Sign out: this browser holds nobody any more, at this house or another."""
    house = public_brand(request, brand)
    if SESSION_KEY in request.session:
        logout(request)
    request.session.flush()
    return redirect(house)
