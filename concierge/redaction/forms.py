"""Identifiers that Presidio's recognisers do not know, or only in one country's way of writing."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from concierge.redaction.found import Found
from concierge.redaction.presidio import is_domain

Check = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Written:
    """A pattern; where it has a group named `it`, that group alone is the identifier."""

    kind: str
    form: re.Pattern[str]
    check: Check | None = None
    gate: str = ""  # what a text has not that need not be looked through: a sign, or NUMBER


NUMBER = "0"
# Five digits that stand together, four that are no year, or digits among letters as in a passport.
NUMBERED = re.compile(
    r"(?:\d[ ./-]{0,2}[A-Za-z]{0,2}){5}|(?<!\d)(?!1[5-9]\d\d(?!\d)|20\d\d(?!\d))\d{4}"
    r"|(?<![A-Za-z0-9])(?=[A-Za-z]{0,8}\d[A-Za-z]{0,8}\d)[A-Za-z0-9]{7,20}(?![A-Za-z0-9])"
)


def digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def is_spelled(text: str) -> bool:
    """Whether "anna at mail dot org" ends in the word of a domain, and is no sentence."""
    return is_domain(f"a.{re.split(r'[^a-z]+', text.lower())[-1]}")


def is_card(text: str) -> bool:
    """The check digit of ISO/IEC 7812."""
    numbers = [int(each) for each in digits(text)]
    doubled = (sum(divmod(2 * number, 10)) for number in numbers[-2::-2])
    return 12 <= len(numbers) <= 19 and (sum(doubled) + sum(numbers[-1::-2])) % 10 == 0


def is_nir(text: str) -> bool:
    """The key of a French number of social security: 97 less what its digits leave of 97."""
    bare = re.sub(r"[\s.-]", "", text).upper().replace("2A", "19").replace("2B", "18")
    return len(bare) == 15 and 97 - int(bare[:13]) % 97 == int(bare[13:])


def has_number(text: str) -> bool:
    """Enough digits for a number of one's own, and not a year."""
    found = digits(text)
    return len(found) >= 4 and not re.fullmatch(r"(?:1[5-9]|20)\d\d", text)


def long_number(text: str) -> bool:
    return len(digits(text)) >= 5


def is_document(text: str) -> bool:
    """Five digits, or what passports of letters and digits have: nothing that is a word."""
    bare = re.sub(r"[^A-Za-z0-9]", "", text)
    return long_number(text) or (len(bare) >= 7 and len(digits(text)) >= 2)


# Between the word for a thing and its number: "order no. ", "mon passeport porte le numéro ".
FILLING = (
    r"(?:\W{0,3}(?:numbers?|num|no|nr|n[°º]?|num[ée]ro|numero|nummer|id|ref\w*|code|card"
    r"|karte|carte|carta|identit[äàé]?\w*|d['’]identit\w*|di|de|du|della|der|die|das|le|la|il|the"
    r"|is|are|was|est|[èé]|e['’]|ist|lautet|war|sono|era|[ée]tait|hat|has|had|ha|porte|a|reads"
    r"|bears"
    r"|says|dit|dice|intracommunautaire|bancaire|colissimo|chronopost|mondial relay|dhl|ups|fedex"
    r"|dpd|gls|hermes|brt|sda|poste|royal mail|evri|usps|post)(?![\w]|[-/]\w)\.?){0,5}\W{0,4}"
)
VALUE = r"(?P<it>(?:(?=[A-Z0-9./ -]{0,24}\d)[A-Z0-9](?:[./ -]?[A-Z0-9]){3,22}"  \
        r"|(?=[a-z]{0,8}\d)(?=(?:[a-z]*\d){2})[a-z0-9]{6,20}))(?![A-Za-z0-9])"  # fmt: skip
# "facture de 1 480": what it comes to.
NO_SUM = r"(?!(?:(?<=\b(?:de|di|da|of)) |(?<=\b(?:de|di|da|of) ))\d{1,3}[ .]\d{3}(?![./ -]?\d))"
NUMERIC = NO_SUM + (
    r"(?P<it>[A-Z]{0,4}[ /-]?\d(?:[./ -]?(?:[A-Z]{1,3}[./-]?)?\d){3,24}"
    r"(?:[/-]?[A-Z]{1,3})?)(?![A-Za-z0-9])"
)


def labelled(kind: str, words: str, value: str = NUMERIC, check: Check = has_number) -> Written:
    form = rf"\b(?i:(?:{words}){FILLING}){value}"
    return Written(kind, re.compile(form), check, NUMBER)


AT = r"(?:\s?[\[({]\s?(?:at|@|ät|arobase|chiocciola|arroba)\s?[\])}]\s?" \
     r"|\s(?:at|arobase|chiocciola|ät|arroba|klammeraffe)\s)"  # fmt: skip
