// The panel beside the phones: who holds the item on screen and why, what happened, what is next.

import { story } from "./desk.js";
import { element, shortMoment } from "./format.js";
import { word } from "./words.js";

export class Story {
  constructor() {
    this.items = [];
    this.kind = "item";
    this.chosen = "";
    this.node = element("section", { class: "story", id: "view-story" });
    this.draw();
  }

  /** Ask again what happened; many changes at once ask once. */
  refreshSoon() {
    clearTimeout(this.asking);
    this.asking = setTimeout(() => this.refresh(), 300);
  }

  async refresh() {
    const items = await story().catch(() => this.items);
    if (JSON.stringify(items) === JSON.stringify(this.items)) return;
    if (items[0]?.code !== this.items[0]?.code) this.chosen = ""; // something new is followed
    this.items = items;
    this.draw();
  }

  /** Tell of reports (`item`) or of questions among neighbours (`ask`). */
  about(kind) {
    this.kind = kind;
    this.draw();
  }

  get told() {
    return this.items.filter(({ kind }) => (kind ?? "item") === this.kind);
  }

  draw() {
    const item = this.told.find(({ code }) => code === this.chosen) ?? this.told[0];
    const title = element("h2", {}, word("story"));
    if (!item) return this.node.replaceChildren(element("header", {}, title), ...guide(this.kind));
    const at = this.node.scrollTop;
    this.node.replaceChildren(element("header", {}, title, this.choice(item)), ...told(item));
    this.node.scrollTop = at;
  }

  /** The newest item is followed until another one is chosen. */
  choice(shown) {
    if (this.told.length < 2) return element("span", { class: "code" }, shown.code);
    const options = this.told.map(({ code, title }) =>
      element("option", { value: code, selected: code === shown.code }, `${code} · ${title}`));
    const choose = (event) => {
      this.chosen = event.target.value === this.told[0].code ? "" : event.target.value;
      this.draw();
    };
    return element("select", { "aria-label": word("item"), onchange: choose }, ...options);
  }
}

const STEPS = { item: ["report", "respond", "move", "answer"], ask: ["request", "offer", "agree", "happen"] };

/** How to play, while there is nothing to tell. */
function guide(kind) {
  const steps = STEPS[kind].map((step) =>
    element("li", {}, element("strong", {}, word(`${step}Step`)), element("span", {}, word(`${step}How`))));
  return [element("p", { class: "none" }, word(kind === "ask" ? "noAsk" : "noStory")), element("ol", { class: "steps" }, ...steps)];
}

/** What happened since `before`, in words: also opened cards that went off the screen. */
export function newsIn(items, before) {
  return items.flatMap((item) => {
    const old = before.find(({ code }) => code === item.code);
    if (!old) return [];
    const happened = item.history.slice(0, item.history.length - old.history.length).reverse();
    const texts = happened.map(({ text }) => text);
    if (old.hides && !item.hides) texts.push(word(item.kind === "ask" ? "addressHidden" : "hidden"));
    return texts.map((text) => `${item.code}: ${text}`);
  });
}

function coming(item) {
  const hiding = item.hides ? [{ at: item.hides, text: word(item.kind === "ask" ? "addressHides" : "hides") }] : [];
  return [...hiding, ...item.next].sort((a, b) => new Date(a.at) - new Date(b.at));
}

/** Who has it and why; of a question among neighbours whatever the bot names. */
function factsOf(item) {
  const known = item.facts ?? [
    { label: word("holder"), text: item.holder, main: true },
    { label: word("because"), text: item.because },
  ];
  return known.flatMap(({ label, text, main }) =>
    [element("dt", {}, label), element("dd", { class: main && "holder" }, text)]);
}

function told(item) {
  const facts = element("div", { class: "facts" },
    element("p", { class: "title" }, item.title),
    element("span", { class: "state" }, item.state),
    element("dl", {}, ...factsOf(item)));
  const next = coming(item).length ? moments(coming(item)) : element("p", { class: "none" }, word("nothingNext"));
  return [
    facts,
    element("h3", {}, word("upcoming")),
    element("div", { class: "upcoming" }, next),
    element("h3", {}, word("history")),
    moments(item.history),
  ];
}

function moments(list) {
  return element("ol", { class: "moments" }, ...list.map(({ at, text }) =>
    element("li", {}, element("time", { datetime: at }, shortMoment(new Date(at))), element("span", {}, text))));
}
