// The "/" menu of a chat's text input: what the bot set with setMyCommands, to be chosen by keys while one types.

import { el } from "./dom.js";
import { TEXTS } from "../texts/page.js";

export class CommandMenu {
  /** `opener`: the button that shows it; whether it is open is told there, for a text field of several lines cannot tell. */
  constructor(input, opener, id, choose) {
    this.input = input;
    this.opener = opener;
    this.choose = choose;
    this.commands = [];
    this.shown = [];
    this.active = -1;
    this.list = el("ul", { class: "menu", id, role: "listbox", "aria-label": TEXTS.commands, tabindex: 0, hidden: true });
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", id);
    opener.setAttribute("aria-haspopup", "listbox");
    opener.setAttribute("aria-controls", id);
    opener.setAttribute("aria-expanded", "false");
    input.addEventListener("input", () => this.follow());
    input.addEventListener("blur", () => this.close());
  }

  get isOpen() {
    return !this.list.hidden;
  }

  follow() {
    const typed = this.input.value;
    if (/^\/[a-z0-9_]*$/i.test(typed)) this.open(typed.slice(1).toLowerCase());
    else this.close();
  }

  toggle() {
    if (this.isOpen) this.close();
    else this.open("");
  }

  open(prefix) {
    this.shown = this.commands.filter((command) => command.command.startsWith(prefix));
    if (!this.shown.length) return this.close();
    this.active = -1;
    this.list.replaceChildren(...this.shown.map((command, index) => this.option(command, index)));
    this.list.hidden = false;
    this.opener.setAttribute("aria-expanded", "true");
    return undefined;
  }

  option(command, index) {
    const take = (event) => {
      event.preventDefault();
      this.take(index);
    };
    return el(
      "li", { role: "option", id: `${this.list.id}-${index}`, "aria-selected": "false", onpointerdown: take },
      el("b", {}, `/${command.command}`), el("span", {}, command.description),
    );
  }

  close() {
    this.list.hidden = true;
    this.active = -1;
    this.opener.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  take(index, isSent = true) {
    const command = this.shown[index];
    this.close();
    this.choose(`/${command.command}`, isSent);
  }

  /** Whether the key was for the menu: Enter sends the command, Tab writes it so that arguments can follow. */
  onKey(event) {
    if (!this.isOpen) return false;
    if (event.key === "Escape") this.close();
    else if (event.key === "ArrowDown") this.move(1);
    else if (event.key === "ArrowUp") this.move(-1);
    else if (event.key === "Tab" && !event.shiftKey) this.take(Math.max(0, this.active), false);
    else if (event.key === "Enter" && this.active >= 0) this.take(this.active);
    else return false;
    event.preventDefault();
    return true;
  }

  move(step) {
    const options = [...this.list.children];
    this.active = (this.active + step + options.length) % options.length;
    options.forEach((option, index) => option.setAttribute("aria-selected", String(index === this.active)));
    options[this.active].scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", options[this.active].id);
  }
}