DOT = r"(?:\s?[\[({]\s?(?:dot|\.|point|punto|punkt)\s?[\])}]\s?|\s(?:dot|point|punto|punkt)\s|\.)"
PART = r"[^\W_][\w+-]{0,40}"

FORMS = (
    Written("TEXT", re.compile(r"\[[A-Z]{2,8}_\d{1,4}\]"), gate="["),
    # Also of suffixes that no public list has: a house's own network, a country to come.
    Written(
        "EMAIL",
        re.compile(
            r"[^\s@<>(),;:\"\[\]]{1,64}@(?:[^\W_](?:[\w-]{0,62}[^\W_])?\.){1,5}[^\W\d_]{2,24}"
        ),
        gate="@",
    ),
    Written(
        "EMAIL",
        re.compile(r"[\w.+-]{1,64} ?@ ?[\w-]{1,63}(?:(?:\.| \. )[\w-]{2,24}){1,3}"),
        gate="@",
    ),
    Written(
        "EMAIL",
        re.compile(
            rf"\b{PART}(?:{DOT}{PART}){{0,3}}{AT}{PART}(?:{DOT}{PART}){{0,2}}{DOT}[a-z]{{2,6}}\b",
            re.IGNORECASE,
        ),
        is_spelled,
    ),
    Written(
        "LINK",
        re.compile(r"\b[a-z][a-z0-9+.-]{1,12}://[^\s<>\"'«»]{3,500}", re.IGNORECASE),
        gate="/",
    ),
    # A page without a scheme, by what its domain ends in.
    Written(
        "LINK",
        re.compile(
            r"(?<![\w@.:/-])(?:[a-z0-9][a-z0-9-]{0,62}\.){1,4}[a-z]{2,24}/[^\s<>\"'«»,;]{2,300}",
            re.IGNORECASE,
        ),
        lambda link: is_domain(link.partition("/")[0]),
        "/",
    ),
    Written("LINK", re.compile(r"\bwww\.[^\s<>\"'«»]{3,500}", re.IGNORECASE), gate="w"),
    Written(
        "IP",
        re.compile(
            r"(?<![\w.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\w-]|\.\d)"
        ),
        gate=".",
    ),
    Written(
        "IP",
        re.compile(
            r"(?<![\w:])(?=[0-9a-f:]*\d)(?:[0-9a-f]{1,4}:{1,2}){2,7}[0-9a-f]{1,4}(?![\w:])",
            re.IGNORECASE,
        ),
        gate=":",
    ),
    labelled(
        "IBAN",
        r"iban|bank\s?account|account|compte|conto|konto|bankverbindung|rib",
        # The letters of a bank, and then digits: no word that follows.
        r"(?P<it>[A-Za-z]{2}\d{2}(?:[ -]?[A-Za-z]{4})?"
        r"(?:[ -]?(?=[A-Za-z]{0,3}\d)[A-Za-z0-9]{1,4}){2,8})"
        r"(?![A-Za-z0-9])",
        long_number,
    ),
    Written(
        "CARD", re.compile(r"(?<![\w.,/-])[2-6]\d{3}(?:[ -]?\d){11,15}(?![\w-])"), is_card, NUMBER
    ),
    labelled(
        "CARD",
        r"cards?|cc|visa|mastercard|amex|american express|maestro|carte(?: bancaire| bleue)?|cb"
        r"|carta(?: di credito)?|(?:kredit|bank|giro)?karte",
        r"(?:[^\d\n]{0,24})(?P<it>\d(?:[ -]?\d){11,18})(?![\w-])",
        long_number,
    ),
    Written(
        "ID",
        re.compile(
            r"(?<![\w-])[12][ .]?\d\d[ .]?(?:0[1-9]|1[0-2]|[2-9]\d)[ .]?(?:\d\d|2[AB])[ .]?\d{3}"
            r"[ .]?\d{3}[ .]?\d\d(?![\w-])"
        ),
        is_nir,
        NUMBER,
    ),
    Written("ID", re.compile(r"(?<![\w-])(?:\d{3}-\d{2}-\d{4}|\d{2}-\d{7})(?![\w-])"), gate=NUMBER),
    Written(
        "ID",
        re.compile(
            r"\b(?:IT ?\d{11}|FR ?[A-Z0-9]{2} ?\d{3} ?\d{3} ?\d{3}|DE ?\d{3} ?\d{3} ?\d{3}"
            r"|GB ?\d{3} ?\d{4} ?\d{2}|ES ?[A-Z]\d{7}[A-Z0-9]|ATU ?\d{8}|BE ?[01]\d{9}"
            r"|CHE-?\d{3}\.?\d{3}\.?\d{3}|NL\d{9}B\d{2})\b"
        ),
        gate=NUMBER,
    ),
    labelled(
        "ID",
        r"passports?|passeport|passaporto|(?:reise)?pass|pasaporte|identity card|id card|cni"
        r"|carte (?:nationale )?d['’]identit[ée]|carta d['’]identit[àa]|(?:personal)?ausweis\w*"
        r"|dni|nif"
        r"|nie|driver['’]?s? licen[cs]e|driving licen[cs]e|licen[cs]e plate|permis(?: de conduire)?"
        r"|patente(?: di guida)?|führerschein\w*|social security|ssn|national insurance|ni number"
        r"|nino"
        r"|nhs|s[ée]curit[ée] sociale|num[ée]ro de s[ée]cu|nir|codice fiscale|c\.?f\.|steuer-?id\w*"
        r"|steueridentifikations\w*|idnr\.?|steuernummer|sozialversicherungs\w*"
        r"|rentenversicherungs\w*"
        r"|tax (?:id|number|ref\w*)|utr|taxpayer|itin|tin|partita iva|p\.? ?iva|vat|tva"
        r"|ust-?id\w*|mwst"
        r"|siret|siren|travel document|document de voyage|documento di viaggio|reisedokument"
        r"|residence permit|titre de s[ée]jour|permesso di soggiorno|aufenthaltstitel|green card"
        r"|tessera sanitaria|carte vitale|versicherten\w*|kranken(?:versicher|kasse)\w*"
        r"|health insurance|ahv\w*|avs|bsn|pesel|cpf|oib",
        VALUE,
        is_document,
    ),
    labelled(
        "ORDER",
        r"orders?|purchase|commande|ordine|ordini|bestell\w*|auftrag\w*|invoices?|factures?|fattura"
        r"|rechnung\w*|receipt|ticket|re[çc]u|scontrino|kassenbon|bookings?|reservation"
        r"|r[ée]servation"
        r"|prenotazione|buchung\w*|reservierung\w*|customer|client|cliente|kunden\w*|loyalty"
        r"|fid[ée]lit[ée]|fedelt[àa]|member(?:ship)?|adh[ée]rent|tessera|mitglieds?\w*|account|compte"
        r"|conto"
        r"|konto|tracking|suivi|spedizione|sendung\w*|parcel|colis|pacco|paket\w*|dossier|case|file"
        r"|repair|r[ée]paration|riparazione|reparatur\w*|gift card|carte cadeau|carta regalo"
        r"|gutschein\w*|voucher|waybill|consignment|tracciamento|vorgangs?\w*|aktenzeichen",
    ),
    # Parcels: of the Universal Postal Union (S10), of two carriers.
    Written(
        "ORDER",
        re.compile(r"\b(?:[A-Z]{2} ?\d{9} ?[A-Z]{2}|1Z[0-9A-Z]{16}|JJD\d{10,20})\b"),
        gate=NUMBER,
    ),
    # A reference of letters and many digits; the house's own are spared by its rows.
    Written(
        "ORDER",
        re.compile(
            rf"\b(?i:ref\.?|r[ée]f[ée]rence|riferimento|referenz){FILLING}"
            r"(?P<it>[A-Z]{1,4}[-/]\d{5,12})(?![\w-])"
        ),
        gate=NUMBER,
    ),
    # Of what was ordered or bought; alone it is the house's reference.
    Written(
        "ORDER",
        re.compile(
            r"\b(?i:order|command|bestell|ordin|achet|bought|purchas|gekauft|comprat)[^\n.!?]{0,80}"
            rf"\b(?i:(?:r[ée]f|rif|reference|r[ée]f[ée]rence|riferimento|referenz)\.?{FILLING}){NUMERIC}"
        ),
        has_number,
        NUMBER,
    ),
)
# A code of the post may look like a year.
POST_CODE = re.compile(
    rf"\b(?i:(?:zip|post ?code|code postal|c\.?a\.?p\.?|plz|postleitzahl){FILLING})"
    r"(?P<it>(?=[A-Z0-9]{0,4}\d)[A-Z0-9]{2,5}(?:[ -][A-Z0-9]{2,4})?)(?![A-Za-z0-9])"
)


def written(text: str, forms: tuple[Written, ...] = FORMS) -> Iterator[Found]:
    numbered = NUMBERED.search(text)
    for each in forms:
        if not numbered if each.gate == NUMBER else each.gate not in text:
            continue
        for match in each.form.finditer(text):
            name = "it" if "it" in each.form.groupindex else 0
            if each.check is None or each.check(match[name]):
                start, end = match.span(name)
                said = match[name].rstrip(" .,;:!?)-’'")
                yield Found(each.kind, start, start + len(said) if said else end)
