"""The console's form of a brand's provider contract, and what it means today."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget, UnfoldAdminTextInputWidget

from concierge.llm.contract import lacking
from concierge.llm.models import Contract
from concierge.llm.registry import configured

LACKING = {
    "": "May be asked",
    "provider": "Not named by this contract",
    "region": "Computes elsewhere, or nobody has said where",
    "zero_retention": "Nobody has said that it keeps nothing",
}


def split(told: str) -> list[str]:
    """Names between commas, in lower case, each once and in order."""
    return list(dict.fromkeys(filter(None, (each.strip().lower() for each in told.split(",")))))


class ContractForm(forms.ModelForm):  # type: ignore[type-arg]
    providers = forms.MultipleChoiceField(
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
        required=False,
        help_text="None ticked: each that the installation has a key for.",
    )
    regions = forms.CharField(
        widget=UnfoldAdminTextInputWidget,
        required=False,
        max_length=200,
        help_text="Where they may compute, with commas: “eu, ch”. Empty: anywhere.",
    )

    class Meta:
        model = Contract
        fields = ["brand", "providers", "regions", "zero_retention"]

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        if self.instance.pk:
            self.initial["regions"] = ", ".join(self.instance.regions)
        # One that the settings no longer have stays to be seen, and to be unticked.
        names = dict.fromkeys([*settings.LLM_PROVIDERS, *self.instance.providers])
        field: Any = self.fields["providers"]
        field.choices = [(name, name) for name in names]

    def clean_regions(self) -> list[str]:
        regions = split(self.cleaned_data["regions"])
        if any(len(each) > 20 for each in regions):
            raise forms.ValidationError("A region is a short name, as “eu”.")
        return regions


@dataclass(frozen=True, slots=True)
class Standing:
    """One provider, and whether a contract lets it be asked."""

    provider: str
    model: str
    region: str
    keeps: str
    verdict: str


def standings(contract: Contract) -> list[Standing]:
    """Those the installation has, in the order they are asked."""
    return [
        Standing(
            provider=endpoint.provider,
            model=endpoint.model,
            region=endpoint.region or "not said",
            keeps="nothing" if endpoint.zero_retention else "not said",
            verdict=LACKING[lacking(endpoint, contract)],
        )
        for _, endpoint in configured()
    ]
