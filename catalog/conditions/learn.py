"""What a brand's catalogue calls its own values: learned from its rows after every import.

Kinds, categories, tags, vendors, options and attributes are read from the rows, with the words
that name them:

- all of a value's words ("silk scarf"), and each part of an enumeration ("Scarves & Shawls",
  "Encre / Safran");
- the head of a kind or a tag, because a travel bag is a bag, and a bag of leather care is none;
- any word of a colour, because "bottle green" is a green;
- what the pictures' texts say of the forms that have a value, and of no other form of the same
  piece: where every picture of "Encre" is described as ink black, "black" names it too.

Only what the columns mean is known beforehand (`CONCEPTS`), in five languages.
"""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection, transaction

from archive.embedding import EmbeddingError, Vectors, current_embedder
from archive.models import Brand
from archive.stems import spelling, stems
from catalog.models import CatalogName, NamesLearned, Product, Variant

Aspect, Concept, Way = CatalogName.Aspect, CatalogName.Concept, CatalogName.Way

LONGEST = 60  # characters of an attribute's value that is a name, not a text
WORDS = 5  # of a name, at most
FEWEST = 2  # products that have a value before a free attribute's value is a name
MOST = 20_000  # names of free attributes and tags a brand keeps, the most used first
BESIDE = 0.6  # share of a value's forms whose pictures' texts hold a word that names it
LIFT = 2.0  # times that share must exceed the word's share among all forms

# What an option or an attribute is called that holds a colour, a size or a material.
CONCEPTS = {
    Concept.COLOUR: "color colour colorway colourway couleur coloris colore farbe",
    Concept.SIZE: "size taille pointure taglia misura grösse größe talla",
    Concept.MATERIAL: "material materials matière matiere materiale fabric metal métal metallo "
    "metall leather cuir pelle leder stoff tissu tessuto",
}
HEAD_FIRST = {"fr", "it", "es"}  # sac de voyage; English and German put the head last
PARTS = re.compile(r"\s*(?:[/,;&+|·]|\b(?:and|et|e|und|y)\b)\s*", re.IGNORECASE)
WORD = re.compile(r"[^\W_]+(?:['’.,][^\W_]+)*")
NUMBER = re.compile(r"[\d.,\s½¼¾]+")
ATTRIBUTES = """
    SELECT told.key, told.value, count(*) FROM catalog_product,
    LATERAL jsonb_each_text(attributes) AS told
    WHERE brand_id = %s AND length(told.value) <= %s GROUP BY 1, 2 ORDER BY 3 DESC
"""
TAGS = """
    SELECT tag, count(*) FROM catalog_product, unnest(tags) AS tag
    WHERE brand_id = %s GROUP BY 1 ORDER BY 2 DESC
"""
OPTIONS = """
    SELECT DISTINCT told.key, told.value FROM catalog_variant AS variant
    JOIN catalog_product AS product ON product.id = variant.product_id,
    LATERAL jsonb_each_text(variant.options) AS told
    WHERE brand_id = %s AND told.value <> 'Default Title'
"""


# Raise it when names are made differently, so that they are learned anew.
VERSION = 1
SOURCE = """
    SELECT coalesce(string_agg(told, '' ORDER BY number, part), '') FROM (
        SELECT id AS number, 0 AS part, md5(
            ROW(title, vendor, kind, category, tags, attributes, images)::text
        ) AS told FROM catalog_product WHERE brand_id = %s
        UNION ALL
        SELECT variant.product_id, variant.id, md5(ROW(variant.options, variant.image)::text)
        FROM catalog_variant AS variant JOIN catalog_product AS product
        ON product.id = variant.product_id WHERE brand_id = %s
    ) AS parts
"""

Part = tuple[str, str]  # an option's name and a part of one of its values


@dataclass(frozen=True, slots=True)
class Name:
    """One way to say one value, not yet spelled."""

    aspect: str
    name: str
    value: str
    concept: str
    way: str
    said: str


def learn(brand_id: int) -> int:
    """Write the brand's names anew; how many. To be called when products have come or gone.

    Nothing is done when all that they are made from is as it was.
    """
    brand = Brand.objects.get(pk=brand_id)
    source = source_of(brand)
    if NamesLearned.objects.filter(brand=brand, source=source).exists():
        return CatalogName.objects.filter(brand=brand).count()
    rows = learned_rows(brand)
    with transaction.atomic():
        Brand.objects.select_for_update().get(pk=brand_id)  # two at once would write all twice
        CatalogName.objects.filter(brand=brand).delete()
        CatalogName.objects.bulk_create(rows, batch_size=2000)
        NamesLearned.objects.filter(brand=brand).delete()
        if all(row.model for row in rows if can_be_near(row)):  # else the model was out of reach
            NamesLearned.objects.create(brand=brand, source=source)
    return len(rows)


