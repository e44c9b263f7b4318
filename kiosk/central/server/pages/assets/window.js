// The window's page without reloading: forms answer with a new board, events ask for one.
"use strict";
const whole = document.getElementById("whole");
const code = document.getElementById("code");
const line = document.getElementById("line");
let acting = false, looking = null, pressing = false, waiting = null, skew = 0, shown = "";

function take(html, looked) {
  const bare = html.replace(/data-at="[^"]*"/, "");
  if (bare === shown) return;
  shown = bare;
  const file = document.getElementById("file");
  const opened = document.querySelector("details.more[open]");
  const before = document.getElementById("board").dataset.current;
  whole.innerHTML = html;
  const { current } = document.getElementById("board").dataset;
  // A board asked for by an event brings no file; the one that lies open stays, whoever else comes.
  const stays = current === file?.dataset.ticket || (looked && current === before);
  if (file && stays && !document.getElementById("file"))
    document.querySelector(".left").append(file);
  if (opened) document.querySelector("details.more")?.setAttribute("open", "");
  set();
  if (!opened) code.focus();
}

async function ask(url, options) {
  const answer = await fetch(url, { ...options, headers: { "X-Part": "board" }, redirect: "manual" });
  if (answer.type === "opaqueredirect") return location.reload();  // signed out
  const html = await answer.text();
  line.hidden = true;
  const looked = Boolean(options.signal);
  if (looked && busy()) return again();
  take(html, looked);
}

// What a clerk has under their hands is not redrawn: a field, a key, services chosen but not sent.
function busy() {
  const typing = document.activeElement !== code && document.activeElement?.matches("input, select");
  return acting || pressing || typing || Boolean(whole.querySelector(".choose[data-changed]"));
}

// Looking never keeps a clerk from acting: an act ends a look that is under way.
async function refresh() {
  if (looking || busy()) return again();
  looking = new AbortController();
  try {
    await ask(whole.dataset.base, { signal: looking.signal });
  } catch (error) {
    line.hidden = error.name === "AbortError" ? line.hidden : false;
  }
  looking = null;
}

function again() {
  clearTimeout(waiting);
  waiting = setTimeout(refresh, 150);
}

async function act(url, body) {
  if (acting) return;
  acting = true;
  looking?.abort();
  try {
    await ask(url, { method: "POST", body });
  } catch {
    line.hidden = false;
  }
  acting = false;
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.action.includes("/staff/window/")) return;
  event.preventDefault();
  act(form.action, new URLSearchParams(new FormData(form)));
  if (form.id === "scan") {
    code.value = "";
    form.elements.key.value = "s" + crypto.getRandomValues(new Uint32Array(2)).join("");
  }
});

document.addEventListener("input", (event) => {
  event.target.closest(".choose")?.setAttribute("data-changed", "");
});

// A button that is replaced under a pressed finger would never hear of being pressed.
document.addEventListener("pointerdown", () => { pressing = true; });
document.addEventListener("pointerup", () => { pressing = false; });
document.addEventListener("pointercancel", () => { pressing = false; });

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && document.activeElement === code && !code.value) {
    event.preventDefault();
    whole.querySelector("[data-first]:not(:disabled)")?.click();
    return;
  }
  if (event.key === "Escape") {
    document.querySelector("details.more")?.removeAttribute("open");
    code.focus();
    return;
  }
  if (!/^F\d+$/.test(event.key)) return;
  const button = whole.querySelector(`[data-press="${event.key}"]:not(:disabled)`);
  if (!button) return;
  event.preventDefault();
  if (event.repeat) return;
  button.click();
  if (button.matches("summary")) button.parentElement.querySelector("select").focus();
});

// The hall's time is central's: a clerk's computer may go wrong.
function set() {
  skew = Date.now() - Date.parse(document.getElementById("board").dataset.at);
  tick();
}

function tick() {
  for (const one of document.querySelectorAll("[data-since]")) {
    const seconds = Math.max(0, Math.floor((Date.now() - skew - Date.parse(one.dataset.since)) / 1000));
    one.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  }
}

const kinds = ["queue_changed", "ticket_moved", "window_changed", "ticket_called"];
const source = new EventSource(
  `/v1/events?hall_id=${whole.dataset.hall}&` + kinds.map((one) => `kind=${one}`).join("&"));
for (const kind of kinds) {
  source.addEventListener(kind, again);
}
source.onerror = () => { line.hidden = false; };
source.onopen = () => { if (!line.hidden) { line.hidden = true; refresh(); } };
setInterval(tick, 1000);
set();
document.documentElement.dataset.ready = "";
