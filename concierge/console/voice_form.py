"""The form of a voice: from what a curator writes, a line an entry, to a manner and back."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from concierge.voice.brief import NAMES, REGISTERS
from concierge.voice.heed import EMOJI, EXCLAMATION
from concierge.voice.manner import LONGEST, Entry, Manner, Topic
from concierge.voice.terms import LONGEST_WORD, any_of, signs

PLACEHOLDER = re.compile(r"\{([^}]*)\}|[{}]")
KNOWN = {"house", "contact"}
MOST_LINES = 300
SENTENCES = (
    ("greeting", "To a hello", "Good day, and welcome to {house}."),
    ("thanks", "To a thank you", ""),
    ("sign_off", "Sign-off, to a goodbye", ""),
    ("nearest", "Above quotations that are only near", ""),
    ("silent", "Where the archive does not say", "{house} stands for the house’s name."),
    ("person", "To offer a person", "{contact} stands for how to reach one."),
    ("beyond", "To what is not the house’s to answer", ""),
    ("busy", "Where it cannot be looked up at the moment", ""),
    ("quoting", "Where the day’s models are spent, and the archive does not say", ""),
)
ADDRESSES = (("formal", "Formal: vous, Lei, Sie"), ("familiar", "Familiar: tu, tu, du"))
SHORTEST = 2  # letters of what is never said
TONES = (("", "As its character says"), *((key, key.capitalize()) for key in REGISTERS))


def area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class VoiceForm(forms.Form):
    """All of a manner but its topics. `number` is the version that the edit began from."""

    number = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    address = forms.ChoiceField(label="Form of address", choices=ADDRESSES)
    register = forms.ChoiceField(label="Register", choices=TONES, required=False)
    title = forms.CharField(
        label="How a client is addressed",
        required=False,
        max_length=80,
        help_text="Madame, Monsieur. First names are never used.",
    )
    character = forms.CharField(
        label="Character",
        required=False,
        max_length=LONGEST,
        widget=area(3),
        help_text="In a sentence or two: how a person of the house would speak.",
    )
    aim = forms.IntegerField(
        label="Words an answer aims at", min_value=10, max_value=400, initial=80
    )
    most = forms.IntegerField(
        label="Words it may have at most", min_value=20, max_value=600, initial=120
    )
    lexicon = forms.CharField(
        label="The house’s words",
        required=False,
        widget=area(8),
        help_text="One a line: the word, a colon, those it stands in the place of. “carré: scarf, "
        "silk scarf”. An odd plural after a stroke: “objet d’art / objets d’art: knick-knack”. In "
        "French, Italian and German the article belongs to it: “l’atelier: l’usine, la fabrique”.",
    )
    forbidden = forms.CharField(
        label="Never said",
        required=False,
        widget=area(8),
        help_text="One word or phrase a line; * stands for any ending: “cheap*”.",
    )
    exclamations = forms.BooleanField(label="Exclamation marks may be used", required=False)
    emoji = forms.BooleanField(label="Emoji may be used", required=False)
    superlatives = forms.BooleanField(
        label="Superlatives may be used that no source has", required=False
    )
    note = forms.CharField(label="What you changed, for colleagues", required=False, max_length=200)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        for name, label, hint in SENTENCES:
            self.fields[name] = forms.CharField(
                label=label,
                required=False,
                max_length=LONGEST,
                widget=area(2),
                help_text=hint,
                validators=[placeholders],
            )

    def clean_lexicon(self) -> tuple[Entry, ...]:
        lines = listed(self.cleaned_data["lexicon"])
        return tuple(entry(number, line) for number, line in enumerate(lines, start=1))

    def clean_forbidden(self) -> tuple[str, ...]:
        found = listed(self.cleaned_data["forbidden"])
        for each in found:
            if sum(map(str.isalnum, each)) < SHORTEST:
                raise forms.ValidationError(f"“{each}” would be found in every answer.")
            if len(each) > LONGEST_WORD:
                raise forms.ValidationError(f"“{each[:20]}…” is too long: {LONGEST_WORD} at most.")
        return tuple(found)

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        never = any_of(found.get("forbidden", ()))
        for name, _, _ in SENTENCES:
            said = found.get(name) or ""
            if banned := never.search(said):
                self.add_error(name, f"“{banned.group()}” is among what is never said.")
            if not found.get("exclamations") and EXCLAMATION.search(said):
                self.add_error(name, "It has an exclamation mark, which may not be used.")
            if not found.get("emoji") and EMOJI.search(said):
                self.add_error(name, "It has an emoji, which may not be used.")
        if found.get("aim", 0) > found.get("most", 1000):
            self.add_error("aim", "It aims at more words than it may have.")
        return found

    def allowed_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("exclamations", "emoji", "superlatives")]

    def sentence_fields(self) -> list[forms.BoundField]:
        return [self[name] for name, _, _ in SENTENCES]

    def manner(self, language: str, topics: tuple[Topic, ...]) -> Manner:
        """Of a valid form."""
        said = self.cleaned_data
        return Manner(
            language=language,
            version=said["number"],
            sentences=tuple(
                sorted((name, said[name].strip()) for name, _, _ in SENTENCES if said[name].strip())
            ),
            topics=topics,
            **{name: said[name] for name in WHOLE},
        )


WHOLE = (
    *("address", "register", "title", "character", "aim", "most", "lexicon", "forbidden"),
    *("exclamations", "emoji", "superlatives"),
)


class TopicForm(forms.Form):
    name = forms.CharField(label="Topic", max_length=80)
    signs = forms.CharField(
        label="Questions that touch it",
        widget=area(4),
        help_text="One word or phrase a line. * is any ending, & joins words that stand apart: "
        "“price & increas*”.",
    )
    sentence = forms.CharField(
        label="Always said, word for word",
        max_length=LONGEST,
        widget=area(4),
    )
    others = forms.CharField(
        label="The same in other languages",
        required=False,
        widget=area(3),
        help_text="One a line, with its language before it: “fr: Nous ne faisons pas de remise.” "
        "For clients who write in a language that has no voice here.",
    )
    reviewed_by = forms.CharField(label="Reviewed by", max_length=120, required=False)
    reviewed = forms.DateField(
        label="On",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean_signs(self) -> tuple[str, ...]:
        found = listed(self.cleaned_data["signs"])
        for each in found:
            if not signs(each) or not any(map(str.isalnum, each)):
                raise forms.ValidationError(f"“{each}” would be found in every question.")
        return tuple(found)

    def clean_sentence(self) -> str:
        return " ".join(self.cleaned_data["sentence"].split())

    def clean_others(self) -> tuple[tuple[str, str], ...]:
        return others(self.cleaned_data["others"])

    def topic(self) -> Topic:
        said = self.cleaned_data
        day = said["reviewed"]
        return Topic(
            name=said["name"].strip(),
            signs=said["signs"],
            sentence=said["sentence"],
            reviewed_by=said["reviewed_by"].strip(),
            reviewed=day.isoformat() if day else "",
            others=said["others"],
        )


TopicFormSet = forms.formset_factory(TopicForm, extra=1, can_delete=True, max_num=60)


def topics_of(formset: Any) -> tuple[Topic, ...]:
    """Of a valid set of forms; those left empty or taken out are none."""
    return tuple(
        form.topic() for form in formset if form.cleaned_data and not form.cleaned_data["DELETE"]
    )


def initial(manner: Manner) -> dict[str, Any]:
    """What the form shows of a manner."""
    values: dict[str, Any] = {name: getattr(manner, name) for name in WHOLE}
    return values | {
        "number": manner.version,
        "lexicon": "\n".join(map(written, manner.lexicon)),
        "forbidden": "\n".join(manner.forbidden),
        **dict(manner.sentences),
    }


def initial_topics(manner: Manner) -> list[dict[str, Any]]:
    return [
        {
            "name": each.name,
            "signs": "\n".join(each.signs),
            "sentence": each.sentence,
            "others": "\n".join(f"{code}: {words}" for code, words in each.others),
            "reviewed_by": each.reviewed_by,
            "reviewed": date.fromisoformat(each.reviewed) if each.reviewed else None,
        }
        for each in manner.topics
    ]


def written(each: Entry) -> str:
    many = f" / {each.plural}" if each.plural else ""
    return f"{each.say}{many}: {', '.join(each.instead_of)}"


def entry(number: int, line: str) -> Entry:
    """Raises ValidationError for a line that is none, or that would not end."""
    said, colon, others = line.partition(":")
    say, _, many = (part.strip() for part in said.partition("/"))
    avoided = tuple(dict.fromkeys(word.strip() for word in others.split(",") if word.strip()))
    if not colon or not say or not avoided:
        raise forms.ValidationError(
            f"Line {number}, “{line}”: write the word, a colon, and what it stands for."
        )
    if "*" in line:
        raise forms.ValidationError(f"Line {number}: * has no meaning here; write each word.")
    if say.casefold() in map(str.casefold, avoided):
        raise forms.ValidationError(f"Line {number}: “{say}” cannot stand in its own place.")
    return Entry(say, avoided, many)


def others(text: str) -> tuple[tuple[str, str], ...]:
    """By language. Raises ValidationError for a line without one, or one too long to be said."""
    found: dict[str, str] = {}
    for line in listed(text):
        code, colon, words = (part.strip() for part in line.partition(":"))
        code = code.lower()
        if not colon or not words or code not in NAMES:
            known = ", ".join(NAMES)
            raise forms.ValidationError(f"“{line}”: begin with a language ({known}) and a colon.")
        if code in found:
            raise forms.ValidationError(f"There are two sentences in {NAMES[code]}.")
        if len(words) > LONGEST:
            raise forms.ValidationError(f"“{code}” has {len(words)} characters: {LONGEST} at most.")
        found[code] = words
    return tuple(sorted(found.items()))


def listed(text: str) -> list[str]:
    """The lines that say something. Raises ValidationError for too many."""
    lines: Iterable[str] = (" ".join(line.split()) for line in text.splitlines())
    found = list(dict.fromkeys(line for line in lines if line))
    if len(found) > MOST_LINES:
        raise forms.ValidationError(f"At most {MOST_LINES} lines.")
    return found


def placeholders(text: str) -> None:
    """Raises ValidationError for a name in braces that nothing stands for."""
    for match in PLACEHOLDER.finditer(text):
        if match[1] not in KNOWN:
            raise forms.ValidationError(
                f"“{match.group()}” stands for nothing: {{house}} and {{contact}} do."
            )
