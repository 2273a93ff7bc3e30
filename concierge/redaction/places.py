"""Postal addresses, as they are written in France, Italy, Germany, Britain and America."""

import re
from collections.abc import Iterator

from concierge.redaction.births import MONTHS
from concierge.redaction.folded import fold
from concierge.redaction.forms import POST_CODE
from concierge.redaction.found import Found
from concierge.redaction.words import ENDS, HONORIFICS

WORD = r"[^\W\d_][\w’'-]{0,30}"
NAME = r"(?:(?:St|Ste|Dr|Mt)\.|[A-ZÀ-ÖØ-Þ][\w’'-]{0,30})"
# A town, or a town with what tells it from others; with its code before or after.
TOWN_LINK = (
    r"(?:am|an|im|in|bei|ob|de[rs]?|du|la|les?|l[èe]s|sur|sous|en|aux?|on|upon|under|by|the|di|dell?[ao]?"
    r"|sul|nell?[ao]?|al|a|y)"
)
TOWN = rf"{NAME}(?:[ -](?:{NAME}|{TOWN_LINK}(?=[ -](?:{TOWN_LINK}[ -])?[A-ZÀ-Þ]))){{0,4}}"
CODE = r"(?:[A-Z]{1,2}-)?\d{4,5}"
UK = r"[A-Z]{1,2}\d[\dA-Z]? ?\d[A-Z]{2}"
AFTER = (
    rf"(?:\s?[,;\n]?\s{{0,3}}(?:{CODE} {TOWN}|(?:{TOWN},? )?(?:{UK}"
    rf"|[A-Z]{{2}} \d{{5}}(?:-\d{{4}})?)"
    rf"|{TOWN},? {CODE})(?: \([A-Z]{{2}}\))?)?"
)
STREET_FR = (
    r"(?:rue|r\.|avenue|av\.|boulevard|bd\.?|bld\.?|place|pl\.|quai|mont[ée]e|impasse|all[ée]es?"
    r"|passage|chemin|cours|route|square|villa|faubourg|cit[ée]|sentier|ruelle|venelle|corniche|voie|esplanade|traverse"
    r"|cour|parvis|sente|galerie|rond-point)"
)
STREET_IT = (
    r"(?:via|viale|v\.le|piazza|p\.zza|piazzale|corso|c\.so|largo|vicolo|strada|lungo\w+|lungarno|contrada"
    r"|salita|avenida|avda\.|paseo|plaza|carrer|rua|travessa|pra[çc]a|ulica|ul\.|localit[àa]|loc\.|frazione|fraz\.|calata|rione|calle|fondamenta|galleria|borgo)"
)
STREET_EN = (
    r"(?:street|st|road|rd|lane|ln|avenue|ave|row|square|sq|drive|dr|close|crescent|court|ct"
    r"|gardens"
    r"|gate|grove|hill|mews|park|place|pl|terrace|walk|way|yard|boulevard|blvd|circle|parkway|pkwy"
    r"|highway|hwy|path|heights|cottages|villas|parade|broadway|plaza|wharf|green|rise|view|trail|alley|quay"
    r"|buildings?|estate|chambers|arcade|croft|hollow|esplanade|promenade|vale)"
)
STREET_DE = (
    r"(?:stra(?:ß|ss)e|str\.|weg|gasse|platz|allee|ring|ufer|damm|hof|steig|steg|chaussee|promenade"
    r"|markt|graben|berg|garten|brücke|wall|pfad|kai|zeile"
    r"|straat|gracht|laan|kade|plein|gatan|v[äa]gen|gade|vej|veien|gata|katu)"
)
LINK = r"(?:de|du|des|la|le|les|l['’]|d['’]|aux?|à|et|sur|sous|en|the)"
HOUSE = r"\d{1,5}(?: ?(?:bis|ter|quater|[a-dA-D]\b))?(?:[-/]\d{1,4}|/[A-Za-z]\b)?"
OF_THE = r"(?:(?:de la|du|de l['’]|des) ?)?"  # "le 33 de la rue ..."
FLAT = (
    r"(?:(?i:flat|apartment|appartement|appt\.?|apt\.?|unit|suite|interno|int\.|wohnung)\s?"
    r"[\dA-Za-z]{1,5}(?: of)?,? (?:\w{0,20} )?)?"
)
BY_WAY = r"(?:the|our|your|my|this|that|an?|e-?mail|post|whatsapp)\b"  # "via the 16"
NOT_NAMED = r"(?:of|on|in|the|down|for|from|times?|days?|weeks?|years?|miles?|km|minutes?|pairs?)"

