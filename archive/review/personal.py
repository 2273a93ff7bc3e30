"""Personal data that has a form of its own: addresses of mail, telephones, accounts, cards, places.

What is found here is shown to staff, so that they look before readers do. It says nothing of
names, and of what has no form: an empty list is no promise. Nothing leaves this process.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}(?<![.\-_])")
IBAN = re.compile(
    r"\b[A-Z]{2}\d{2}(?:[ \u00a0\u202f]?[A-Z0-9]{4}){2,7}(?:[ \u00a0\u202f]?[A-Z0-9]{1,4})?\b"
)
CARD = re.compile(r"(?<![\d.,-])\d(?:[ \u00a0-]?\d){12,18}(?![\d-])")
# With the country's number, or written as in France, Italy, Britain, Japan and the United States.
PHONE = re.compile(
    r"(?<![\w+])(?<!\d[ -])(?:"
    r"\+[1-9](?:[ \u00a0.()/-]{0,2}\d){7,13}"
    r"|00[1-9](?:[ \u00a0.()/-]{0,2}\d){9,13}"
    r"|0[1-9](?:[ \u00a0.-]\d\d){4}"
    r"|0\d{1,3}[ /-]\d{5,8}"
    r"|0\d{2,4} \d{3,4} \d{3,4}"
    r"|0\d{1,3}-\d{2,4}-\d{4}"
    r"|\(\d{3}\) ?\d{3}-\d{4}"
    r")(?![\w-])(?! \d)"
)
POSTAL = re.compile(
    r"〒 ?\d{3}-\d{4}"
    r"|\b\d{1,4}(?: ?(?:bis|ter))?,? (?:rue|avenue|boulevard|place|quai|montée|impasse|allée|"
    r"passage|chemin|via|viale|piazza|corso) [^\n,;.]{3,40}, ?\d{5} [A-ZÀ-Ý][\w’'-]+"
    r"|\b\d{1,5} (?:[A-Z][a-z]+ ){1,3}(?:Street|Road|Lane|Avenue|Row|Square|Drive), [^\n;.]{3,40}"
    r"\b(?:[A-Z]{1,2}\d[\dA-Z]? ?\d[A-Z]{2}|[A-Z]{2} \d{5})\b"
)


@dataclass(frozen=True, slots=True)
class Personal:
    """`text[start:end]`, and what it looks like."""

    kind: str  # email, telephone, iban, card, address
    start: int
    end: int


def personal(text: str) -> list[Personal]:
    """In the order of the text, none within another."""
    found: list[Personal] = []
    taken = 0
    for each in sorted(candidates(text), key=lambda one: (one.start, -one.end)):
        if each.start >= taken:
            found.append(each)
            taken = each.end
    return found


def candidates(text: str) -> Iterator[Personal]:
    if "@" in text:
        yield from spans("email", EMAIL, text)
    for each in spans("iban", IBAN, text):
        if is_iban(text[each.start : each.end]):
            yield each
    for each in spans("card", CARD, text):
        if is_card(text[each.start : each.end]):
            yield each
    yield from spans("telephone", PHONE, text)
    yield from spans("address", POSTAL, text)


def spans(kind: str, form: re.Pattern[str], text: str) -> Iterator[Personal]:
    for match in form.finditer(text):
        yield Personal(kind, *match.span())


def is_iban(written: str) -> bool:
    """ISO 13616: the digits, letters as 10 to 35 and the first four last, leave 1 of 97."""
    plain = re.sub(r"\s", "", written)
    moved = plain[4:] + plain[:4]
    return 15 <= len(plain) <= 34 and int("".join(str(int(sign, 36)) for sign in moved)) % 97 == 1


def is_card(written: str) -> bool:
    """The check digit of ISO/IEC 7812 (Luhn), for numbers that begin as payment cards do."""
    digits = [int(sign) for sign in written if sign.isdigit()]
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[-2::-2])
    return digits[0] in (2, 3, 4, 5, 6) and (sum(doubled) + sum(digits[-1::-2])) % 10 == 0


def masked(text: str) -> str:
    """`text` with what was found in it replaced by what kind it is."""
    parts, last = [], 0
    for each in personal(text):
        parts += [text[last : each.start], f"[{each.kind}]"]
        last = each.end
    return "".join([*parts, text[last:]])
