// Small things that draw: elements, icons, moments, and texts with entities. Nothing that a person
// wrote is ever read as HTML: it only becomes text nodes.

import { language } from "./words.js";

const ZONE = "Europe/Amsterdam";

export function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== undefined && child !== null));
  return node;
}

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `/page/icons.svg#${name}`);
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

function shown(moment, options) {
  return new Intl.DateTimeFormat(language() === "en" ? "en-GB" : "nl-NL", { timeZone: ZONE, ...options }).format(moment);
}

export const clockTime = (moment) => shown(moment, { hour: "2-digit", minute: "2-digit", hour12: false });
export const longDay = (moment) => shown(moment, { weekday: "long", day: "numeric", month: "long" });
export const fullDay = (moment) =>
  shown(moment, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
export const shortDay = (moment) => shown(moment, { weekday: "short", day: "numeric", month: "short" });
export const shortMoment = (moment) =>
  shown(moment, { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hour12: false });

const TAGS = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  code: "code",
  pre: "pre",
  blockquote: "blockquote",
  expandable_blockquote: "blockquote",
};

// A reference is read as one word.
const CODE = /^[A-Z]{1,4}-[A-Z0-9]{4}$/;

function wrapped(entity, text, act) {
  if (entity.type === "text_link" || entity.type === "url") return act.link(entity.url ?? text, text);
  if (entity.type === "bot_command") return act.command(text);
  if (entity.type === "spoiler") {
    const open = (event) => event.currentTarget.classList.add("open");
    return element("button", { type: "button", class: "spoiler", onclick: open });
  }
  return element(TAGS[entity.type] ?? "span", { class: CODE.test(text) ? "code-word" : undefined });
}

/** A text with its entities as nodes; `act` makes links and commands. */
export function formatted(text, entities, act) {
  const root = document.createDocumentFragment();
  const open = [{ node: root, end: text.length }];
  let at = 0;
  const write = (until) => {
    if (until > at) open.at(-1).node.append(...plain(text.slice(at, until), act, open.length > 1));
    at = Math.max(at, until);
  };
  const closeUntil = (position) => {
    while (open.length > 1 && open.at(-1).end <= position) {
      write(open.at(-1).end);
      open.pop();
    }
  };
  for (const entity of entities ?? []) {
    closeUntil(entity.offset);
    write(entity.offset);
    const end = Math.min(entity.offset + entity.length, open.at(-1).end);
    const node = wrapped(entity, text.slice(entity.offset, end), act);
    open.at(-1).node.append(node);
    if ("whole" in node.dataset) at = end;
    else open.push({ node, end });
  }
  closeUntil(text.length);
  write(text.length);
  return root;
}

// The bot's own texts carry no entities for commands and bare links; Telegram finds those itself.
const FOUND = /(?<![\w/@.<>])\/[a-z0-9_]{1,32}\b(?![\w/<>])|https?:\/\/[^\s<>"]+[^\s<>".,!?)]/gi;

function plain(text, act, inside) {
  if (inside) return [text];
  const nodes = [];
  let at = 0;
  for (const match of text.matchAll(FOUND)) {
    nodes.push(text.slice(at, match.index));
    nodes.push(match[0].startsWith("/") ? act.command(match[0]) : act.link(match[0], match[0]));
    at = match.index + match[0].length;
  }
  nodes.push(text.slice(at));
  return nodes.filter((node) => node !== "");
}
