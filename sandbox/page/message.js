// One message as a bubble.

import { hour } from "./dates.js";
import { el } from "./dom.js";
import { rich } from "./rich.js";
import { TEXTS } from "../texts/page.js";

const START = /^\/start \S+$/;

/** `act` has onPress(message, button), onCommand(text), onLink(url), onOwnLink(url), onPicture(href, text) and quoted(id). */
export function messageNode(message, isOwn, showName, act) {
  if (message.service) return serviceNode(message);
  const side = isOwn ? "own" : "theirs";
  const bubble = el(
    "div", { class: "bubble" },
    showName ? el("p", { class: "sender" }, message.from.name) : null,
    quote(message, act),
    attachment(message, act),
    message.text ? el("div", { class: "text" }, ...shown(message, isOwn, act)) : null,
    meta(message, isOwn),
  );
  const parts = [bubble];
  if (message.keyboard) parts.push(keyboard(message, act));
  if (message.edited) parts.push(history(message, act));
  const label = `${message.from.name}, ${hour(message.date * 1000)}`;
  return el("article", { class: `message ${side}`, "data-id": message.message_id, "aria-label": label }, ...parts);
}

/** As Telegram shows it: the code of a link stays between the person and the bot. */
function shown(message, isOwn, act) {
  if (isOwn && START.test(message.text)) return ["/start"];
  return rich(message.text, message.entities, isOwn ? { ...act, onCommand: null, onLink: act.onOwnLink } : act);
}

function serviceNode(message) {
  const kind = Object.keys(message.service)[0];
  return el("p", { class: "service", "data-id": message.message_id }, TEXTS.service[kind] || TEXTS.serviceOther);
}

function quote(message, act) {
  const quoted = message.reply_to && act.quoted(message.reply_to);
  return quoted ? el("p", { class: "quote" }, quoted.text.slice(0, 80)) : null;
}

function meta(message, isOwn) {
  const at = new Date(message.date * 1000);
  const edited = message.edited ? el("span", { class: "edited" }, TEXTS.edited) : null;
  return el("p", { class: "meta" }, edited, el("time", { datetime: at.toISOString() }, hour(at)), isOwn ? el("span", { class: "ticks", "aria-hidden": "true" }, "✓✓") : null);
}

function attachment(message, act) {
  const { document: file, photo } = message.attachment || {};
  if (photo) {
    const size = photo[photo.length - 1];
    const href = `/sandbox/files/${size.file_id}`;
    const picture = el("img", { src: href, alt: message.text || TEXTS.picture, width: size.width, height: size.height, loading: "lazy" });
    return el("button", { type: "button", class: "photo", title: TEXTS.larger, onclick: () => act.onPicture(href, message.text) }, picture);
  }
  if (!file) return null;
  const name = el("span", { class: "file-name" }, file.file_name);
  const size = el("span", { class: "file-size" }, bytes(file.file_size));
  return el("a", { class: "file", href: `/sandbox/files/${file.file_id}`, download: file.file_name }, el("span", { class: "file-mark", "aria-hidden": "true" }, "⇩"), name, size);
}

function bytes(size) {
  if (size < 1024) return `${size} B`;
  return size < 1024 * 1024 ? `${Math.round(size / 1024)} KB` : `${(size / 1024 / 1024).toFixed(1)} MB`;
}

function keyboard(message, act) {
  const rows = message.keyboard.map((row) => el("div", { class: "keys-row" }, ...row.map((button) => key(message, button, act))));
  return el("div", { class: "keys", role: "group", "aria-label": TEXTS.buttons }, ...rows);
}

const STYLES = ["success", "danger", "primary"];

function key(message, button, act) {
  if (button.url) {
    return el("button", { type: "button", class: "key", title: button.url, onclick: () => act.onLink(button.url) }, `${button.text} ↗`);
  }
  const press = async (event) => {
    const node = event.currentTarget;
    if (node.getAttribute("aria-busy") === "true") return;
    node.setAttribute("aria-busy", "true");
    await act.onPress(message, button, node);
  };
  const style = STYLES.includes(button.style) ? ` ${button.style}` : "";
  return el("button", { type: "button", class: `key${style}`, "data-data": button.callback_data, onclick: press }, button.text);
}

function history(message, act) {
  const texts = message.revisions.filter((revision, index, all) => revision.text !== (all[index + 1] || message).text);
  const before = texts.map((revision) =>
    el("li", {}, el("time", {}, hour(revision.date * 1000)), " ", el("span", { class: "text" }, ...rich(revision.text, revision.entities, { ...act, onCommand: null }))),
  );
  return el("details", { class: "history" }, el("summary", {}, TEXTS.history(texts.length)), el("ol", {}, ...before));
}
