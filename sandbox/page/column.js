// One chat as a column: head, messages, what is below them.

import { post, sendFile } from "./api.js";
import { day } from "./dates.js";
import { el, startCode } from "./dom.js";
import { CommandMenu } from "./menu.js";
import { messageNode } from "./message.js";
import { TEXTS } from "../texts/page.js";

const PRESS_WAIT_MS = 8000;
const TOAST_MS = 4500;
const FAULT_MS = 9000;

export class Column {
  /** `page` has onUnread(column), onInvite(code), onPicture(href, text), remove(column) and bot. */
  constructor(chatId, page) {
    this.id = chatId;
    this.page = page;
    this.drawn = new Map();
    this.pressed = new Map();
    this.follows = true;
    this.build();
  }

  build() {
    this.title = el("h2", { id: `title-${this.id}` });
    this.subtitle = el("p", { class: "subtitle" });
    this.avatar = el("span", { class: "avatar", "aria-hidden": "true" });
    this.blockButton = el("button", { type: "button", class: "plain small", onclick: () => this.toggleBlock() });
    this.removeButton = el("button", { type: "button", class: "plain small", onclick: () => this.page.remove(this) }, TEXTS.remove);
    this.log = el("div", { class: "log", role: "log", "aria-live": "polite", "aria-labelledby": `title-${this.id}`, tabindex: 0 });
    this.log.addEventListener("scroll", () => this.noteScroll());
    new ResizeObserver(() => this.follows && this.toEnd()).observe(this.log);
    this.more = el("button", { type: "button", class: "more", hidden: true, onclick: () => this.toEnd(true) }, TEXTS.newMessage);
    this.typing = el("p", { class: "typing", hidden: true }, TEXTS.typing);
    this.toastBox = el("div", { class: "toasts", role: "status", "aria-live": "assertive" });
    this.buildComposer();
    this.startButton = el("button", { type: "button", class: "start primary", onclick: () => this.start() });
    this.node = el(
      "section", { class: "column", id: `chat-${this.id}`, "aria-labelledby": `title-${this.id}` },
      el("header", { class: "column-head" }, this.avatar, el("div", { class: "who" }, this.title, this.subtitle), this.blockButton, this.removeButton),
      el("div", { class: "log-frame" }, this.log, this.more, this.toastBox),
      this.typing, this.composer, this.startButton,
      el("p", { class: "drop-note", "aria-hidden": "true" }, TEXTS.drop),
    );
    this.acceptDrops();
  }

  buildComposer() {
    this.input = el("textarea", { rows: 1, placeholder: TEXTS.write, autocomplete: "off", maxlength: 4096 });
    const keep = (event) => event.preventDefault();
    const opener = el("button", { type: "button", class: "tool", "aria-label": TEXTS.showCommands, title: TEXTS.commands, onpointerdown: keep, onclick: () => { this.input.focus(); this.menu.toggle(); } }, "/");
    this.menu = new CommandMenu(this.input, opener, `menu-${this.id}`, (command, isSent) => this.take(command, isSent));
    this.input.addEventListener("keydown", (event) => this.onKey(event));
    this.input.addEventListener("input", () => this.grow());
    this.speaker = el("select", { "aria-label": TEXTS.speaker, hidden: true });
    const file = el("input", { type: "file", hidden: true, onchange: () => this.sendFiles([...file.files]).then(() => { file.value = ""; }) });
    this.composer = el(
      "form", { class: "composer", onsubmit: (event) => { event.preventDefault(); this.send(this.input.value); } },
      this.menu.list, this.speaker,
      opener, this.input, file,
      el("button", { type: "button", class: "tool", "aria-label": TEXTS.sendFile, title: TEXTS.sendFile, onclick: () => file.click() }, "＋"),
      el("button", { class: "send", "aria-label": TEXTS.send, title: TEXTS.send }, "➤"),
    );
  }