def source_of(brand: Brand) -> str:
    """SHA-256 of what the names are made from: the rows, the model and these rules."""
    try:
        model = current_embedder().model
    except EmbeddingError:
        model = ""
    [(told,)] = asked(SOURCE, brand.pk, brand.pk)
    text = f"{VERSION} {model} {brand.language} {told}"
    return hashlib.sha256(text.encode()).hexdigest()


def learned_rows(brand: Brand) -> list[CatalogName]:
    """The names as rows, with the vectors of those that a word near in meaning may stand for."""
    brand_id = brand.pk
    code = spelling(brand.language)
    known = list(dict.fromkeys(names(brand_id, code)))
    spelled = stems([(code, each.said) for each in known])
    pairs = [
        (each, key)
        for each, lexemes in zip(known, spelled, strict=True)
        if 0 < len(lexemes) <= WORDS and (key := key_of(lexemes))
    ]
    pairs += beside(brand_id, code, {each for each, _ in pairs})
    model, vectors = neighbours(each.said for each, _ in pairs if can_be_near(each))
    return [
        CatalogName(
            brand=brand,
            aspect=each.aspect,
            name=each.name,
            value=each.value,
            concept=each.concept,
            way=each.way,
            words=key,
            model=model if can_be_near(each) else "",
            vector=vectors.get(each.said) if can_be_near(each) else None,
        )
        for each, key in unique(pairs)
    ]


def unique(pairs: Iterable[tuple[Name, str]]) -> Iterator[tuple[Name, str]]:
    """Each value once under the same words, in the surest way."""
    order = list(Way)
    best: dict[tuple[str, str, str, str], Name] = {}
    for each, key in pairs:
        place = (each.aspect, each.name, each.value, key)
        if place not in best or order.index(Way(each.way)) < order.index(Way(best[place].way)):
            best[place] = each
    return ((each, place[3]) for place, each in best.items())


def key_of(lexemes: Iterable[str]) -> str:
    return " ".join(sorted(lexemes))[:300]


def can_be_near(name: Name | CatalogName) -> bool:
    """Whether a word of similar meaning may stand for it: kinds alone. Black is near to white."""
    return name.concept == Concept.KIND and name.way in {Way.WHOLE, Way.PART}


def neighbours(said: Iterable[str]) -> tuple[str, dict[str, Vectors]]:
    """The model, and each name's vector; none when the model is out of reach."""
    texts = sorted(set(said))
    if not texts:
        return "", {}
    try:
        embedder = current_embedder()
        return embedder.model, dict(zip(texts, embedder.embed_documents(texts), strict=True))
    except EmbeddingError:
        return "", {}


def names(brand_id: int, code: str) -> Iterator[Name]:
    """Every name that the brand's products give, some of them more than once."""
    products = Product.objects.filter(brand=brand_id).order_by()
    for kind in products.values_list("kind", flat=True).distinct():
        yield from kinds(Aspect.KIND, kind, code)
    for path in products.values_list("category", flat=True).distinct():
        yield from categories(path)
    for title in products.values_list("title", flat=True).distinct():
        if len(title) <= LONGEST:
            yield Name(Aspect.TITLE, "", title, Concept.PIECE, Way.WHOLE, title)
    for vendor in products.exclude(vendor="").values_list("vendor", flat=True).distinct():
        yield Name(Aspect.VENDOR, "", vendor, Concept.OTHER, Way.WHOLE, vendor)
    for tag, _ in asked(TAGS, brand_id)[:MOST]:
        yield from tags(tag, code)
    for name, value in asked(OPTIONS, brand_id):
        yield from valued(Aspect.OPTION, name, value)
    yield from attributes(brand_id)


def attributes(brand_id: int) -> Iterator[Name]:
    """Colours, sizes and materials all; of what else products tell, what several have in common."""
    free = 0
    for name, value, count in asked(ATTRIBUTES, brand_id, LONGEST):
        if concept_of(name) != Concept.OTHER:
            yield from valued(Aspect.ATTRIBUTE, name, value)
        elif count >= FEWEST and free < MOST:
            free += 1
            yield from valued(Aspect.ATTRIBUTE, name, value)


def asked(statement: str, *given: str | int) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def kinds(aspect: str, value: str, code: str) -> Iterator[Name]:
    """A kind's own words, and its head: the first noun in French, the last in English."""
    words = WORD.findall(value)
    if not words:
        return
    whole = Name(aspect, "", value, Concept.KIND, Way.WHOLE, value)
    yield whole
    if len(words) > 1:
        head = words[0] if code in HEAD_FIRST else words[-1]
        yield replace(whole, way=Way.HEAD, said=head)


def categories(path: str) -> Iterator[Name]:
    """A taxonomy path by its last step, the parts of that, and the single words above it."""
    *above, leaf = [step.strip() for step in path.split(">")]
    if not leaf:
        return
    base = Name(Aspect.CATEGORY, "", path, Concept.KIND, Way.WHOLE, leaf)
    yield base
    parts = [part for part in PARTS.split(leaf) if part]
    for part in parts if len(parts) > 1 else []:
        yield replace(base, way=Way.PART, said=part)
    for step in above:
        if len(WORD.findall(step)) == 1:
            yield replace(base, way=Way.ABOVE, said=step)


