"""Two providers on this machine that fail as the turn's case says, and the models that ask them.

Each turn has circuits of its own: it is not spared a fault because the turns before it had it.
"""

import re
import sys
import time
from collections import Counter
from dataclasses import replace
from typing import Any

from aiohttp import web

from bench.faults.cases import CASE, Case
from concierge.llm.anthropic import Anthropic
from concierge.llm.openai import OpenAI
from concierge.llm.protocol import Endpoint, Model
from tests.fake_provider import FakeProvider, Script
from tests.provider_faults import NOWHERE
from tests.provider_wires import told, words_of

SOURCE = re.compile(r'<source number="(\d+)"[^>]*>\s*(.*?)\s*</source>', re.S)
SENTENCE = re.compile(r"[^.!?]+[.!?](?=\s|$)")
WORDS = 60  # of a healthy answer, at the least
RUN = time.time_ns()  # circuits of an earlier run may still be open
CALLS: Counter[int] = Counter()  # made by each case's turn


def recited(body: Any) -> str:
    """What a model that only copies would say: the sources' sentences, cited."""
    said: list[str] = []
    asked = "\n".join(words_of(message) for message in told(body))
    for number, text in SOURCE.findall(asked):
        for sentence in SENTENCE.findall(" ".join(text.split())):
            if len(sentence.split()) > 5:
                said.append(f"{sentence.strip()[:-1]} [{number}].")
            if sum(len(each.split()) for each in said) >= WORDS:
                return " ".join(said)
    return " ".join(said)


class Faulty(FakeProvider):
    """Fails each request as the case that its model is named for."""

    def __init__(self, place: str, pace: float) -> None:
        super().__init__()
        self.place, self.pace = place, pace
        self.asked: Counter[int] = Counter()

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        case = Case.of((await request.json())["model"])
        script = case.script(self.place, self.asked[case.number], Script())
        self.asked[case.number] += 1
        # Taken up by the next line before any other request can be.
        self.scripts.append(replace(script, text=recited, pace=self.pace))
        return await super()._answer(request)


class _Cased:
    """An adapter whose model, and whose circuit, are the running turn's own."""

    own: Endpoint

    @property
    def endpoint(self) -> Endpoint:
        case = CASE.get()
        provider = f"{self.own.provider}-{RUN}-{case.number}"
        return replace(self.own, provider=provider, model=case.name)

    @endpoint.setter
    def endpoint(self, endpoint: Endpoint) -> None:
        self.own = endpoint


class _CasedOpenAI(_Cased, OpenAI):
    pass


class _CasedAnthropic(_Cased, Anthropic):
    pass


class Played:
    """A house's provider that speaks as the turn's case wants it to."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.place = endpoint.provider
        self.models: dict[tuple[str, bool], Any] = {}
        for refused in (False, True):
            url = NOWHERE if refused else endpoint.base_url
            for api in ("chat", "responses"):
                to = Endpoint(self.place, "0", "k", f"{url}/v1", api)
                self.models[api, refused] = _CasedOpenAI(to)
            to = Endpoint(self.place, "0", "k", url)
            self.models["messages", refused] = _CasedAnthropic(to)

    @property
    def model(self) -> Model:
        case = CASE.get()
        spoken = case.formats[0 if self.place == "primary" else 1]
        model: Model = self.models[spoken, case.fault == "refused" and case.befalls(self.place)]
        return model

    @property
    def endpoint(self) -> Endpoint:
        return self.model.endpoint

    def stream(self, prompt: Any) -> Any:
        CALLS[CASE.get().number] += 1
        return self.model.stream(prompt)

    async def aclose(self) -> None:
        for model in self.models.values():
            await model.aclose()


def main() -> None:
    """Serve both, in a process of their own that takes no time from the product's."""
    pace = float(sys.argv[1])
    with Faulty("primary", pace) as one, Faulty("second", pace) as two:
        print(one.url, two.url, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
