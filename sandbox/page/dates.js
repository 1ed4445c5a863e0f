// Business dates as an office of the page's language writes them: 2026. 6. 29.(Mon) 09:10, Mon 29 June 2026 09:10

import { TEXTS } from "../texts/page.js";

let zone = "Asia/Seoul";

export function setZone(name) {
  zone = name || zone;
}

function parts(instant) {
  const format = new Intl.DateTimeFormat(TEXTS.locale, {
    timeZone: zone, year: "numeric", month: TEXTS.month, day: "numeric", weekday: "short",
    hour: "2-digit", minute: "2-digit", hourCycle: "h23",
  });
  return Object.fromEntries(format.formatToParts(instant).map((part) => [part.type, part.value]));
}

export function day(instant) {
  return TEXTS.day(parts(instant));
}

export function shortDay(instant) {
  return TEXTS.shortDay(parts(instant));
}

export function hour(instant) {
  const p = parts(instant);
  return `${p.hour}:${p.minute}`;
}
