// What the console's package leaves to eval and to style attributes, done without either.
// concierge/operations/fitted.py changes its templates to what is answered here.

// A list that select2 draws tells Alpine what was chosen, without the script in its attribute.
function tellOfChoice(field) {
  field.removeAttribute("x-init");
  window.django.jQuery(field).on("select2:select select2:clear", () => {
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

document.addEventListener("alpine:init", () => {
  const { Alpine } = window;
  document.querySelectorAll('[x-init^="const $ = django.jQuery"]').forEach(tellOfChoice);
  Alpine.data("theme", window.theme);
  Alpine.data("searchForm", window.searchForm);
  Alpine.data("searchDropdown", window.searchDropdown);
  Alpine.data("searchCommand", window.searchCommand);
  Alpine.data("page", (tab) => ({
    activeTab: tab,
    sidebarMobileOpen: false,
    sidebarDesktopOpen: localStorage.getItem("sidebarDesktopOpen") !== "0",
    init() {
      if (tab) this.activeTab = window.getCurrentTab() || tab;
      this.$watch("sidebarDesktopOpen", (open) =>
        localStorage.setItem("sidebarDesktopOpen", open ? "1" : "0"),
      );
    },
    moveRecords: (event) => moveRecords(event),
    sortRecords: (event) => window.sortRecords(event),
    placeOf: (tab) =>
      location.pathname + location.search + (tab && tab !== "general" ? `#${tab}` : ""),
    clearOrLeave(field) {
      if (field.value === "") field.blur();
      else field.value = "";
    },
  }));
});

// Sizes that come from figures: `data-style="width: 40%"`. Nothing but sizes is taken over.
(() => {
  const SIZES = /^(flex-grow|grid-column|width|height|max-height|top|left)$/;
  const NUMBERS = /^[\d.]+(%|px|rem|em)?( ?\/ ?(span )?\d+)?$/;

  function measure(element) {
    for (const rule of element.dataset.style.split(";")) {
      const [name, value] = rule.split(":").map((part) => part.trim());
      if (value && SIZES.test(name) && NUMBERS.test(value)) element.style.setProperty(name, value);
    }
  }

  function measureAll(root) {
    if (root.nodeType !== Node.ELEMENT_NODE) return;
    if (root.dataset.style) measure(root);
    root.querySelectorAll("[data-style]").forEach(measure);
  }

  measureAll(document.documentElement);
  new MutationObserver((changes) => {
    for (const change of changes) change.addedNodes.forEach(measureAll);
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
