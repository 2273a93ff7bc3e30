"""A source's form, with the usual schedules to choose from."""

import re
from typing import Any

from django import forms
from unfold.widgets import (
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from archive.models import Source
from archive.sources.kind import SourceError, vet
from archive.sources.schedule import WEEKDAYS, ScheduleError, crontab

RHYTHMS = (
    ("", "By hand"),
    ("hourly", "Every hour"),
    ("daily", "Every day"),
    ("weekly", "Every week"),
    ("own", "A schedule of its own"),
)
AT = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
DEFAULT_AT = "03:00"
LABELS = {"schedule": "Its schedule", "enabled": "Switched on"}
ADDRESSES = (
    "A folder: /house/press. A store: s3://bucket/press. A website: https://www.example.com, or "
    "its sitemap. Web pages: one address a line. A feed or a shop: its address."
)


class SourceForm(forms.ModelForm):  # type: ignore[type-arg]
    """The schedule is chosen by its rhythm, or written as five parts."""

    rhythm = forms.ChoiceField(
        label="When it is read",
        choices=RHYTHMS,
        required=False,
        widget=UnfoldAdminSelectWidget,
    )
    at = forms.CharField(
        label="At",
        required=False,
        initial=DEFAULT_AT,
        widget=UnfoldAdminTextInputWidget,
        help_text="In the house's own time; “every hour” takes the minutes alone.",
    )
    weekday = forms.ChoiceField(
        label="On",
        choices=[(str(n), WEEKDAYS[n]) for n in (1, 2, 3, 4, 5, 6, 0)],
        required=False,
        widget=UnfoldAdminSelectWidget,
    )

    class Meta:
        model = Source
        fields = (
            *("brand", "name", "kind", "address", "schedule", "enabled"),
            *("document_kind", "audience", "rights", "licence", "arrives"),
        )
        widgets = {"address": UnfoldAdminTextareaWidget(attrs={"rows": 3})}

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        for name, label in LABELS.items():
            if name in self.fields:
                self.fields[name].label = label
        if "address" in self.fields:
            self.fields["address"].help_text = ADDRESSES
        self.initial.update(rhythm_of(self.instance.schedule))

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        brand = found.get("brand") or getattr(self.instance, "brand", None)
        try:
            found["schedule"] = schedule_of(found)
            if found["schedule"] and brand:
                crontab(found["schedule"], brand)
        except ScheduleError as error:
            own = found.get("rhythm") == "own"
            self.add_error("schedule" if own else "at", str(error))
        kind = found.get("kind") or self.instance.kind
        if brand and kind and found.get("address"):
            try:
                vet(Source(brand=brand, kind=kind, address=found["address"]))
            except SourceError as error:
                self.add_error("address", str(error))
        return found


def rhythm_of(schedule: str) -> dict[str, str]:
    """The form's fields for a schedule."""
    parts = schedule.split()
    if not parts:
        return {"rhythm": "", "at": DEFAULT_AT, "weekday": "1"}
    if len(parts) == 5 and parts[0].isdecimal() and parts[2:4] == ["*", "*"]:
        minute, hour, _, _, weekday = parts
        at = f"{int(hour) if hour.isdecimal() else 0:02}:{int(minute):02}"
        if hour == weekday == "*":
            return {"rhythm": "hourly", "at": at, "weekday": "1"}
        if hour.isdecimal() and weekday == "*":
            return {"rhythm": "daily", "at": at, "weekday": "1"}
        if hour.isdecimal() and weekday in set("0123456"):
            return {"rhythm": "weekly", "at": at, "weekday": weekday}
    return {"rhythm": "own", "at": DEFAULT_AT, "weekday": "1"}


def schedule_of(found: dict[str, Any]) -> str:
    """The schedule that the form's fields say. Raises ScheduleError."""
    rhythm = found.get("rhythm", "")
    if rhythm == "own":
        written = " ".join((found.get("schedule") or "").split())
        if not written:
            raise ScheduleError("Write its five parts: minute, hour, day, month, weekday.")
        return written
    if not rhythm:
        return ""
    time = AT.fullmatch((found.get("at") or DEFAULT_AT).strip())
    if time is None:
        raise ScheduleError("Write the time as 03:00.")
    hour, minute = int(time[1]), int(time[2])
    if rhythm == "hourly":
        return f"{minute} * * * *"
    weekday = (found.get("weekday") or "1") if rhythm == "weekly" else "*"
    return f"{minute} {hour} * * {weekday}"
