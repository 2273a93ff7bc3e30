"""Every address there is, as Django's resolver tells it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.urls import URLPattern, URLResolver, get_resolver, reverse

STANDARD = ("changelist", "add", "history", "delete", "change")


@dataclass(frozen=True)
class Route:
    """`name` is the resolver's, with its namespace; where it has none, the pattern itself."""

    name: str
    pattern: str

    @property
    def is_console(self) -> bool:
        return self.pattern.startswith("admin/")

    def address(self, words: Mapping[str, Any]) -> str:
        if self.name == self.pattern:
            known = self.pattern.replace("<path:object_id>", "{object_id}").partition("(?P<url>")[0]
            return "/" + known.format_map(words)
        return reverse(self.name, kwargs=dict(words) or None)

    @property
    def model(self) -> tuple[str, str] | None:
        """The model and the page of one of the console's standard addresses."""
        for model in admin.site._registry:
            label = model._meta.label_lower
            if self.pattern == f"admin/{label.replace('.', '/')}/<path:object_id>/":
                return label, "moved"
            for page in STANDARD:
                if self.name == f"admin:{label.replace('.', '_')}_{page}":
                    return label, page
        return None


def routes() -> list[Route]:
    return list(walked(get_resolver(), "", ()))


def walked(resolver: URLResolver, before: str, names: tuple[str, ...]) -> Iterator[Route]:
    for each in resolver.url_patterns:
        pattern = before + str(each.pattern).removeprefix("^")
        if isinstance(each, URLPattern):
            yield Route(":".join([*names, each.name]) if each.name else pattern, pattern)
        else:
            yield from walked(each, pattern, (*names, each.namespace) if each.namespace else names)
