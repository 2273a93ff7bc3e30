"""The form of an approved answer: its words, its questions, what it quotes and shows."""

from typing import Any

from babel import Locale, UnknownLocaleError
from django import forms
from django.conf import settings
from django.forms.models import BaseInlineFormSet
from unfold.widgets import UnfoldAdminSelectWidget

from concierge.approved.models import ApprovedAnswer, Quotation, Status, Wording, key
from concierge.approved.quote import marks, span

NO_LANGUAGE = "“{}” is no language: write en, fr, it, de."
NOWHERE = "These words do not stand in “{}”. Copy them from its text, a whole phrase."


def known_language(code: str) -> str:
    """Lower case. Raises ValidationError for what names no language."""
    try:
        Locale.parse(code.strip(), sep="-")
    except (UnknownLocaleError, ValueError):
        raise forms.ValidationError(NO_LANGUAGE.format(code)) from None
    return code.strip().lower()


class SpokenForm(forms.ModelForm):  # type: ignore[type-arg]
    """Its language is chosen of those that a house may speak, or stays what it was."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        if "language" in self.fields:
            known = dict(settings.LANGUAGES)
            kept = self.initial.get("language")
            choices = known if not kept or kept in known else known | {kept: kept}
            self.fields["language"].widget = UnfoldAdminSelectWidget(choices=[*choices.items()])


class AnswerForm(SpokenForm):
    class Meta:
        model = ApprovedAnswer
        fields = ("brand", "text", "language", "audience", "expires", "note")

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"].strip()
        if not text and self.instance.status == Status.LIVE:
            raise forms.ValidationError("It is live: take it back to a draft to empty it.")
        return text

    def clean_language(self) -> str:
        return known_language(self.cleaned_data["language"])


class WordingFormSet(BaseInlineFormSet):  # type: ignore[type-arg]
    """At least one question; none twice."""

    def clean(self) -> None:
        super().clean()
        seen: set[str] = set()
        for form in self.forms:
            text = form.cleaned_data.get("text") if hasattr(form, "cleaned_data") else None
            if not text or form.cleaned_data["DELETE"]:
                continue
            if key(text) in seen:
                form.add_error("text", "The same words stand above already.")
            seen.add(key(text))
        if not seen:
            raise forms.ValidationError("Write at least one question that it answers.")


class WordingForm(SpokenForm):
    class Meta:
        model = Wording
        fields = ("text", "language")

    def clean_language(self) -> str:
        return known_language(self.cleaned_data["language"])


class QuotationForm(forms.ModelForm):  # type: ignore[type-arg]
    """Words copied from a document; kept is exactly what stands there."""

    class Meta:
        model = Quotation
        fields = ("number", "document", "cited_text")
        widgets = {"cited_text": forms.Textarea(attrs={"rows": 3})}

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        document, words = found.get("document"), found.get("cited_text")
        if not document or not words:
            return found
        place = span(document.text, words)
        if place is None:
            self.add_error("cited_text", NOWHERE.format(document))
            return found
        self.instance.start, self.instance.end = place
        self.instance.version = document.current
        found["cited_text"] = document.text[slice(*place)]
        return found


class QuotationFormSet(BaseInlineFormSet):  # type: ignore[type-arg]
    def clean(self) -> None:
        """Raises ValidationError for a mark in the text that no quotation has."""
        super().clean()
        if any(self.errors):
            return
        kept = [
            form for form in self.forms if form.cleaned_data and not form.cleaned_data["DELETE"]
        ]
        for form in kept:
            document = form.cleaned_data["document"]
            if document.brand_id != self.instance.brand_id:
                form.add_error("document", "It belongs to another brand.")
        numbers = {form.cleaned_data["number"] for form in kept}
        if missing := sorted(marks(self.instance.text) - numbers):
            marked = ", ".join(f"[{number}]" for number in missing)
            raise forms.ValidationError(f"The answer marks {marked}, which no quotation has.")


class PieceFormSet(BaseInlineFormSet):  # type: ignore[type-arg]
    def clean(self) -> None:
        super().clean()
        for form in self.forms:
            product = getattr(form, "cleaned_data", {}).get("product")
            if product and product.brand_id != self.instance.brand_id:
                form.add_error("product", "It belongs to another brand.")
