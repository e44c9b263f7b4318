"use strict";
const language = new URLSearchParams(location.search).get("lang") || "zh_CN";
const screenPicture = document.getElementById("screen");
const devices = document.getElementById("devices");
let words = {};
let drawn = "";

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

function knobRow(simulator, knob) {
  const row = element("div", "", "row");
  row.append(element("span", knob.label, "name"));
  const turn = (value) => post("/api/knob", { simulator: simulator.key, knob: knob.key, value });
  if (knob.kind === "choice") {
    for (const one of knob.choices) row.append(button(one.label, one.value === knob.value, () => turn(one.value)));
  } else if (knob.kind === "switch") {
    row.append(button(knob.value ? words.on : words.off, knob.value, () => turn(!knob.value)));
  } else if (knob.kind === "number") {
    const input = element("input");
    input.type = "number";
    input.value = knob.value;
    input.addEventListener("change", () => turn(Number(input.value)));
    row.append(input, element("span", knob.unit));
  } else {
    row.append(button(words.do, false, () => turn(null)));
  }
  return row;
}

function card(simulator) {
  const made = element("div", "", "device");
  made.append(element("h2", simulator.label));
  for (const knob of simulator.knobs) made.append(knobRow(simulator, knob));
  if (simulator.pictures.length) {
    const papers = element("div", "", "papers");
    for (const picture of [...simulator.pictures].reverse()) {
      const image = element("img");
      image.src = `/pictures/${simulator.key}/${picture.name}`;
      image.alt = picture.caption;
      papers.append(image);
    }
    made.append(papers);
  }
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
  next.onload = () => { screenPicture.src = next.src; setTimeout(nextPicture, 250); };
  next.onerror = () => setTimeout(nextPicture, 1000);
  next.src = `/screen.jpg?at=${Date.now()}`;
}

refresh();
setInterval(refresh, 1000);
nextPicture();
