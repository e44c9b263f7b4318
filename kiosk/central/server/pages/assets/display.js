// The hall's display. It draws one picture into elements that are there from the start, so that it
// runs for days without growing. Events are hints: after each the picture is read again.
"use strict";
const page = document.body.dataset;
const words = JSON.parse(page.words), kinds = JSON.parse(page.kinds);
const voices = page.voices ? page.voices.split(",") : [];
const at = (id) => document.getElementById(id);
const FRESH_MS = 6000, LOOK_MS = 20000, AWAY_MS = 4000, OLD_CALL_MS = 60000;
const KINDS = ["ticket_called", "ticket_moved", "window_changed", "queue_changed", "notice_changed", "events_lost"];
let source = null, picture = null, looking = false, wanted = false, later = 0, fresh = 0;
let offsetMin = 480, skewMs = 0, lostAt = 0, turn = 0, turnsAt = 0, retryAt = 0;

function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function named(names) {
  return names[page.language] ?? names.zh_CN ?? Object.values(names)[0] ?? "";
}

function filled(word, values) {
  return word.replace(/\{(\w+)\}/g, (_all, name) => values[name] ?? "");
}

// ---- drawing

function draw(next) {
  picture = next;
  const zone = /([+-])(\d\d):(\d\d)$/.exec(next.drawn_at);
  offsetMin = zone ? Number(`${zone[1]}1`) * (Number(zone[2]) * 60 + Number(zone[3])) : 0;
  put(at("hall"), named(next.names));
  drawCalls(next.queue.calls);
  drawServices(next);
  if (!next.notices.length || turn >= next.notices.length) turn = 0;
  drawNotice();
}

function drawCalls(calls) {
  const [first, ...others] = calls;
  at("now").classList.toggle("empty", !first);
  if (first) {
    put(at("number"), first.number);
    at("number").classList.toggle("long", first.number.length > 4);
    put(at("window"), first.window);
  }
  const rows = at("earlier").querySelectorAll("li");
  rows.forEach((row, i) => {
    const call = others[i];
    row.hidden = !call;
    if (!call) return;
    put(row.children[0], call.number);
    put(row.children[2], filled(words.window_of, { window: call.window }));
    row.classList.toggle("missed", call.state === "no_show");
  });
}

function drawServices(next) {
  const body = at("services");
  while (body.rows.length > next.services.length) body.lastElementChild.remove();
  while (body.rows.length < next.services.length) body.append(at("line").content.cloneNode(true));
  const queues = new Map(next.queue.services.map((one) => [one.service_id, one]));
  next.services.forEach((service, i) => {
    const row = body.rows[i], queue = queues.get(service.service_id);
    put(row.querySelector("i"), service.prefix);
    put(row.querySelector(".name b"), named(service.names));
    put(row.querySelector(".name span"), waitOf(queue));
    put(row.querySelector(".people b"), String(queue?.waiting ?? 0));
    put(row.querySelector("small"), words.people);
  });
}

function waitOf(queue) {
  if (!queue || !queue.windows.length) return words.no_window;
  return queue.wait_min ? filled(words.about, { minutes: queue.wait_min }) : "";
}

function drawNotice() {
  const all = picture?.notices ?? [], one = all[turn];
  at("notices").hidden = !one;
  if (!one) return;
  put(at("kind"), kinds[one.kind] ?? "");
  at("kind").className = `tag ${one.kind}`;
  put(at("title"), named(one.titles));
  put(at("text"), named(one.texts));
  put(at("dots"), all.length > 1 ? `${turn + 1} / ${all.length}` : "");
}

// Long notices stay longer; one line of a child's reading speed is eight letters a second.
function turnNotice(now) {
  const all = picture?.notices ?? [];
  if (all.length < 2 || now < turnsAt) return;
  if (turnsAt) turn = (turn + 1) % all.length;
  turnsAt = now + Math.min(25000, 7000 + 120 * named(all[turn].texts).length);
  drawNotice();
}

// ---- reading

async function look() {
  clearTimeout(later);
  later = 0;
  if (looking) { wanted = true; return; }
  looking = true;
  try {
    const answer = await fetch(`/v1/display?hall_id=${page.hall}`, { signal: AbortSignal.timeout(8000) });
    if (!answer.ok) throw new Error(String(answer.status));
    const date = Date.parse(answer.headers.get("date") ?? "");
    if (date && Math.abs(Date.now() - date - skewMs) > 2000) skewMs = Date.now() - date;
    const next = await answer.json();
    if (next.version !== page.version) { location.reload(); return; }
    draw(next);
    if (source?.readyState === EventSource.OPEN) lostAt = 0;
    document.documentElement.dataset.drawn = String(next.queue.event_id);
  } catch {
    lostAt ||= Date.now();
  }
  looking = false;
  if (wanted) { wanted = false; look(); }
}

function soon() {
  if (!later) later = setTimeout(look, 150);
}

function listen() {
  source?.close();
  const after = picture ? `&after=${picture.queue.event_id}` : "";
  source = new EventSource(`/v1/events?hall_id=${page.hall}${after}&` + KINDS.map((one) => `kind=${one}`).join("&"));
  for (const kind of KINDS) source.addEventListener(kind, kind === "ticket_called" ? called : soon);
  source.onopen = look;
  source.onerror = () => { lostAt ||= Date.now(); };
}

function called(message) {
  look();
  const event = JSON.parse(message.data);
  const box = at("now");
  box.classList.remove("fresh");
  void box.offsetWidth;  // lets the same animation begin again
  box.classList.add("fresh");
  fresh = Date.now() + FRESH_MS;
  // Who was called while this display was away sits at the window already.
  if (Date.now() - skewMs - Date.parse(event.at) < OLD_CALL_MS) speak(event.facts);
}

// ---- voice: one call after the other, in every language of this display

const sound = new Audio();
const unsaid = [];
let speaking = false;

function speak(facts) {
  if (unsaid.length > 10) return;
  for (const voice of voices)
    unsaid.push(`/display/${page.hall}/call/${voice}/${facts.number}/${facts.window}.wav`);
  if (!speaking) sayNext();
}

function sayNext() {
  const path = unsaid.shift();
  speaking = Boolean(path);
  if (!path) return;
  sound.src = path;
  sound.play().then(
    () => { at("silent").hidden = true; },
    () => { at("silent").hidden = false; sayNext(); });
}

sound.addEventListener("ended", sayNext);

// ---- time

function tick() {
  const now = Date.now();
  const local = new Date(now - skewMs + offsetMin * 60000);
  put(at("clock"), `${String(local.getUTCHours()).padStart(2, "0")}:${String(local.getUTCMinutes()).padStart(2, "0")}`);
  put(at("day"), dayOf(local));
  if (fresh && now > fresh) { fresh = 0; at("now").classList.remove("fresh"); }
  turnNotice(now);
  const away = Boolean(lostAt) && now - lostAt > AWAY_MS;
  put(at("away"), away ? filled(words.away, { minutes: Math.floor((now - lostAt) / 60000) }) : "");
  at("away").hidden = !away;
  if (source?.readyState === EventSource.CLOSED && now > retryAt) { retryAt = now + 3000; listen(); }
}

const days = new Intl.DateTimeFormat(page.language.replace("_", "-"), { month: "long", day: "numeric", weekday: "long", timeZone: "UTC" });
function dayOf(local) { return days.format(local); }

setInterval(tick, 1000);
setInterval(look, LOOK_MS);
look().then(() => { listen(); tick(); document.documentElement.dataset.ready = ""; });
