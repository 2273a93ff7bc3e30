"""Which models the house has: those its settings name, in their order, that can be reached."""

from functools import partial

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


def configured() -> list[tuple[str, Endpoint]]:
    """Adapter and endpoint of those of LLM_ORDER with a key, or a server of the house's own."""
    named = [(name, settings.LLM_PROVIDERS[name]) for name in settings.LLM_ORDER]
    return [
        (options["adapter"], Endpoint.of(name, options))
        for name, options in named
        if options.get("api_key") or options.get("base_url")
    ]


def made(path: str, endpoint: Endpoint) -> Model:
    model: Model = import_string(path)(endpoint)
    return model
