// Business dates as a Korean office writes them: 2026. 6. 29.(Mon) 09:10

let zone = "Asia/Seoul";

export function setZone(name) {
  zone = name || zone;
}

function parts(instant) {
  const format = new Intl.DateTimeFormat("ko-KR", {
    timeZone: zone, year: "numeric", month: "numeric", day: "numeric", weekday: "short",
    hour: "2-digit", minute: "2-digit", hourCycle: "h23",
  });
  return Object.fromEntries(format.formatToParts(instant).map((part) => [part.type, part.value]));
}

export function day(instant) {
  const p = parts(instant);
  return `${p.year}. ${p.month}. ${p.day}.(${p.weekday})`;
}

export function shortDay(instant) {
  const p = parts(instant);
  return `${p.month}. ${p.day}.(${p.weekday})`;
}

export function hour(instant) {
  const p = parts(instant);
  return `${p.hour}:${p.minute}`;
}