  acceptDrops() {
    const mark = (isOver) => this.node.classList.toggle("dropping", isOver);
    this.node.addEventListener("dragover", (event) => { event.preventDefault(); mark(true); });
    this.node.addEventListener("dragleave", (event) => !this.node.contains(event.relatedTarget) && mark(false));
    this.node.addEventListener("drop", (event) => {
      event.preventDefault();
      mark(false);
      this.sendFiles([...event.dataTransfer.files]);
    });
  }

  onKey(event) {
    if (event.isComposing || this.menu.onKey(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.send(this.input.value);
    }
  }

  grow() {
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(this.input.scrollHeight + this.input.offsetHeight - this.input.clientHeight, 140)}px`;
  }

  get person() {
    return this.chat.type === "private" ? this.chat.id : Number(this.speaker.value);
  }

  async send(text) {
    if (!text.trim()) return;
    this.input.value = "";
    this.grow();
    this.menu.close();
    await this.attempt(() => post("send", { person: this.person, chat: this.id, text }));
    this.toEnd();
  }

  /** A command from the menu: sent, or written for arguments to follow. */
  take(command, isSent) {
    if (isSent) return this.send(command);
    this.input.value = `${command} `;
    return this.input.focus();
  }

  start() {
    const code = this.owner.start_code;
    return this.send(code ? `/start ${code}` : "/start");
  }

  toggleBlock() {
    return this.attempt(() => post("block", { person: this.id, blocked: !this.owner.blocked }));
  }

  async sendFiles(files) {
    for (const file of files) await this.attempt(() => sendFile(this.person, this.id, file));
    this.toEnd();
  }

  async press(message, button, node) {
    const body = { person: this.person, chat: this.id, message_id: message.message_id, data: button.callback_data };
    const answer = await this.attempt(() => post("press", body));
    if (!answer) return node.removeAttribute("aria-busy");
    const timer = setTimeout(() => this.release(answer.query_id), PRESS_WAIT_MS);
    this.pressed.set(answer.query_id, { node, timer });
    return undefined;
  }

  release(queryId) {
    const waiting = this.pressed.get(queryId);
    if (!waiting) return;
    clearTimeout(waiting.timer);
    waiting.node.removeAttribute("aria-busy");
    this.pressed.delete(queryId);
  }

  async attempt(work) {
    try {
      return await work();
    } catch (fault) {
      this.toast(fault.message, false, FAULT_MS);
      return null;
    }
  }

  /** A link in one's own words is pressed by oneself, as in Telegram; see openLink. */
  openOwnLink(url) {
    const code = startCode(url, this.page.bot.username);
    return code ? this.send(`/start ${code}`) : this.openLink(url);
  }

  /** The bot's own links open here: an invite seats whoever has it. Others lead out of the page, and are only told. */
  openLink(url) {
    const code = startCode(url, this.page.bot.username);
    if (code) this.page.onInvite(code);
    else this.toast(TEXTS.leadsOut(url), false);
  }

  answer(toast) {
    this.release(toast.query_id);
    if (toast.text) this.toast(toast.text, toast.show_alert);
  }

  toast(text, stays, lasts = TOAST_MS) {
    const node = el("div", { class: stays ? "toast alert" : "toast" }, el("span", {}, text));
    if (stays) node.append(el("button", { type: "button", class: "plain small", onclick: () => node.remove() }, TEXTS.confirm));
    else setTimeout(() => node.remove(), lasts);
    this.toastBox.append(node);
  }

  /** Draw what the server says of this chat. */
  draw(chat, persons) {
    const isNew = !this.chat;
    this.chat = chat;
    this.menu.commands = chat.commands;
    this.drawHead(persons);
    const before = this.lastBotId || 0;
    this.drawMessages(chat, persons);
    this.typing.hidden = !chat.action;
    this.lastBotId = Math.max(0, ...chat.messages.filter((m) => m.from.is_bot).map((m) => m.message_id));
    if (this.follows) this.toEnd();
    else if (this.lastBotId > before) this.more.hidden = false;
    if (!isNew && this.lastBotId > before) this.page.onUnread(this);
  }

  drawHead(persons) {
    const isPrivate = this.chat.type === "private";
    this.owner = isPrivate ? persons.get(this.chat.id) : null;
    const name = isPrivate ? this.owner.name : this.chat.title;
    this.title.textContent = name;
    this.avatar.textContent = [...name][0] || "?";
    const members = this.chat.members.map((id) => persons.get(id)?.name).filter(Boolean);
    const about = isPrivate ? [this.owner.label, this.owner.department] : [TEXTS.group, members.join(", ")];
    this.subtitle.textContent = about.filter(Boolean).join(" · ");
    this.input.setAttribute("aria-label", TEXTS.messageOf(name));
    this.removeButton.setAttribute("aria-label", TEXTS.removeOf(name));
    this.blockButton.setAttribute("aria-label", TEXTS.blockOf(name));
    this.drawFoot(isPrivate, persons);
  }

  drawFoot(isPrivate, persons) {
    const owner = this.owner;
    const mustStart = isPrivate && (!owner.started || owner.blocked);
    this.composer.hidden = mustStart;
    this.startButton.hidden = !mustStart;
    this.startButton.textContent = owner?.blocked ? TEXTS.startAgain : TEXTS.start;
    this.blockButton.hidden = !isPrivate || !owner.started || owner.blocked;
    this.blockButton.textContent = TEXTS.block;
    this.speaker.hidden = isPrivate;
    if (isPrivate || this.speaker.options.length === this.chat.members.length) return;
    this.speaker.replaceChildren(...this.chat.members.map((id) => el("option", { value: id }, persons.get(id)?.name || id)));
  }

  drawMessages(chat, persons) {
    const act = {
      onPress: (message, button, node) => this.press(message, button, node),
      onCommand: (text) => this.send(text),
      onLink: (url) => this.openLink(url),
      onOwnLink: (url) => this.openOwnLink(url),
      onPicture: (href, text) => this.page.onPicture(href, text),
      quoted: (id) => chat.messages.find((message) => message.message_id === id),
    };
    const nodes = [];
    let lastDay = "";
    for (const message of chat.messages) {
      const today = day(message.date * 1000);
      if (today !== lastDay) nodes.push(this.once(`day ${today}`, today, () => el("p", { class: "day" }, today)));
      lastDay = today;
      const isOwn = !message.from.is_bot && (chat.type === "private" || message.from.id === this.person);
      const showName = chat.type !== "private" && !isOwn;
      nodes.push(this.once(message.message_id, JSON.stringify([message, isOwn]), () => messageNode(message, isOwn, showName, act)));
    }
    if (!nodes.length) nodes.push(this.once("empty", this.page.bot.description, () => el("p", { class: "empty" }, this.page.bot.description || TEXTS.empty)));
    this.place(nodes);
  }

  /** The node under a key, drawn anew only where its content has changed. */
  once(key, signature, make) {
    const known = this.drawn.get(key);
    if (known && known.signature === signature) return known.node;
    const node = make();
    this.drawn.set(key, { node, signature });
    return node;
  }

  /** Put nodes in order without touching those that stay, so that screen readers hear only what is new. */
  place(nodes) {
    const wanted = new Set(nodes);
    [...this.log.children].forEach((child) => wanted.has(child) || child.remove());
    nodes.forEach((node, index) => {
      if (this.log.children[index] !== node) this.log.insertBefore(node, this.log.children[index] || null);
    });
  }

  isAtEnd() {
    return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 80;
  }

  toEnd(isSmooth = false) {
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.log.scrollTo({ top: this.log.scrollHeight, behavior: isSmooth && !calm ? "smooth" : "auto" });
    this.follows = true;
    this.more.hidden = true;
  }

  /** Whoever scrolled up to read stays there; a column that is not shown keeps following. */
  noteScroll() {
    if (!this.log.clientHeight) return;
    this.follows = this.isAtEnd();
    if (this.follows) this.more.hidden = true;
  }
}
