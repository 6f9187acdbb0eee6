// One message as a bubble.

import { clockTime, element, formatted, icon } from "./format.js";
import { word } from "./words.js";

// Telegram hides what comes with a link into the bot: its user sees the command only.
const LINKED = /^(\/start) \S+$/;

/** The bubble of a message; `hands` are what its buttons and links do, and who reads it. */
export function bubble(view, places, hands) {
  const { message } = view;
  const mine = hands.me ? message.from?.id === hands.me : !view.from_bot;
  const node = element("li", {
    class: `bubble ${mine ? "mine" : "theirs"}${view.protected ? " kept" : ""}`,
    "data-id": message.message_id,
  });
  const body = element("div", { class: "body" });
  if (hands.me && !mine) body.append(element("p", { class: "by" }, message.from.first_name));
  if (message.forward_origin) {
    const name = message.forward_origin.sender_user_name;
    body.append(element("p", { class: "forwarded" }, word("forwarded", { name })));
  }
  if (message.reply_to_message) body.append(quote(message.reply_to_message));
  body.append(...content(view, places, hands), foot(view));
  node.append(body);
  const rows = message.reply_markup?.inline_keyboard;
  if (rows) node.append(inlineButtons(rows, message, hands));
  node.append(tools(view, hands));
  return node;
}

/** A short line that stands for a message, where it is quoted. */
export function summary(message) {
  const text = message.text ?? message.caption;
  if (text) return text;
  const kind = ["photo", "voice", "contact", "sticker"].find((name) => message[name]);
  return word(message.location ? "place" : (kind ?? "somethingElse"));
}

function quote(message) {
  return element("p", { class: "quote" }, summary(message));
}

function content(view, places, hands) {
  const { message } = view;
  const nodes = [];
  if (message.photo) nodes.push(photo(message.photo.at(-1)));
  if (message.voice) nodes.push(voice(message.voice));
  if (message.location) nodes.push(place(message.location, places));
  if (message.contact) {
    const { first_name: name, phone_number: number } = message.contact;
    nodes.push(card("contact", name, number));
  }
  if (message.document) nodes.push(file(message.document));
  if (message.sticker) nodes.push(element("p", { class: "sticker" }, message.sticker.emoji ?? ""));
  const text = message.text ?? message.caption;
  if (text) {
    const entities = message.entities ?? message.caption_entities;
    const said = view.from_bot ? text : text.replace(LINKED, "$1");
    nodes.push(element("div", { class: "text", dir: "auto" }, formatted(said, entities, hands)));
  }
  if (!nodes.length) nodes.push(element("p", { class: "text other" }, word("somethingElse")));
  return nodes;
}

function photo(size) {
  const source = `/sandbox/files/${encodeURIComponent(size.file_id)}`;
  return element("img", { class: "photo", src: source, alt: word("photoFrom"), loading: "lazy" });
}

const WAVE = [5, 9, 14, 8, 12, 18, 11, 6, 13, 17, 9, 15, 7, 11, 16, 8, 5, 10, 13, 6];

function voice(recording) {
  const label = word("voiceLength", { seconds: recording.duration });
  const length = `0:${String(recording.duration).padStart(2, "0")}`;
  const wave = element("span", { class: "wave" }, ...WAVE.map((n) => element("i", { "data-n": n })));
  for (const bar of wave.children) bar.style.setProperty("height", `${bar.dataset.n}px`);
  const disc = element("span", { class: "disc" }, icon("play"));
  return element("div", { class: "voice", role: "img", "aria-label": label }, disc, wave, length);
}

function place({ latitude, longitude }, places) {
  const near = Object.entries(places).find(
    ([, [north, east]]) => Math.hypot(north - latitude, east - longitude) < 0.01,
  );
  const where = `${latitude.toFixed(4)}, ${longitude.toFixed(4)}`;
  const map = element("span", { class: "map" }, icon("place"));
  return element("div", { class: "place" }, map, element("strong", {}, near?.[0] ?? word("place")),
    element("small", {}, where));
}

/** A document, to be kept on this machine. */
function file({ file_id: id, file_name: name = "", file_size: bytes }) {
  const size = word("size", { kilobytes: Math.max(1, Math.round(bytes / 1024)) });
  const link = element("a", { class: "download", download: name, href: `/sandbox/files/${encodeURIComponent(id)}` });
  link.append(card("file", name, size));
  return link;
}

function card(kind, title, line) {
  const mark = element("span", { class: "disc" }, icon(kind));
  const words = element("span", {}, element("strong", {}, title), element("small", {}, line));
  return element("div", { class: "card" }, mark, words);
}

function foot(view) {
  const sent = new Date(view.message.date * 1000);
  const parts = [];
  if (view.protected) {
    const lock = element("span", { class: "lock", title: word("protectedMessage") }, icon("lock"));
    lock.append(element("span", { class: "hidden" }, word("protectedMessage")));
    parts.push(lock);
  }
  if (view.edited && !view.message.hide_edit) parts.push(element("span", {}, word("edited")));
  parts.push(element("time", { datetime: sent.toISOString() }, clockTime(sent)));
  return element("p", { class: "foot" }, ...parts);
}

function inlineButtons(rows, message, hands) {
  let number = 0;
  const draw = (button) => {
    const mine = number++;
    if (button.url) {
      const link = hands.link(button.url, button.text);
      link.replaceChildren(button.text, icon("link"));
      link.className = "inline";
      return link;
    }
    const press = (event) => hands.press(message.message_id, mine, event.currentTarget);
    return element("button", { type: "button", class: "inline", onclick: press }, button.text);
  };
  const lines = rows.map((row) => element("div", { class: "line" }, ...row.map(draw)));
  return element("div", { class: "inlines" }, ...lines);
}

function tools(view, hands) {
  const { message } = view;
  const tool = (name, click) =>
    element("button", { type: "button", title: word(name), "aria-label": word(name), onclick: click }, icon(name));
  const row = element("div", { class: "tools" }, tool("reply", () => hands.reply(message)));
  if (hands.edit && !view.from_bot && message.text) row.append(tool("edit", () => hands.edit(message)));
  return row;
}
