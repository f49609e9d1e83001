// Optional help on citizens' pages; each page works without it.
// [data-keep="key"] text is kept in this browser until [data-forget="key"] is seen (the receipt);
// [data-copy] copies its address; a contents list closes once a line of it was chosen.
"use strict";
(() => {
  const store = (work) => { try { return work(window.localStorage); } catch { return null; } };
  const name = (key) => "danban:" + key;

  for (const box of document.querySelectorAll("[data-keep]")) {
    const kept = store((shelf) => shelf.getItem(name(box.dataset.keep)));
    if (kept && !box.value) box.value = kept;
    box.addEventListener("input", () => store((shelf) => shelf.setItem(name(box.dataset.keep), box.value)));
  }
  for (const done of document.querySelectorAll("[data-forget]")) {
    store((shelf) => shelf.removeItem(name(done.dataset.forget)));
  }
  for (const button of document.querySelectorAll("button[data-copy]")) {
    button.hidden = !navigator.clipboard;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(new URL(button.dataset.copy, document.baseURI).href);
      button.textContent = button.dataset.copied;
    });
  }
  for (const button of document.querySelectorAll("button[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
  for (const list of document.querySelectorAll("details.contents")) {
    list.addEventListener("click", (event) => { if (event.target.closest("a")) list.open = false; });
  }
})();
