"""How long a house keeps each kind of thing, in days and in a client's words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.models import Brand
from concierge.privacy.models import Period

Kind = Period.Kind
DEFAULTS = {  # days
    Kind.CONVERSATIONS: 365,
    Kind.MEMORIES: 730,
    Kind.GAPS: 180,
    Kind.VISITORS: 30,
    Kind.READINGS: 730,
    Kind.CALLS: 400,
}
YEAR = 365  # days


def days_of(brand: Brand) -> dict[str, int]:
    """By kind: the house's own where it has said one."""
    own = dict(Period.objects.filter(brand=brand).values_list("kind", "days"))
    return {str(kind): own.get(kind, days) for kind, days in DEFAULTS.items()}


def periods(brand: Brand) -> list[tuple[str, int | None, str]]:
    """(kind, days, words) of everything kept, for the client; days are None where a period is not
    the house's to choose. In the language that is active."""
    since = {
        Kind.CONVERSATIONS: _("%(time)s after the last word"),
        Kind.MEMORIES: _("%(time)s after it was last put right or told"),
        Kind.GAPS: _("%(time)s after it was last asked"),
        Kind.VISITORS: _("%(time)s after its first visit"),
        Kind.READINGS: _("%(time)s after the reading"),
        Kind.CALLS: _("%(time)s after the call"),
    }
    told: list[tuple[str, int | None, str]] = [
        (str(Kind(kind).label), days, since[Kind(kind)] % {"time": length(days)})
        for kind, days in days_of(brand).items()
    ]
    return [
        *told,
        (_("A conversation off the record"), None, _("until it ends; then only a count is left")),
        (_("A file of your data that you asked for"), 1, length(1)),
        (_("The note that you were forgotten"), None, _("for as long as the house exists")),
        (_("Backups"), None, _("your words in them cannot be read once you are forgotten")),
    ]


def length(days: int) -> str:
    """“2 years”, “180 days”."""
    if days % YEAR == 0:
        years = days // YEAR
        return ngettext("%(count)d year", "%(count)d years", years) % {"count": years}
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
