// The dialogs: seating a person, making a group, taking one off the page, beginning anew, a picture in full.

import { post, town } from "./api.js";
import { el } from "./dom.js";
import { TEXTS } from "../texts/page.js";

function dialog(id, onSubmit) {
  const node = document.getElementById(id);
  node.querySelector("form")?.addEventListener("submit", () => onSubmit(node.querySelector("form")));
  node.querySelector("[data-cancel]")?.addEventListener("click", () => node.close());
  return node;
}

function options(values) {
  return values.map((value) => el("option", { value }));
}

export class Dialogs {
  /** `say` shows what went wrong. */
  constructor(say) {
    this.say = say;
    this.persons = [];
    this.hasTown = false;
    this.people = [];
    this.adding = dialog("add", (form) => this.add(form));
    this.grouping = dialog("group", (form) => this.found(form));
    this.removing = dialog("remove", () => this.attempt("remove", { chat: this.leaving.id }));
    this.anew = dialog("anew", () => this.beginAnew());
    this.picture = dialog("picture");
    document.getElementById("add-open").addEventListener("click", () => this.openAdding(""));
    document.getElementById("group-open").addEventListener("click", () => this.openGrouping());
    document.getElementById("anew-open").addEventListener("click", () => this.anew.showModal());
    this.adding.querySelector("[name=name]").addEventListener("input", (event) => this.takeDepartment(event.target.value));
  }

  draw(found) {
    this.persons = found.persons;
    this.hasTown = found.town;
    document.getElementById("anew-open").hidden = !found.town;
  }

  async attempt(path, body) {
    try {
      return await post(path, body);
    } catch (fault) {
      this.say(fault.message);
      return null;
    }
  }

  /** With the code of an invite only a name is asked for; in a town whoever is added gets one of the town. */
  async openAdding(code) {
    const kind = code ? "code" : this.hasTown ? "town" : "bare";
    this.adding.dataset.kind = kind;
    this.adding.querySelectorAll("[data-in]").forEach((node) => {
      node.hidden = !node.dataset.in.split(" ").includes(kind);
      node.querySelectorAll("input, select").forEach((field) => { field.disabled = node.hidden; });
    });
    this.adding.querySelector("[name=start_code]").value = code;
    if (kind === "town") await this.fillTown();
    this.adding.showModal();
    this.adding.querySelector("[name=name]").focus();
  }

  async fillTown() {
    try {
      const offered = await town();
      this.people = offered.people;
      document.getElementById("people").replaceChildren(...options(offered.people.map((one) => one.name)));
      document.getElementById("departments").replaceChildren(...options(offered.departments));
      const roles = offered.roles.map((one) => el("option", { value: one.code }, one.word));
      this.adding.querySelector("[name=role]").replaceChildren(...roles);
    } catch (fault) {
      this.say(fault.message);
    }
  }

  takeDepartment(name) {
    const known = this.people.find((one) => one.name === name);
    if (known) this.adding.querySelector("[name=department]").value = known.department;
  }

  async add(form) {
    const body = Object.fromEntries([...new FormData(form)].filter(([, value]) => value));
    const chosen = form.querySelector("[name=role]").selectedOptions[0];
    if (body.role && chosen) body.label = chosen.textContent;
    form.reset();
    await this.attempt("persons", body);
  }

  openGrouping() {
    const boxes = this.persons.map((person) =>
      el("label", { class: "check" }, el("input", { type: "checkbox", name: "member", value: person.id, checked: true }), person.name));
    this.grouping.querySelector("[data-members]").replaceChildren(...boxes);
    this.grouping.showModal();
  }

  async found(form) {
    const data = new FormData(form);
    const members = data.getAll("member").map(Number);
    await this.attempt("groups", { title: data.get("title"), members });
    form.reset();
  }

  openRemoving(column) {
    this.leaving = column;
    const name = column.title.textContent;
    this.removing.querySelector("h2").textContent = TEXTS.removeOf(name);
    this.removing.querySelector("[data-about]").textContent = column.owner ? TEXTS.leaves(name) : TEXTS.groupEnds(name);
    this.removing.showModal();
  }

  async beginAnew() {
    if (await this.attempt("town", { language: TEXTS.language })) this.say(TEXTS.beginning);
  }

  showPicture(href, text) {
    const image = this.picture.querySelector("img");
    image.src = href;
    image.alt = text || TEXTS.picture;
    this.picture.showModal();
  }
}
