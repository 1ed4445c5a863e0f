// Puts the page together: follows the server's state and hands each part what is its own.

import { post, state } from "./api.js";
import { ClockBar } from "./clock.js";
import { Column } from "./column.js";
import { Tabs } from "./tabs.js";
import { TEXTS } from "../texts/page.js";

const WAIT_S = 25;
const RETRY_MS = 1500;
const GUIDE_KEY = "gihan-guide-closed";

const banner = document.getElementById("banner");
const clock = new ClockBar(say);
const tabs = new Tabs(document.getElementById("tabs"), document.getElementById("columns"));
const columns = new Map();
let persons = new Map();

function say(text) {
  banner.textContent = text;
  banner.hidden = !text;
}

function draw(found) {
  persons = new Map(found.persons.map((person) => [person.id, person]));
  clock.draw(found.clock);
  for (const chat of found.chats) {
    if (!columns.has(chat.id)) columns.set(chat.id, tabs.add(new Column(chat.id, (column) => tabs.noteUnread(column))));
    columns.get(chat.id).draw(chat, persons);
    tabs.rename(columns.get(chat.id));
  }
  for (const toast of found.toasts) columns.get(toast.chat)?.answer(toast);
  tabs.showEmpty(columns.size === 0);
}

async function follow() {
  let version = 0;
  let isLost = false;
  for (;;) {
    try {
      const found = await state(version, version ? WAIT_S : 0);
      if (!version) found.toasts = [];
      if (isLost) say("");
      isLost = false;
      version = found.version;
      draw(found);
    } catch (fault) {
      console.error(fault);
      isLost = true;
      version = 0;
      say(TEXTS.lost);
      await new Promise((done) => setTimeout(done, RETRY_MS));
    }
  }
}

function remembered() {
  try {
    return localStorage.getItem(GUIDE_KEY) === "1";
  } catch {
    return false;
  }
}

function showGuide(isShown) {
  document.getElementById("guide").hidden = !isShown;
  document.getElementById("guide-open").hidden = isShown;
  try {
    localStorage.setItem(GUIDE_KEY, isShown ? "0" : "1");
  } catch {
    // private window: the guide simply comes back
  }
}

function prepareGuide() {
  showGuide(!remembered());
  document.getElementById("guide-close").addEventListener("click", () => {
    showGuide(false);
    document.getElementById("guide-open").focus();
  });
  document.getElementById("guide-open").addEventListener("click", () => showGuide(true));
}

function prepareAdding() {
  const dialog = document.getElementById("add");
  const form = document.getElementById("add-form");
  document.getElementById("add-open").addEventListener("click", () => dialog.showModal());
  document.getElementById("add-cancel").addEventListener("click", () => dialog.close());
  form.addEventListener("submit", async () => {
    const body = Object.fromEntries([...new FormData(form)].filter(([, value]) => value));
    form.reset();
    try {
      await post("persons", body);
    } catch (fault) {
      say(fault.message);
    }
  });
}

// A file dropped beside a chat must not replace the page.
for (const name of ["dragover", "drop"]) document.addEventListener(name, (event) => event.preventDefault());
prepareGuide();
prepareAdding();
follow();