FORMS = (
    re.compile(
        rf"\b{FLAT}{HOUSE},? {OF_THE}(?i:{STREET_FR})(?: {LINK}){{0,3}} ?"
        rf"(?:{NAME}|\d{{1,2}}(?=\s[a-z]))(?:[ -](?:{LINK} ?){{0,3}}(?:{NAME})){{0,4}}{AFTER}"
    ),
    # In small letters, as far as a sign or what cannot be a street's name.
    re.compile(
        rf"\b{FLAT}{HOUSE},? (?i:{STREET_FR})(?: {WORD}){{1,5}}?"
        rf"(?=[,;.!?\n)]|\s(?:à|a|in|at|please|s['’]il|merci|et|c['’]est)\b|\s*$|\s\d){AFTER}"
    ),
    re.compile(
        rf"\b(?!(?i:via) {BY_WAY})(?i:{STREET_IT}) {WORD}(?: {WORD}){{0,4}}?,? ?(?:n\.? ?)?"
        rf"{HOUSE}{AFTER}"
    ),
    re.compile(rf"\b{FLAT}{HOUSE},? {NAME}(?: {NAME}){{0,3}} (?i:{STREET_EN})\b\.?{AFTER}"),
    # In small letters, of the words that are a street's and little else.
    re.compile(
        rf"(?<![\w.,/-])\d{{1,4}}[a-d]? (?!{NOT_NAMED} )(?:[a-z][\w’'-]{{2,20}} ){{1,2}}"
        r"(?:street|road|lane|avenue|ave|drive|close|crescent|terrace|gardens|mews|blvd|boulevard)\b"
    ),
    re.compile(
        rf"\b(?![a-z]+ring )(?:{NAME}[ -]){{0,3}}[\w’-]{{1,30}}?(?i:{STREET_DE}) {HOUSE}"
        rf"(?:,? (?:Whg\.?|Wohnung) \d+)?{AFTER}"
    ),
    re.compile(
        rf"\b(?:[Aa]m|[Aa]n der|[Ii]m|[Ii]n der|[Zz]um|[Zz]ur|[Uu]nter den) {NAME}(?: {NAME})?"
        rf" {HOUSE}, ?{CODE} {TOWN}"
    ),
    re.compile(
        r"\b(?:P\.? ?O\.? ?Box|Postfach|B\.?P\.?|Casella postale|PSC|Unit) \d{2,6}"
        r"(?:,? Box \d{2,6})?"
        r"(?:,? (?:cedex|\d{5}(?: [A-ZÀ-Þ][\w-]+)?|[A-Z]{3} [A-Z]{2} \d{5}))?"
    ),
    re.compile(rf"\b{UK}\b(?=\s*(?:$|[.,;!?)]))"),
    re.compile(r"〒 ?\d{3}-\d{4}"),
)
# Who says where they are, or where to send it; a house number follows somewhere.
AT_HOME = re.compile(
    r"\b(?:i live (?:at|in|on)|i['’]m (?:at|staying at)|my (?:home |postal |new "
    r"|delivery )?address(?: is)?"
    r"|(?:deliver|send|ship|sent|shipped|delivered)(?: \w+){0,3} to|j['’]habite(?: au| à)?"
    r"|je vis au"
    r"|mon adresse(?: est| :)?|(?:post|liefer)?adresse? ?:|livraison ?:"
    r"|indirizzo ?:|anschrift ?:|(?:livr|envoy|adress|exp[ée]di)\w+(?: \w+){0,3} (?:au|à)|abito in"
    r"|vivo in|il mio indirizzo(?: è)?|(?:sped|invi|consegn)\w+(?: \w+){0,3} (?:a|in)"
    r"|ich wohne (?:in der|im|am|an der|in)|meine adresse(?: ist| lautet)?|meine anschrift(?: ist)?"
    r"|(?:schick|send|liefer)\w+(?: \w+){0,4} (?:an|nach|in die))\W{1,3}"
    rf"(?P<it>[^\n.;!?]{{0,60}}?\b\d{{1,5}}[a-z]?\b(?:[^\n.;!?]{{0,60}}\b(?:{CODE}"
    rf"|{UK})\b(?-i: {TOWN})?)?"
    rf"|(?=[^\n.;!?]{{0,40}}\d)[^\n.;!?]{{4,60}})",
    re.IGNORECASE,
)
HAS_STREET = re.compile(
    rf"\b(?:{STREET_FR}|{STREET_IT}|{STREET_EN}|\w+{STREET_DE})\b|\wstr\.", re.IGNORECASE
)


