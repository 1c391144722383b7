// A report's page: point at a statement in the list and its words light up in the text, and the other way round.
// Listeners sit on the document, because htmx replaces the page's middle after every act.
(() => {
  "use strict";
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  const wide = window.matchMedia("(min-width: 62rem)");
  let lit = null;

  const keysOf = (element) => (element.dataset.statements || element.dataset.statement || "").split(" ");

  function light(key) {
    if (key === lit) return;
    lit = key;
    for (const element of document.querySelectorAll("[data-statement], [data-statements]")) {
      element.classList.toggle("is-lit", key !== null && keysOf(element).includes(key));
    }
  }

  function bringIntoView(element) {
    // Only where text and list scroll by themselves: on a narrow screen the page must not jump under the pointer.
    if (element && wide.matches) {
      element.scrollIntoView({ block: "nearest", behavior: calm.matches ? "auto" : "smooth" });
    }
  }

  function point(event) {
    const at = event.target.closest?.("[data-statement], [data-statements]");
    if (!at) return light(null);
    const [key] = keysOf(at); // the innermost of overlapping statements
    if (key === lit) return;
    light(key);
    bringIntoView(document.getElementById(at.dataset.statement ? `in-text-${key}` : `statement-${key}`));
  }

  document.addEventListener("mouseover", point);
  document.addEventListener("focusin", point);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") light(null);
  });

  // The correcting form: take the words selected in the text, and where they begin.
  const codePoints = (text) => Array.from(text).length;

  function selectedWords() {
    const selection = window.getSelection();
    const words = selection.toString().trim();
    if (!words || selection.rangeCount === 0) return null;
    const range = selection.getRangeAt(0);
    const piece = range.startContainer.parentElement?.closest("#report-text [data-begin]");
    if (!piece) return null;
    const before = range.startContainer.textContent.slice(0, range.startOffset);
    return { words, begin: Number(piece.dataset.begin) + codePoints(before) };
  }

  let kept = null; // pressing a button moves the focus; some browsers drop the selection then
  document.addEventListener("selectionchange", () => {
    kept = selectedWords() || kept;
  });

  function offer(field) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-small button-secondary take-words";
    button.textContent = "Use the words selected in the text";
    button.addEventListener("click", () => {
      const chosen = selectedWords() || kept;
      if (!chosen) return;
      field.value = chosen.words;
      document.getElementById(`${field.id}_near`).value = chosen.begin;
      field.focus();
    });
    field.addEventListener("input", () => {
      document.getElementById(`${field.id}_near`).value = "";
    });
    field.insertAdjacentElement("afterend", button);
  }

  document.querySelectorAll("textarea[data-words]").forEach(offer);
})();
