// Columns side by side on a wide screen, one at a time behind tabs on a phone.

import { el } from "./dom.js";
import { TEXTS } from "../texts/page.js";

export class Tabs {
  constructor(bar, frame) {
    this.bar = bar;
    this.frame = frame;
    this.tabs = new Map();
    this.narrow = window.matchMedia("(max-width: 820px), (max-height: 520px)");
    this.narrow.addEventListener("change", () => this.apply());
    this.empty = el("p", { class: "nobody", hidden: true }, TEXTS.nobody);
    frame.append(this.empty);
    bar.addEventListener("keydown", (event) => this.onKey(event));
  }

  /** One that came while somebody looked is brought into view. */
  add(column, isLater) {
    const badge = el("span", { class: "badge", hidden: true });
    const name = el("b", {});
    const role = el("small", {});
    const tab = el("button", { type: "button", role: "tab", id: `tab-${column.id}`, "aria-controls": column.node.id, onclick: () => this.select(column.id) }, name, role, badge);
    this.tabs.set(column.id, { tab, name, role, badge, column, unread: 0 });
    this.bar.append(tab);
    this.frame.append(column.node);
    if (this.selected === undefined || isLater) this.selected = column.id;
    this.apply();
    if (isLater) column.node.scrollIntoView({ inline: "end", block: "nearest" });
    return column;
  }

  rename(column) {
    const entry = this.tabs.get(column.id);
    entry.name.textContent = column.title.textContent;
    entry.role.textContent = column.owner ? column.owner.label : TEXTS.group;
  }

  remove(column) {
    this.tabs.get(column.id).tab.remove();
    this.tabs.delete(column.id);
    column.node.remove();
    if (this.selected === column.id) [this.selected] = this.tabs.keys();
    this.apply();
  }

  select(id) {
    this.selected = id;
    this.tabs.get(id).unread = 0;
    this.apply();
    this.tabs.get(id).column.toEnd();
  }

  noteUnread(column) {
    if (!this.narrow.matches || column.id === this.selected) return;
    this.tabs.get(column.id).unread += 1;
    this.apply();
  }

  apply() {
    for (const [id, { tab, badge, column, unread }] of this.tabs) {
      const isSelected = id === this.selected;
      tab.setAttribute("aria-selected", String(isSelected));
      tab.tabIndex = isSelected ? 0 : -1;
      badge.hidden = !unread;
      badge.textContent = unread;
      badge.setAttribute("aria-label", TEXTS.unread(unread));
      column.node.hidden = this.narrow.matches && !isSelected;
      if (this.narrow.matches) column.node.setAttribute("role", "tabpanel");
      else column.node.removeAttribute("role");
    }
  }

  onKey(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const ids = [...this.tabs.keys()];
    const next = ids[(ids.indexOf(this.selected) + step + ids.length) % ids.length];
    this.select(next);
    this.tabs.get(next).tab.focus();
  }

  showEmpty(isEmpty) {
    this.empty.hidden = !isEmpty;
    this.bar.hidden = isEmpty;
  }
}
