// Puts the page together: follows the server's state and hands each part what is its own.

import { post, state } from "./api.js";
import { ClockBar } from "./clock.js";
import { Column } from "./column.js";
import { Dialogs } from "./dialogs.js";
import { Tabs } from "./tabs.js";
import { TEXTS } from "../texts/page.js";

const WAIT_S = 25;
const RETRY_MS = 1500;
const GUIDE_KEY = "gihan-guide-closed";

const banner = document.getElementById("banner");
const clock = new ClockBar(say);
const tabs = new Tabs(document.getElementById("tabs"), document.getElementById("columns"));
const dialogs = new Dialogs(say);
const columns = new Map();
const page = {
  bot: {},
  onUnread: (column) => tabs.noteUnread(column),
  onInvite: (code) => dialogs.openAdding(code),
  onPicture: (href, text) => dialogs.showPicture(href, text),
  remove: (column) => dialogs.openRemoving(column),
};
let born = "";

function say(text) {
  banner.textContent = text;
  banner.hidden = !text;
}

function draw(found) {
  const persons = new Map(found.persons.map((person) => [person.id, person]));
  page.bot = found.bot;
  clock.draw(found.clock);
  dialogs.draw(found);
  for (const [id, column] of columns) if (!found.there.includes(id)) take(id, column);
  const isFirst = columns.size === 0;
  for (const chat of found.chats) {
    if (!columns.has(chat.id)) columns.set(chat.id, tabs.add(new Column(chat.id, page), !isFirst));
    columns.get(chat.id).draw(chat, persons);
    tabs.rename(columns.get(chat.id));
  }
  for (const toast of found.toasts) columns.get(toast.chat)?.answer(toast);
  tabs.showEmpty(columns.size === 0);
}

function take(id, column) {
  tabs.remove(column);
  columns.delete(id);
}

async function follow() {
  let version = 0;
  let isLost = false;
  for (;;) {
    try {
      const found = await state(version, version ? WAIT_S : 0);
      if (born && found.born !== born) return window.location.reload();
      born = found.born;
      if (!version) found.toasts = [];
      if (isLost) say("");
      isLost = false;
      version = found.version;
      draw(found);
    } catch (fault) {
      console.warn(fault);
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

/** The page in the other language, and the bot as well: it speaks it from the next message on. */
function prepareLanguages() {
  for (const button of document.querySelectorAll("[data-language]")) {
    const { language } = button.dataset;
    button.setAttribute("aria-pressed", String(language === TEXTS.language));
    button.addEventListener("click", async () => {
      try {
        await post("language", { language });
        window.location.assign(`/${language}`);
      } catch (fault) {
        say(fault.message);
      }
    });
  }
}

// A file dropped beside a chat must not replace the page.
for (const name of ["dragover", "drop"]) document.addEventListener(name, (event) => event.preventDefault());
prepareGuide();
prepareLanguages();
follow();
