// What the page cannot do by itself: send on Enter, keep the newest words in sight, open and
// close the drawer with the keyboard, and say so when the connection is gone.
(() => {
  const form = document.getElementById("composer");
  const field = document.getElementById("question");
  const notice = document.getElementById("notice");
  const drawer = document.getElementById("drawer");
  const page = document.getElementById("conversation");
  let opener = null;

  const grow = () => {
    field.style.height = "auto";
    field.style.height = `${Math.min(field.scrollHeight, 180)}px`;
  };
  const nearEnd = () => window.innerHeight + window.scrollY > document.body.scrollHeight - 240;
  const toEnd = (smooth) =>
    window.scrollTo({ top: document.body.scrollHeight, behavior: smooth ? "smooth" : "auto" });
  const close = () => {
    drawer.replaceChildren();
    opener?.focus();
    opener = null;
  };

  field.addEventListener("input", grow);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      if (field.value.trim()) form.requestSubmit();
    }
  });

  // A suggestion is a question like any other: it is put where questions are written.
  document.querySelectorAll("[name=suggestion]").forEach((button) =>
    button.addEventListener("click", () => (field.value = button.value)),
  );

  form.addEventListener("submit", () => form.classList.add("is-sending"));
  document.addEventListener("htmx:after:request", (event) => {
    const { ctx } = event.detail;
    if (ctx?.sourceElement !== form) return;
    form.classList.remove("is-sending");
    if (ctx.response?.raw?.ok ?? ctx.response?.status < 400) {
      field.value = "";
      page.dataset.empty = "no";
      grow();
      requestAnimationFrame(() => toEnd(true));
    }
  });
  document.addEventListener("htmx:error", (event) => {
    if (event.detail.ctx?.sourceElement !== form) return;
    form.classList.remove("is-sending");
    notice.textContent = "We could not be reached. Your question is kept: send it again.";
  });

  document.addEventListener("htmx:ws:close", () => document.body.classList.add("is-offline"));
  document.addEventListener("htmx:after:ws:connection", () =>
    document.body.classList.remove("is-offline"),
  );
  let atEnd = true;
  document.addEventListener("htmx:before:ws:message", () => (atEnd = nearEnd()));
  document.addEventListener("htmx:after:swap", (event) => {
    const target = event.detail.ctx?.target;
    if (target === drawer || target?.id === "drawer") {
      drawer.querySelector("h2")?.focus();
      drawer.querySelector("#quoted")?.scrollIntoView({ block: "center" });
    } else if (atEnd) {
      toEnd(false);
    }
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[hx-target='#drawer']");
    if (link) opener = link;
    if (event.target.closest("[data-close]")) close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && drawer.firstElementChild) close();
  });
  if (page.dataset.empty === "no") toEnd(false);
})();
