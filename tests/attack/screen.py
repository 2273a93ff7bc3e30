"""A page of the chat in a browser, watched for whatever an answer might do to it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.async_api import Page

from concierge.chat.growing import settled
from concierge.chat.models import Message
from concierge.chat.render import block_html, blocks
from concierge.chat.thread import words_at
from tests.attack.corpus import Payload
from tests.house import grown

BESIDE = 80  # payloads that grow side by side in one answer
# Every node that ever comes into the words of an answer is looked at, and every attribute.
WATCH = """() => {
  window.found = [];
  const tags = new Set("P EM STRONG UL OL LI BLOCKQUOTE BR H3 H4 SUP SPAN A".split(" "));
  const may = {
    OL: ["start"], SUP: ["class"],
    A: ["href", "hx-get", "hx-target", "aria-label", "data-htmx-powered"],
  };
  const look = (node) => {
    if (node.nodeType === 8) window.found.push("comment");
    if (node.nodeType !== 1) return;
    if (!tags.has(node.tagName)) window.found.push(node.outerHTML.slice(0, 200));
    for (const { name, value } of node.attributes) {
      if (!(may[node.tagName] || []).includes(name)) window.found.push(`${name}=${value}`);
      if (name === "href" && !/^\\/[\\w-]+\\/citations\\/\\d+\\/#quoted$/.test(value))
        window.found.push(value);
    }
    node.childNodes.forEach(look);
  };
  const words = document.querySelector(".words");
  const all = () => document.querySelectorAll(".words").forEach((w) => w.childNodes.forEach(look));
  new MutationObserver((records) => {
    for (const { target, addedNodes, type } of records) {
      if (!target.closest?.(".words") && !target.parentElement?.closest(".words")) continue;
      addedNodes.forEach(look);
      if (type === "attributes" && !target.matches(".words")) look(target);
    }
  }).observe(document.body, { subtree: true, childList: true, attributes: true });
  all();
  addEventListener("securitypolicyviolation", (e) => window.found.push(`csp ${e.blockedURI}`));
}"""
# The page's own parts, by the names its scripts use, are each there once and are what they were.
OURS = """() => {
  const names = ["composer", "question", "notice", "drawer", "leaf", "conversation", "socket",
                 "thread", "client-key"];
  const kinds = ["FORM", "TEXTAREA", "P", "DIALOG", "DIV", "MAIN", "DIV", "DIV", "INPUT"];
  const wrong = names.filter((name, at) =>
    document.querySelectorAll(`[id="${name}"]`).length !== 1 ||
    document.getElementById(name).tagName !== kinds[at]);
  if (typeof document.getElementById !== "function") wrong.push("getElementById");
  if (typeof window.htmx?.ajax !== "function") wrong.push("htmx");
  if (document.forms.length !== document.querySelectorAll("form").length) wrong.push("forms");
  if (document.cookie === undefined || typeof document.cookie !== "string") wrong.push("cookie");
  const body = getComputedStyle(document.body);
  if (body.display === "none" || body.visibility === "hidden") wrong.push("hidden");
  return wrong;
}"""


@dataclass
class Screen:
    """One page, and what it did that it should not have: nothing, if all is well."""

    page: Page
    faults: list[str] = field(default_factory=list)
    shown: int = 0  # states of payloads

    def watch(self) -> None:
        own = urlsplit(self.page.url).netloc
        page, faults = self.page, self.faults
        page.on("dialog", lambda dialog: faults.append(f"dialog {dialog.message}"))
        page.on("popup", lambda popup: faults.append(f"popup {popup.url}"))
        page.on("worker", lambda worker: faults.append(f"worker {worker.url}"))
        page.on("pageerror", lambda error: faults.append(f"error {error}"))
        page.on("download", lambda load: faults.append(f"download {load.url}"))
        page.on("framenavigated", lambda frame: faults.append(f"navigated to {frame.url}"))
        page.on("websocket", lambda socket: self._asked(own, socket.url))
        page.on("request", lambda request: self._asked(own, request.url))
        page.on(
            "console",
            lambda said: faults.append(f"console {said.text}") if said.type == "error" else None,
        )

    def _asked(self, own: str, url: str) -> None:
        if urlsplit(url).netloc != own:
            self.faults.append(f"asked for {url}")

    async def looked(self) -> None:
        """Take what the page itself has noticed among the faults."""
        self.faults += await self.page.evaluate("() => window.found.splice(0)")
        self.faults += [f"clobbered {name}" for name in await self.page.evaluate(OURS)]

    async def grow(
        self, row: Message, payloads: Sequence[Payload], many: int | None = None
    ) -> None:
        """Let an answer grow, in which payloads stand side by side, each in so `many` steps."""
        growing = await grown(row)
        for start in range(0, len(payloads), BESIDE):
            beside = [states(each, many) for each in payloads[start : start + BESIDE]]
            for at in range(max(map(len, beside))):
                html = "\n".join(each[min(at, len(each) - 1)] for each in beside)
                self.shown += sum(at < len(each) for each in beside)
                await growing.writer.send("block", 0, html)
                await self.arrived(words_at(row, growing.writer.number))
            await self.looked()

    async def arrived(self, at: int) -> None:
        await self.page.wait_for_function(
            "at => Number(document.querySelector('.words')?.dataset.at) >= at",
            arg=at,
            polling=20,
        )


def states(payload: Payload, many: int | None = None) -> list[str]:
    """What readers see of it as it grows, in order, each state once; about `many` of them."""
    cuts = [*payload.boundaries]
    if many:
        cuts = cuts[:: max(1, len(cuts) // many)]
    texts = [*(settled(payload.text[:cut]) for cut in cuts), payload.text]
    html = ("\n".join(block_html(block) for block in blocks(text)) for text in texts)
    return list(dict.fromkeys(html))
