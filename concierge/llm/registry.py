"""Which models the house has: those its settings name, in their order, that can be reached."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from concierge.llm.per_loop import kept
from concierge.llm.protocol import Endpoint, Model


async def models() -> tuple[Model, ...]:
    """The running loop's models, first to be asked first; () when no provider has a key.

    The first call of a process imports the SDKs, a second or two: make it before the first
    question.
    """
    found: list[Model] = []
    for path, endpoint in configured():
        found.append(await kept((path, endpoint), partial(made, path, endpoint)))
    return tuple(found)


async def small_model() -> Model | None:
    """The first provider's small and quick model, or its only one; None when none has a key."""
    for path, endpoint in configured(size="small")[:1]:
        return await kept((path, endpoint), partial(made, path, endpoint))
    return None


def configured(size: str = "") -> list[tuple[str, Endpoint]]:
    """Adapter and endpoint of those of LLM_ORDER with a key, or a server of the house's own.

    With a `size`, what a provider's settings say under that name stands before the rest.
    """
    providers: Mapping[str, dict[str, Any]] = settings.LLM_PROVIDERS
    named = [(name, providers[name]) for name in settings.LLM_ORDER]
    return [
        (options["adapter"], Endpoint.of(name, options | options.get(size, {})))
        for name, options in named
        if options.get("api_key") or options.get("base_url")
    ]


def made(path: str, endpoint: Endpoint) -> Model:
    model: Model = import_string(path)(endpoint)
    return model
