// The top bar: business date, moving the clock.

import { post } from "./api.js";
import { day, hour, setZone, shortDay } from "./dates.js";
import { TEXTS } from "../texts/page.js";

const MOVES = { next: { next: true }, day: { days: 1 }, week: { days: 7 } };

export class ClockBar {
  constructor(onFault) {
    this.bar = document.getElementById("topbar");
    this.now = document.getElementById("now");
    this.note = document.getElementById("clock-note");
    this.buttons = [...document.querySelectorAll("[data-move]")];
    this.onFault = onFault;
    this.isAsking = false;
    this.buttons.forEach((button) => button.addEventListener("click", () => this.move(button.dataset.move)));
  }

  async move(name) {
    if (this.isBusy) return;
    this.isAsking = true;
    this.onFault("");
    this.show();
    try {
      await post("clock", MOVES[name]);
    } catch (fault) {
      this.onFault(fault.message);
    } finally {
      this.isAsking = false;
      this.show();
    }
  }

  get isBusy() {
    return this.isAsking || Boolean(this.clock?.moving);
  }

  draw(clock) {
    this.clock = clock;
    setZone(clock.timezone);
    const now = new Date(clock.now);
    this.now.dateTime = clock.now;
    this.now.textContent = `${day(now)} ${hour(now)}`;
    this.show();
  }

  show() {
    if (!this.clock) return;
    this.bar.classList.toggle("moving", this.isBusy);
    this.bar.setAttribute("aria-busy", String(this.isBusy));
    this.buttons.forEach((button) => {
      const isIdle = button.dataset.move === "next" && this.clock.settled && !this.clock.next_at;
      button.disabled = this.isBusy || !this.clock.movable || isIdle;
    });
    const text = this.text();
    if (this.note.textContent !== text) this.note.textContent = text;
  }

  text() {
    const { clock } = this;
    if (!clock.movable) return TEXTS.realTime;
    if (this.isBusy) return TEXTS.moving;
    if (!clock.next_at) return clock.settled ? TEXTS.nothingPlanned : TEXTS.waiting;
    const next = new Date(clock.next_at);
    return TEXTS.next(`${shortDay(next)} ${hour(next)}`);
  }
}
