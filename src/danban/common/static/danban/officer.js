// Keys of the officers' screens. Every one of them only presses what the mouse can press too:
// j/k walk the [data-row] lines, Enter opens, x marks; any other key presses its [data-key] element.
"use strict";
(() => {
  const typing = (element) => element.closest("textarea, select, [contenteditable], input:not([type=checkbox], [type=radio])");
  const rows = () => [...document.querySelectorAll("[data-row]")];

  function currentIndex(all) {
    const focused = all.findIndex((row) => row.classList.contains("is-focused"));
    return focused >= 0 ? focused : all.findIndex((row) => row.matches(".is-current, [aria-current]"));
  }

  function walk(step) {
    const all = rows();
    if (!all.length) return;
    const here = currentIndex(all);
    const next = Math.min(Math.max(here + step, 0), all.length - 1);
    all.forEach((row) => row.classList.remove("is-focused"));
    all[next].classList.add("is-focused");
    (all[next].querySelector("a") || all[next]).focus({ preventScroll: true });
    all[next].scrollIntoView({ block: "nearest" });
  }

  function markRow() {
    const all = rows();
    all[currentIndex(all)]?.querySelector("input[type=checkbox]")?.click();
  }

  function press(element) {
    if (element.matches("details")) element.open = !element.open;
    else if (element.matches("textarea, select, input:not([type=checkbox], [type=radio])")) element.focus();
    else element.click();
  }

  // [data-busy] says what is happening while a slow answer is awaited; coming back shows the words again.
  document.addEventListener("submit", (event) => {
    const words = event.target.dataset.busy;
    if (!words || !event.submitter) return;
    const pressed = event.submitter;
    const before = [...pressed.childNodes];
    pressed.replaceChildren(words);
    event.target.setAttribute("aria-busy", "true");
    window.addEventListener("pageshow", () => pressed.replaceChildren(...before), { once: true });
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (typing(event.target)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    const named = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (event.key === "j") walk(1);
    else if (event.key === "k") walk(-1);
    else if (event.key === "x") markRow();
    else if (named) press(named);
    else return;
    event.preventDefault();
  });
})();
