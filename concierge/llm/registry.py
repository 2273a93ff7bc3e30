"""Which models the house has: those its settings name, in their order, that can be reached."""

import logging
from collections.abc import Mapping
from functools import partial
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from concierge.llm.per_loop import kept
from concierge.llm.protocol import Endpoint, Model

logger = logging.getLogger(__name__)


async def models() -> tuple[Model, ...]:
    """The running loop's models, first to be asked first; () when no provider has a key.

    The first call of a process imports the SDKs, a second or two: make it before the first
    question.
    """
    found: list[Model] = []
    for path, endpoint in configured():
        if model := await reached(path, endpoint):
            found.append(model)
    return tuple(found)


async def small_model() -> Model | None:
    """The first provider's small and quick model, or its only one; None when none has a key."""
    for path, endpoint in configured(size="small")[:1]:
        return await reached(path, endpoint)
    return None


async def reached(path: str, endpoint: Endpoint) -> Model | None:
    """The running loop's; None, and the log says so, for one that cannot be made."""
    try:
        return await kept((path, endpoint), partial(made, path, endpoint))
    except Exception:
        # A slip in the settings is the operator's to mend: clients are answered by the others.
        logger.exception("model_not_made", extra={"provider": endpoint.provider})
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
