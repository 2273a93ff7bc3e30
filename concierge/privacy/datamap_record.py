"""The data map and the record of processing (GDPR Art. 30) in Markdown, for a house's lawyer."""

from archive.models import Brand
from concierge.llm.models import Contract
from concierge.privacy.datamap import CODE, OWN_WORDS, WHOSE, Table, tables

WHO = {
    "client": "Clients and visitors",
    "staff": "Staff of the house",
    "artisan": "Makers, designers and artisans named in the archive",
    "house": "The house itself",
    "nobody": "Nobody",
}
OF_PERSONS = ("client", "staff", "artisan")
MEASURES = (
    "Words of clients are sealed (AES-256-GCM) with a key of each person's own, itself sealed with "
    "a key of the environment: docs/privacy-keys.md.",
    "Identifiers are replaced before anything is sent to a provider, and put back in the reply: "
    "docs/redaction.md.",
    "Rows of another person or house are hidden by the database itself: docs/decisions/wall.md.",
    "Staff read a client's words for a stated reason only; each reading is recorded in a chained "
    "log and shown to the client: docs/security.md.",
    "Backups are sealed; keys lie apart from them: docs/backup.md.",
    "Somebody who is forgotten is removed from every table, file, queue and cache, from the disk "
    "by a nightly pass, and again after every restored backup.",
)


def record(brand: Brand | None = None) -> str:
    """For one house, with its providers; without one, as the product stands."""
    return "\n".join([*head(brand), *activities(), *measures(), *data_map()])


def head(brand: Brand | None) -> list[str]:
    house = brand.name if brand else "the house that runs Concierge"
    return [
        "## Record of processing activities",
        "",
        f"Controller: {house}. Contact of the controller and of the data protection officer: to be "
        "filled in by the house.",
        "",
        f"Recipients: {recipients(brand)} Nobody else is sent anything.",
        "",
        "Transfers to third countries: those of the providers above, as their regions say; none "
        "where answers are quoted from the archive and embedded on the machine, which is the "
        "default.",
        "",
    ]


def recipients(brand: Brand | None) -> str:
    contract = Contract.objects.filter(brand=brand).first() if brand else None
    if contract is None:
        return "the providers of language models that the house has a key for, if any."
    names = ", ".join(contract.providers) or "each provider the installation has a key for"
    regions = ", ".join(contract.regions) or "any region"
    kept = "nothing may be kept" if contract.zero_retention else "as their terms say"
    return f"{names} ({regions}; {kept})."


def activities() -> list[str]:
    """One row for each purpose: whose data, of what kind, on what basis, for how long."""
    grouped: dict[tuple[str, str, str], list[Table]] = {}
    for each in tables().values():
        if each.whose in OF_PERSONS:
            grouped.setdefault((each.whose, each.purpose, each.basis), []).append(each)
    rows = [
        f"| {purpose} | {WHO[whose]} | {'; '.join(dict.fromkeys(t.what for t in group))} "
        f"| {basis} | {'; '.join(dict.fromkeys(t.kept for t in group))} |"
        for (whose, purpose, basis), group in grouped.items()
    ]
    return [
        "| Purpose | Data subjects | Categories of data | Basis (a suggestion) | Kept |",
        "|---|---|---|---|---|",
        *rows,
        "",
    ]


def measures() -> list[str]:
    return ["Security (Art. 32):", "", *(f"- {each}" for each in MEASURES), ""]


def data_map() -> list[str]:
    lines = ["## Data map", ""]
    for whose in WHOSE:
        lines += [f"### {WHO[whose]}", "", "| Table | Holds | When somebody is forgotten |"]
        lines += ["|---|---|---|"]
        found = [each for each in tables().values() if each.whose == whose]
        lines += [
            f"| `{each.name}`: {each.what} | {held(each)} | {each.erased} |" for each in found
        ]
        lines.append("")
    return lines


def held(each: Table) -> str:
    """What its columns hold; those of codes and of the house's own words by their names."""
    told = [
        f"`{column}`: {what}"
        for column, what in each.columns.items()
        if what not in (CODE, OWN_WORDS)
    ]
    words = [f"`{column}`" for column, what in each.columns.items() if what == OWN_WORDS]
    codes = [f"`{column}`" for column, what in each.columns.items() if what == CODE]
    told += [f"{', '.join(words)}: {OWN_WORDS}"] if words else []
    told += [f"codes and digests: {', '.join(codes)}"] if codes else []
    return "; ".join(told) or "numbers and dates"
