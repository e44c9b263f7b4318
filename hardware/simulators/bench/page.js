"use strict";
const language = new URLSearchParams(location.search).get("lang") || "zh_CN";
const screenPicture = document.getElementById("screen");
const devices = document.getElementById("devices");
let words = {};
let drawn = "";
const opened = new Set();

async function post(path, what) {
  await fetch(path, { method: "POST", body: JSON.stringify(what) });
  refresh();
}

function element(kind, text, className) {
  const made = document.createElement(kind);
  if (text) made.textContent = text;
  if (className) made.className = className;
  return made;
}

function button(text, chosen, act) {
  const made = element("button", text, chosen ? "on" : "");
  made.addEventListener("click", act);
  return made;
}

function turner(simulator, knob) {
  return (value) => post("/api/knob", { simulator: simulator.key, knob: knob.key, value });
}

function choiceRow(simulator, knob) {
  const turn = turner(simulator, knob);
  const row = element("div", "", "choices");
  row.append(element("h3", knob.label));
  const options = element("div", "", "options");
  for (const one of knob.choices) {
    const made = button(one.label, one.value === knob.value, () => turn(one.value));
    made.setAttribute("aria-pressed", one.value === knob.value);
    options.append(made);
  }
  row.append(options);
  return row;
}

function switchChip(simulator, knob) {
  const made = button(knob.label, knob.value, () => turner(simulator, knob)(!knob.value));
  made.classList.add("fault");
  made.setAttribute("aria-pressed", Boolean(knob.value));
  return made;
}

function numberField(simulator, knob) {
  const made = element("label", knob.label, "number");
  const input = element("input");
  input.type = "number";
  input.min = 0;
  input.value = knob.value;
  input.addEventListener("change", () => { input.blur(); turner(simulator, knob)(Number(input.value)); });
  made.append(input, element("span", knob.unit));
  return made;
}

function papersOf(simulator) {
  const papers = element("div", "", "papers");
  for (const picture of [...simulator.pictures].reverse()) {
    const image = element("img");
    image.src = `/pictures/${simulator.key}/${picture.name}`;
    image.alt = picture.caption;
    papers.append(image);
  }
  return papers;
}

function faultsOf(simulator) {
  const made = element("details", "", "faults");
  const switches = simulator.knobs.filter((one) => one.kind === "switch");
  const numbers = simulator.knobs.filter((one) => one.kind === "number");
  const active = switches.filter((one) => one.value).length;
  made.open = opened.has(simulator.key) || active > 0;
  made.addEventListener("toggle", () => opened[made.open ? "add" : "delete"](simulator.key));
  made.append(element("summary", active ? `${words.faults} (${active})` : words.faults));
  const chips = element("div", "", "options");
  chips.append(...switches.map((one) => switchChip(simulator, one)));
  made.append(chips, ...numbers.map((one) => numberField(simulator, one)));
  return switches.length + numbers.length ? made : "";
}

function card(simulator) {
  const made = element("div", "", "device");
  const head = element("div", "", "head");
  head.append(element("h2", simulator.label));
  for (const knob of simulator.knobs.filter((one) => one.kind === "action")) {
    head.append(button(knob.label, false, () => turner(simulator, knob)(null)));
  }
  made.append(head);
  for (const knob of simulator.knobs.filter((one) => one.kind === "choice")) {
    made.append(choiceRow(simulator, knob));
  }
  if (simulator.pictures.length) made.append(papersOf(simulator));
  made.append(faultsOf(simulator));
  return made;
}

async function refresh() {
  try {
    const answer = await fetch(`/api/state?lang=${language}`);
    const text = await answer.text();
    if (text === drawn || document.activeElement.tagName === "INPUT") return;
    drawn = text;
    const state = JSON.parse(text);
    words = state.words;
    document.title = document.getElementById("title").textContent = words.title;
    document.getElementById("simulated").textContent = words.simulated;
    document.getElementById("hint").textContent = words.tap;
    screenPicture.alt = words.screen;
    devices.replaceChildren(...state.simulators.map(card));
  } catch {
    document.getElementById("hint").textContent = words.gone;
  }
}

screenPicture.addEventListener("click", (event) => {
  const box = screenPicture.getBoundingClientRect();
  const frame = screenPicture.clientLeft;
  post("/api/tap", {
    x: Math.min(1, Math.max(0, (event.clientX - box.left - frame) / screenPicture.clientWidth)),
    y: Math.min(1, Math.max(0, (event.clientY - box.top - frame) / screenPicture.clientHeight)),
  });
});

function nextPicture() {
  const next = new Image();
  next.onload = () => {
    screenPicture.src = next.src;
    document.querySelector("main").classList.toggle("lies", next.naturalWidth > next.naturalHeight);
    setTimeout(nextPicture, 250);
  };
  next.onerror = () => setTimeout(nextPicture, 1000);
  next.src = `/screen.jpg?at=${Date.now()}`;
}

refresh();
setInterval(refresh, 1000);
nextPicture();
