// Text with Telegram's entities -> nodes. Offsets are UTF-16 units, as JavaScript counts.

import { el } from "./dom.js";
import { TEXTS } from "../texts/page.js";

const TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code" };

/** `act` has onCommand(text), or null where commands are no buttons, and onLink(url). */
export function rich(text, entities, act) {
  const sorted = [...(entities || [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return nodes(text, sorted, 0, text.length, act);
}

function nodes(text, entities, begin, end, act) {
  const found = [];
  let at = begin;
  for (let i = 0; i < entities.length; i += 1) {
    const entity = entities[i];
    const from = Math.max(entity.offset, at);
    const to = Math.min(entity.offset + entity.length, end);
    if (to <= from || entity.offset < at) continue;
    if (from > at) found.push(text.slice(at, from));
    const inside = entities.slice(i + 1).filter((other) => other.offset < to);
    found.push(wrap(entity, text.slice(from, to), nodes(text, inside, from, to, act), act));
    at = isBlock(entity) && text[to] === "\n" ? to + 1 : to;
  }
  if (at < end) found.push(text.slice(at, end));
  return found;
}

function isBlock(entity) {
  return entity.type === "pre" || entity.type.endsWith("blockquote");
}

function wrap(entity, raw, children, act) {
  if (TAGS[entity.type]) return el(TAGS[entity.type], {}, ...children);
  if (entity.type === "text_link") return link(entity.url, children, act);
  if (entity.type === "url") return link(raw, children, act);
  if (entity.type === "pre") return el("pre", {}, el("code", {}, ...children));
  if (entity.type.endsWith("blockquote")) return el("blockquote", {}, ...children);
  if (entity.type === "spoiler") return spoiler(children);
  if (entity.type === "bot_command" && act.onCommand) {
    return el("button", { type: "button", class: "inline-command", onclick: () => act.onCommand(raw) }, raw);
  }
  return el("span", { class: `entity-${entity.type}` }, ...children);
}

function link(url, children, act) {
  return el("button", { type: "button", class: "inline-command", title: url, onclick: () => act.onLink(url) }, ...children);
}

function spoiler(children) {
  const show = () => {
    node.classList.add("shown");
    node.removeAttribute("role");
    node.removeAttribute("aria-label");
  };
  const attributes = { class: "spoiler", tabindex: 0, role: "button", "aria-label": TEXTS.spoiler, onclick: show };
  const node = el("span", { ...attributes, onkeydown: (event) => event.key === "Enter" && show() }, el("span", {}, ...children));
  return node;
}