# What may follow a street and its number: the flat, then the town.
FLAT_AFTER = (
    r"(?:,? ?(?i:(?:flat|apartment|appartement|appt\.?|apt\.?|app\.?|unit|suite|interno|int\.|scala"
    r"|piano|wohnung|whg\.?|b[âa]t(?:iment)?\.?|esc(?:alier)?\.?|[ée]tage|stiege|top)"
    r" ?(?:n[°º.]? ?)?[\da-z]{1,4}\b"
    r"|hinterhaus|vorderhaus|seitenflügel|rez-de-chauss[ée]e|erdgeschoss|dachgeschoss|piano terra"
    r"|\d{1,2}\.? ?(?:e|er|[èe]me|°|st|nd|rd|th)? ?(?:[ée]tage|piano|stock|og|floor)\b))?"
)
FLAT_NEXT = re.compile(FLAT_AFTER)
TOWN_NEXT = re.compile(rf"(?:,? (?:in|à|a) |, ?)(?P<town>{TOWN})")


HAS_CODE = re.compile(rf"\b(?:(?!(?:1[5-9]|20)\d\d\b){CODE}|{UK})\b", re.IGNORECASE)
# After a street, what is asked for: "in die Hauptstraße 12 den Schal", "to 3 Weir Street please".
OVER = re.compile(
    r"(?<=\w) (?:den|die|das|dem|ein|eine[nr]?|bitte|the|my|please|svp|per favore"
    r"|grazie|merci|danke)\b",
    re.IGNORECASE,
)
MONTH = re.compile(MONTHS, re.IGNORECASE)
YEAR = re.compile(r"(?:1[5-9]|20)\d\d,? [A-ZÀ-Þ]")
ENDS_IN_YEAR = re.compile(r"[^\W\d] (?:1[5-9]|20)\d\d$")
DATED = re.compile(
    rf"(?:\b{MONTHS}(?: \d{{1,2}},)?|\b(?:in|since|from|of|seit|depuis|en|dal|nel|im|jahr|\d\.)) $",
    re.IGNORECASE,
)


def is_year(text: str, match: re.Match[str]) -> bool:
    """Whether a year stands for a house's number: "on 3 May 1988, Ambry Row", "spring 2026"."""
    before = text[max(0, match.start() - 16) : match.start()]
    return bool(ENDS_IN_YEAR.search(match[0]) or (YEAR.match(match[0]) and DATED.search(before)))


def goes_on(text: str, end: int) -> int:
    """Where an address ends whose street or code ends at `end`: after its flat and its town."""
    flat = FLAT_NEXT.match(text, end)
    end = flat.end() if flat else end
    town = TOWN_NEXT.match(text, end)
    if not town:
        return end
    first = fold(town["town"].split()[0])
    return end if first in ENDS | HONORIFICS or MONTH.fullmatch(first) else town.end()


def addresses(text: str) -> Iterator[Found]:
    for form in FORMS:
        for match in form.finditer(text):
            if not is_year(text, match):
                yield Found("ADDRESS", match.start(), goes_on(text, match.end()))
    for match in POST_CODE.finditer(text):
        yield Found("ADDRESS", *match.span("it"))
    for match in AT_HOME.finditer(text):
        said = match["it"]
        if over := OVER.search(said):
            said = said[: over.start()]
        if HAS_STREET.search(said) or HAS_CODE.search(said):
            yield Found("ADDRESS", match.start("it"), match.start("it") + len(said.rstrip()))
