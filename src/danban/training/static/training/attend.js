// Help for a phone with a poor connection; the form works without it.
// A tap that cannot be sent is kept in this browser and sent when there is a connection again. The code of
// the room proves when it was read, so it may arrive late; the server keeps one presence a person.
"use strict";
(() => {
  const TAPS = "danban:diem-danh", CODE = "danban:ma-tap-huan", PATIENCE = 15000;
  const shelf = (work) => { try { return work(window.localStorage); } catch { return null; } };
  const kept = () => { try { return JSON.parse(shelf((box) => box.getItem(TAPS)) || "[]"); } catch { return []; } };
  const keep = (taps) => shelf((box) => { box.setItem(TAPS, JSON.stringify(taps)); return true; });
  const say = (what) => { for (const one of document.querySelectorAll(`[data-attend-${what}]`)) one.hidden = false; };
  const hush = (what) => { for (const one of document.querySelectorAll(`[data-attend-${what}]`)) one.hidden = true; };

  const post = (tap) => fetch(tap.url, {
    method: "POST", body: new URLSearchParams(tap.fields), signal: AbortSignal.timeout(PATIENCE),
  });

  async function sendKept() {
    const settled = new Set();
    for (const tap of kept()) {
      let status = 0;
      try { status = (await post(tap)).status; } catch { /* still no connection */ }
      if (status >= 200 && status < 300) say("sent");
      else if (status >= 400 && status < 500 && status !== 429) say("refused");
      else continue;
      settled.add(JSON.stringify(tap));
    }
    // Read anew: a tap may have been kept while these were on their way.
    const left = kept().filter((tap) => !settled.has(JSON.stringify(tap)));
    keep(left);
    if (left.length) say("kept"); else hush("kept");
  }

  for (const form of document.querySelectorAll("form[data-attend]")) {
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const tap = { url: form.action, fields: Object.fromEntries(new FormData(form)) };
      try {
        const answer = await post(tap);
        if (answer.redirected) window.location.assign(answer.url); else form.submit();
      } catch {
        if (keep([...kept(), tap])) say("kept"); else form.submit();
      }
    });
  }
  for (const one of document.querySelectorAll("[data-remember]")) {
    shelf((box) => box.setItem(CODE, one.dataset.remember));
  }
  for (const box of document.querySelectorAll("[data-recall]")) {
    if (!box.value) box.value = shelf((shelved) => shelved.getItem(CODE)) || "";
  }
  window.addEventListener("online", sendKept);
  if (kept().length) sendKept();
})();
