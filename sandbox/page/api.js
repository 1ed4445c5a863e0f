// Talks to the control API of this very server.

import { TEXTS } from "../texts/page.js";

export class Refused extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

async function read(answer) {
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refused(body.error || TEXTS.refused(answer.status), answer.status);
  return body;
}

export async function post(path, body) {
  const answer = await fetch(`/sandbox/${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "Accept-Language": TEXTS.language },
    body: JSON.stringify(body),
  });
  return read(answer);
}

export async function state(since, timeout) {
  return read(await fetch(`/sandbox/state?since=${since}&timeout=${timeout}`, { cache: "no-store" }));
}

export async function town() {
  return read(await fetch("/sandbox/town", { cache: "no-store" }));
}

export async function sendFile(person, chat, file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = "";
  for (let i = 0; i < bytes.length; i += 0x8000) binary += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return post("documents", { person, chat, name: file.name, content_base64: btoa(binary) });
}
