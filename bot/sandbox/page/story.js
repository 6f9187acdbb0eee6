// The panel beside the phones: who holds the item on screen and why, what happened, what is next.

import { story } from "./desk.js";
import { element, shortMoment } from "./format.js";
import { word } from "./words.js";

export class Story {
  constructor() {
    this.items = [];
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
    this.items = items;
    this.draw();
  }

  draw() {
    const item = this.items.find(({ code }) => code === this.chosen) ?? this.items[0];
    const title = element("h2", {}, word("story"));
    if (!item) {
      const hint = element("div", { class: "empty" }, element("strong", {}, word("noStory")), word("noStoryHint"));
      this.node.replaceChildren(title, hint);
      return;
    }
    const at = this.node.scrollTop;
    this.node.replaceChildren(element("header", {}, title, this.choice(item)), ...told(item));
    this.node.scrollTop = at;
  }

  /** The newest item is followed until another one is chosen. */
  choice(shown) {
    if (this.items.length < 2) return element("span", { class: "code" }, shown.code);
    const options = this.items.map(({ code, title }) =>
      element("option", { value: code, selected: code === shown.code }, `${code} · ${title}`));
    const choose = (event) => {
      this.chosen = event.target.value === this.items[0].code ? "" : event.target.value;
      this.draw();
    };
    return element("select", { "aria-label": word("item"), onchange: choose }, ...options);
  }
}

function told(item) {
  const facts = element("div", { class: "facts" },
    element("p", { class: "title" }, item.title),
    element("span", { class: "state" }, item.state),
    element("dl", {},
      element("dt", {}, word("holder")), element("dd", { class: "holder" }, item.holder),
      element("dt", {}, word("because")), element("dd", {}, item.because)));
  const next = item.next.length ? moments(item.next) : element("p", { class: "none" }, word("nothingNext"));
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
