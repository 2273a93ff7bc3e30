"""The house's voice at the desk: how it is written, tried, taken back, and how it is kept to."""

# The console's package carries no types.
# mypy: disable-error-code="misc, untyped-decorator"

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_http_methods, require_POST
from unfold.admin import ModelAdmin

from archive.console import wording as told
from archive.console.page import ReadOnly, page, person
from archive.models import Brand
from concierge.console import drift_page
from concierge.console.changes import changes
from concierge.console.voice_form import (
    TopicFormSet,
    VoiceForm,
    initial,
    initial_topics,
    topics_of,
)
from concierge.console.voice_try import heard
from concierge.console.wording import LANGUAGES, language
from concierge.voice.edit import MeanwhileError, restore, save
from concierge.voice.manner import Manner
from concierge.voice.models import VoiceVersion

LIST = "admin:voice_voiceversion_changelist"
WRITTEN = ("en", "fr", "it", "de", "es")  # the languages a voice is written in
MAY_SEE, MAY_EDIT = "voice.view_voiceversion", "voice.add_voiceversion"
SHOWN = 20  # versions below a voice


@admin.register(VoiceVersion)
class VoiceAdmin(ReadOnly, ModelAdmin):
    """Its list is the page of the voice; a version is never changed."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        urls: list[URLPattern] = super().get_urls()
        return [
            path("<int:brand>/<slug:code>/", view(edit), name="voice_edit"),
            path("<int:brand>/<slug:code>/try/", view(try_it), name="voice_try"),
            path("versions/<int:pk>/restore/", view(take_back), name="voice_restore"),
            *urls,
        ]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return overview(request)


def overview(request: HttpRequest) -> HttpResponse:
    """Each house's voices, and how its answers have kept to them. Raises PermissionDenied."""
    if not request.user.has_perm(MAY_SEE):
        raise PermissionDenied
    brands = list(Brand.objects.all())
    given = request.GET.get("brand", "")
    brand = next((each for each in brands if str(each.pk) == given), next(iter(brands), None))
    context: dict[str, Any] = {"brands": brands, "brand": brand}
    if brand:
        spoken = VoiceVersion.objects.of(brand).spoken().select_related("by", "brand")
        context |= {
            "voices": [card(each) for each in spoken],
            "unwritten": unwritten(brand, [each.language for each in spoken]),
            "may_edit": request.user.has_perm(MAY_EDIT),
            **drift_page.context(brand, request.GET.get("by", "")),
        }
    return page(request, "console/voice.html", "Voice", **context)


def unwritten(brand: Brand, written: list[str]) -> list[tuple[str, str]]:
    """The languages still without a voice, the house's own first."""
    codes = sorted(WRITTEN, key=lambda code: (code != brand.language[:2], WRITTEN.index(code)))
    return [(code, LANGUAGES[code]) for code in codes if code not in written]


def card(version: VoiceVersion) -> dict[str, Any]:
    manner = version.manner
    return {
        "version": version,
        "language": language(version.language),
        "manner": manner,
        "who": told.who(version, "by"),
        "when": told.moment(version.at, version.brand),
        "unreviewed": sum(not each.reviewed_by for each in manner.topics),
    }


def allowed(request: HttpRequest, brand: int, code: str, right: str) -> Brand:
    """Raises PermissionDenied and Http404."""
    if not request.user.has_perm(right):
        raise PermissionDenied
    if code not in WRITTEN:
        raise Http404
    return get_object_or_404(Brand, pk=brand)


def versions(brand: Brand, code: str) -> list[VoiceVersion]:
    """The newest first."""
    of_it = VoiceVersion.objects.of(brand).filter(language=code)
    return list(of_it.select_related("by", "brand").order_by("-number")[: SHOWN + 1])


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, brand: int, code: str) -> HttpResponse:
    right = MAY_EDIT if request.method == "POST" else MAY_SEE
    house = allowed(request, brand, code, right)
    kept = versions(house, code)
    if request.method != "POST":
        manner = kept[0].manner if kept else Manner(code)
        earlier = next((v for v in kept if str(v.number) == request.GET.get("version")), None)
        shown = earlier.manner if earlier else manner
        form = VoiceForm(initial=initial(shown) | {"number": manner.version})
        topics = TopicFormSet(initial=initial_topics(shown), prefix="topics")
        return edit_page(request, house, code, form, topics, kept, earlier=earlier)
    form, topics = given(request)
    if form.is_valid() and topics.is_valid():
        manner = form.manner(code, topics_of(topics))
        try:
            version = save(house, manner, person(request), form.cleaned_data["note"])
        except MeanwhileError as error:
            messages.error(request, str(error))
            return edit_page(request, house, code, form, topics, kept)
        messages.success(request, f"Saved as version {version.number}. It is spoken from now on.")
        return redirect("admin:voice_edit", house.pk, code)
    return edit_page(request, house, code, form, topics, kept)


def given(request: HttpRequest) -> tuple[VoiceForm, Any]:
    return VoiceForm(request.POST), TopicFormSet(request.POST, prefix="topics")


def edit_page(
    request: HttpRequest,
    brand: Brand,
    code: str,
    form: VoiceForm,
    topics: Any,
    kept: list[VoiceVersion],
    **more: Any,
) -> HttpResponse:
    name = language(code)
    return page(
        request,
        "console/voice_edit.html",
        f"The voice in {name}",
        (("Voice", f"{reverse(LIST)}?brand={brand.pk}"),),
        brand=brand,
        code=code,
        language=name,
        form=form,
        topics=topics,
        history=history(kept),
        current=kept[0] if kept else None,
        may_edit=request.user.has_perm(MAY_EDIT),
        **more,
    )


def history(kept: list[VoiceVersion]) -> list[dict[str, Any]]:
    earlier = [*kept[1:], None][: len(kept)]
    return [
        {
            "version": version,
            "who": told.who(version, "by"),
            "when": told.moment(version.at, version.brand),
            "changed": changes(before.manner if before else None, version.manner),
        }
        for version, before in zip(kept, earlier, strict=True)
    ][:SHOWN]


@require_POST
def try_it(request: HttpRequest, brand: int, code: str) -> HttpResponse:
    """A question answered in the voice as it is saved and as the form has it; nothing is kept."""
    house = allowed(request, brand, code, MAY_EDIT)
    form, topics = given(request)
    question = " ".join(request.POST.get("question", "").split())[:500]
    more: dict[str, Any] = {"question": question, "tried": True}
    if not question:
        more["trouble"] = "Write a question to hear it answered."
    elif form.is_valid() and topics.is_valid():
        more["heard"] = heard(house, question, form.manner(code, topics_of(topics)))
    else:
        more["trouble"] = "Something in the voice cannot stay as it is; it is marked below."
    return edit_page(request, house, code, form, topics, versions(house, code), **more)


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Speak as an earlier version again."""
    if not request.user.has_perm(MAY_EDIT):
        raise PermissionDenied
    earlier = get_object_or_404(VoiceVersion, pk=pk)
    try:
        version = restore(earlier, person(request))
    except MeanwhileError as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request, f"It is spoken as in version {earlier.number} again, as {version.number}."
        )
    return redirect("admin:voice_edit", earlier.brand_id, earlier.language)
