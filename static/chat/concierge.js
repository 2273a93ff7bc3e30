// What the page cannot do by itself: send on Enter, keep the newest words in sight, open and
// close the drawer, never go back to an older state, and go on when the socket is silent.
(() => {
  const form = document.getElementById("composer");
  const field = document.getElementById("question");
  const notice = document.getElementById("notice");
  const drawer = document.getElementById("drawer");
  const leaf = document.getElementById("leaf");
  const page = document.getElementById("conversation");
  const narrow = window.matchMedia("(max-width: 46rem)");
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  const SILENCE = 6000; // milliseconds without news of an open answer
  const SLOW = 3000; // milliseconds a question may be on its way without a word about it
  let opener = null;
  let follows = false;
  let heard = Date.now();
  let slow = 0;
  let asked = false;

  // The reply to a question and the events of the socket may arrive in either order, and the
  // older of two states may come last: what carries a lower data-at than what is shown is left.
  // What is only named has not changed.
  htmx.registerExtension("onward", {
    htmx_before_morph_node: (shown, { newNode: { dataset } }) =>
      !dataset || !("named" in dataset || Number(dataset.at) < Number(shown.dataset.at)),
  });

  // Writing ---------------------------------------------------------------------------------
  const grow = () => {
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight}px`;
  };
  field.addEventListener("input", grow);
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    if (field.value.trim()) form.requestSubmit();
  });
  // A suggestion is a question like any other: it is put where questions are written.
  page.addEventListener("click", ({ target }) => {
    const button = target.closest(".suggestions [name=suggestion]");
    if (button) field.value = button.value;
  });

  document.addEventListener("htmx:before:request", ({ detail }) => {
    if (detail.ctx.sourceElement !== form) return;
    form.classList.add("is-sending");
    clearTimeout(slow);
    slow = setTimeout(() => (notice.textContent = form.dataset.slow), SLOW);
  });
  document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
    if (ctx.sourceElement !== form) return;
    if (ctx.response.status < 400) {
      // A question asked again leaves what is being written.
      if (!ctx.request.submitter?.matches(".act--again")) field.value = "";
      grow();
      page.dataset.empty = "no";
      page.classList.add("is-live");
    } else if (!ctx.text.includes("hx-partial")) {
      notice.textContent = form.dataset.refused;
    }
  });
  document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
    if (ctx.sourceElement !== form) return;
    clearTimeout(slow);
    form.classList.remove("is-sending");
    if (ctx.response?.status < 400) show("smooth");
  });
  document.addEventListener("htmx:error", ({ detail: { ctx } }) => {
    if (ctx?.sourceElement === form) notice.textContent = form.dataset.unreachable;
    else if (ctx?.sourceElement?.matches?.(".act--stop")) notice.textContent = notice.dataset.offline;
  });

  // Reading ---------------------------------------------------------------------------------
  // The last answer is given the height of the window, so that its question can stand at the
  // top and the words then grow downwards without moving anything.
  const room = () => {
    const questions = page.querySelectorAll(".message--client");
    const last = questions[questions.length - 1];
    if (last) page.style.setProperty("--question", `${last.offsetHeight}px`);
    return last;
  };
  const end = () => document.documentElement.scrollHeight - window.innerHeight;
  const show = (behavior) => {
    room();
    window.scrollTo({ top: end(), behavior: still.matches ? "auto" : behavior });
  };
  // Whoever has read on to the end is kept there while words are added, and nobody else is moved.
  document.addEventListener("htmx:before:swap", ({ detail: { ctx } }) => {
    const top = room()?.getBoundingClientRect().top ?? 0;
    follows = ctx.text.includes('"#words-') && top < 0 && window.scrollY > end() - 24;
  });
  document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
    page.dataset.empty = page.querySelector(".message") ? "no" : "yes";
    if (!thread()) offline(false);
    if (leaf.contains(ctx.target)) open();
    else if (follows) show("auto");
    else room();
  });
  window.addEventListener("resize", room);

  // The socket ------------------------------------------------------------------------------
  const offline = (is) => document.body.classList.toggle("is-offline", is);
  const thread = () => document.getElementById("socket").dataset.thread;
  const refresh = () =>
    htmx.ajax("GET", thread(), { source: "#socket", target: "#thread", swap: "none" });
  // A line is lost, or the conversation is no longer kept: the reply to one question tells, and in
  // the latter case takes the words off the page.
  document.addEventListener("htmx:ws:close", ({ detail }) => {
    if (document.hidden || detail.reason !== "closed") return;
    offline(true);
    if (!asked) refresh();
    asked = true;
  });
  document.addEventListener("htmx:after:ws:connection", () => {
    asked = false;
    offline(false);
  });
  document.addEventListener("htmx:error", ({ detail: { ctx } }) => {
    if (ctx?.sourceElement?.id === "socket") asked = false;
  });
  document.addEventListener("htmx:after:ws:message", () => {
    heard = Date.now();
    if (page.querySelector(".message")) page.dataset.empty = "no";
  });
  // A proxy that lets no socket through, or a lost event: the thread can always be asked for.
  setInterval(() => {
    const waiting = page.querySelector("[aria-busy=true]");
    if (!waiting || !thread() || document.hidden || Date.now() - heard < SILENCE) return;
    heard = Date.now();
    refresh();
  }, SILENCE / 3);

  // The drawer ------------------------------------------------------------------------------
  const open = () => {
    if (!drawer.open) narrow.matches ? drawer.showModal() : drawer.show();
    drawer.scrollTop = 0;
    leaf.querySelector("h2")?.focus({ preventScroll: true });
    leaf.querySelector("mark")?.scrollIntoView({ block: "center" });
  };
  drawer.addEventListener("close", () => {
    leaf.replaceChildren();
    if (opener?.isConnected) opener.focus({ preventScroll: true });
    opener = null;
  });
  drawer.addEventListener("click", ({ target }) => target === drawer && drawer.close());
  document.addEventListener("click", ({ target }) => {
    const link = target.closest("[hx-target='#leaf']");
    if (link) opener = link;
  });

  // Stopping --------------------------------------------------------------------------------
  // Escape closes what is open, and else stops the answer that is being written.
  document.addEventListener("keydown", ({ key, isComposing, repeat }) => {
    if (key !== "Escape" || isComposing || repeat) return;
    if (drawer.open) drawer.close();
    else page.querySelector(".act--stop")?.click();
  });
  // The button goes with what it stopped; whoever was on it is brought back to writing.
  const stopper = ({ detail: { ctx } }) => ctx?.sourceElement?.matches?.(".act--stop");
  document.addEventListener("htmx:before:request", (event) => {
    if (stopper(event)) event.detail.ctx.sourceElement.classList.add("is-pressed");
  });
  document.addEventListener("htmx:finally:request", (event) => {
    if (!stopper(event)) return;
    event.detail.ctx.sourceElement.classList.remove("is-pressed");
    if (document.activeElement === document.body) field.focus({ preventScroll: true });
  });

  grow();
  if (page.dataset.empty === "no" && !location.hash) show("auto");
})();