def tags(tag: str, code: str) -> Iterator[Name]:
    """A tag by its words, without the "motif:" before them; "leather-care" by its head too."""
    name, colon, said = tag.rpartition(":")
    words = WORD.findall(said)
    concept = concept_of(name) if colon else Concept.OTHER
    if not words or len(words) > WORDS:
        return
    base = Name(Aspect.TAG, "", tag, concept, Way.WHOLE, " ".join(words))
    yield base
    if len(words) > 1:
        head = words[0] if code in HEAD_FIRST else words[-1]
        yield replace(base, way=Way.HEAD, said=head)


def valued(aspect: str, name: str, value: str) -> Iterator[Name]:
    """An option's or an attribute's value, its parts, and for a colour each of its words."""
    concept = concept_of(name)
    if concept == Concept.OTHER and (NUMBER.fullmatch(value) or value in {"True", "False"}):
        return
    base = Name(aspect, name, value, concept, Way.WHOLE, value)
    yield base
    if concept == Concept.COLOUR:
        for word in WORD.findall(value):
            yield replace(base, way=Way.PART, said=word)
    if concept in {Concept.COLOUR, Concept.MATERIAL}:
        for part in PARTS.split(value):
            yield replace(base, way=Way.PART, said=part)


def concept_of(name: str) -> CatalogName.Concept:
    """What an option or attribute of this name holds: by its last word, or its only one."""
    words = name.casefold().split()
    for concept, known in CONCEPTS.items():
        if words and (words[-1] in known.split() or words[0] in known.split()):
            single = concept == Concept.SIZE and len(words) > 1
            return Concept.OTHER if single else concept
    return Concept.OTHER


def beside(brand_id: int, code: str, known: set[Name]) -> list[tuple[Name, str]]:
    """(name, lexeme) for words that pictures' texts say of the forms that have a colour or a
    material, and not of every form of the same piece."""
    values = {
        (each.name, each.value): each
        for each in known
        if each.aspect == Aspect.OPTION
        and each.concept in {Concept.COLOUR, Concept.MATERIAL}
        and each.way == Way.WHOLE
    }
    forms = [
        (frozenset(parts_of(options, values)), words)
        for options, words in described(brand_id, code)
    ]
    learned = explained([form for form in forms if form[0]])
    return [
        (replace(each, way=Way.BESIDE, said=word), word)
        for each in values.values()
        for place in parts_of({each.name: each.value}, values)
        for word in sorted(learned[place])
    ]


def explained(forms: list[tuple[frozenset[Part], frozenset[str]]]) -> defaultdict[Part, set[str]]:
    """The words of each part. Where two parts go together often, a word that one of them always
    has is not the other's: what is left of the other, without the first, decides."""
    learned: defaultdict[Part, set[str]] = defaultdict(set)
    holding: defaultdict[str, list[frozenset[Part]]] = defaultdict(list)
    for parts, words in forms:
        for word in words:
            holding[word].append(parts)
    every = Counter(part for parts, _ in forms for part in parts)
    for word, held in holding.items():
        times = Counter(part for parts in held for part in parts)
        needed = max(BESIDE, LIFT * len(held) / len(forms))
        surest = sorted(times, key=lambda part: (-times[part] / every[part], -times[part], part))
        taken: set[Part] = set()
        for part in surest:
            left = Counter(
                word in words for parts, words in forms if part in parts and not parts & taken
            )
            if left[True] and left[True] / left.total() >= min(needed, 1.0):
                taken.add(part)
                learned[part].add(word)
    return learned


def parts_of(options: dict[str, str], values: dict[Part, Name]) -> Iterator[Part]:
    for name, value in options.items():
        if (name, value) in values:
            for part in PARTS.split(value):
                yield name, part


def described(brand_id: int, code: str) -> list[tuple[dict[str, str], frozenset[str]]]:
    """The options of each form that has a picture of its own, with the words told of it alone."""
    pictured = Variant.objects.filter(product__brand=brand_id).exclude(image="")
    rows = list(pictured.values_list("product_id", "options", "image"))
    if not rows:
        return []
    products = Product.objects.filter(pk__in={row[0] for row in rows})
    alts = {
        (key, picture["url"]): picture.get("alt", "")
        for key, pictures in products.values_list("pk", "images")
        for picture in pictures
    }
    texts = sorted({alts.get((key, image), "") for key, _, image in rows})
    words = dict(zip(texts, stems([(code, text) for text in texts]), strict=True))
    pictures: dict[int, dict[str, frozenset[str]]] = {}
    for key, _, image in rows:
        pictures.setdefault(key, {})[image] = words[alts.get((key, image), "")]
    common = {key: frozenset.intersection(*told.values()) for key, told in pictures.items()}
    own = [(options, pictures[key][image] - common[key]) for key, options, image in rows]
    return [(options, said) for options, said in own if said]
