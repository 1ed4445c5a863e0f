// Builds elements; text is always set as text, never as markup.

export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "class") node.className = value;
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** The code of a link that opens the bot's own chat, else nothing: all other links lead out, and stay closed here. */
export function startCode(url, username) {
  try {
    const parsed = new URL(url.includes(":") ? url : `https://${url}`);
    const isOwn = parsed.hostname === "t.me" && parsed.pathname === `/${username}`;
    return isOwn ? parsed.searchParams.get("start") : null;
  } catch {
    return null;
  }
}
