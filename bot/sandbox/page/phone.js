// One phone: its persona, its messages, and what the person can do on it.

import { bubble } from "./bubbles.js";
import { composer } from "./composer.js";
import { act } from "./desk.js";
import { element, fullDay, longDay } from "./format.js";
import { showAlert, showToast } from "./toasts.js";
import { language, word } from "./words.js";

const TYPING_MS = 5000;
const SHORT_CHAT = 2;

export class Phone {
  constructor(slot, personas, shared, ...rest) {
    this.slot = slot;
    this.personas = personas;
    this.shared = shared;
    this.current = latest(personas);
    this.typing = new Map();
    this.node = element("section", { class: `phone ${slot}`, id: `view-${slot}` });
    this.prepare(...rest);
    this.draw();
  }

  prepare() {}

  /** Who does what is done on this phone, as the control API wants it. */
  get from() {
    return { user_id: this.current.id };
  }

  get unread() {
    const own = this.current?.unread ?? 0;
    return this.elsewhere.reduce((sum, persona) => sum + persona.unread, own);
  }

  /** Whom else there is news for; colleagues get the same messages as who is shown. */
  get elsewhere() {
    return this.personas.filter((persona) => persona.unread && label(persona) !== label(this.current));
  }

  /** The phone and its person, for who reads about it. */
  nameOf(persona) {
    return this.personas.length > 1 ? `${word(this.slot)} (${label(persona)})` : word(this.slot);
  }

  /** Draw everything anew, as after a switch of persona or language. */
  draw() {
    if (!this.current) {
      this.node.replaceChildren(this.head(), element("p", { class: "empty" }, word("nobody")));
      return;
    }
    const { name } = this.current;
    this.log = element("ol", { class: "log", role: "log", tabindex: 0, "aria-label": word("chat", { name }) });
    this.stickToEnd();
    this.toastLine = element("p", { class: "toast", role: "status" });
    this.composer = composer(this);
    this.news = element("div", { class: "news" });
    this.node.replaceChildren(this.head(), this.news, this.log, this.toastLine, this.composer.node);
    this.drawNews();
    this.fill();
  }

  head() {
    const title = element("h2", { class: "role" }, word(this.slot));
    const avatar = element("span", { class: "avatar", "aria-hidden": true }, this.current?.name[0] ?? "–");
    const top = element("div", { class: "top" }, title);
    const who = element("div", { class: "who" }, top);
    const head = element("header", { class: "head" }, avatar, who);
    if (this.current) {
      top.append(this.languageChoice());
      who.append(this.personas.length > 1 ? this.personaChoice() : element("p", { class: "name" }, label(this.current)));
    }
    return head;
  }

  personaChoice() {
    const badge = (persona) => (persona.unread ? ` (${persona.unread})` : "");
    const options = this.personas.map((persona) =>
      element("option", { value: persona.id, selected: persona === this.current }, this.optionOf(persona) + badge(persona)));
    const choose = (event) => this.show(Number(event.target.value));
    return element("div", { class: "persona" },
      element("select", { "aria-label": word("person"), onchange: choose }, ...options));
  }

  /** Two people of one partner are told apart by name. */
  optionOf(persona) {
    const same = this.personas.filter((other) => label(other) === label(persona));
    return same.length > 1 ? `${label(persona)} · ${persona.name}` : label(persona);
  }

  /** One button per person with news who is not on the screen. */
  drawNews() {
    const go = (persona) => () => {
      this.show(persona.id);
      this.log.focus({ preventScroll: true });
    };
    this.news.replaceChildren(...this.elsewhere.map((persona) =>
      element("button", { type: "button", onclick: go(persona) },
        element("span", { class: "badge" }, String(persona.unread)), word("newsFor", { who: label(persona) }))));
  }

  languageChoice() {
    const change = (event) => act("set_language", { user_id: this.current.id, language_code: event.target.value });
    const options = ["nl", "en", "pl"].map((code) =>
      element("option", { value: code, selected: code === this.current.language }, code.toUpperCase()));
    return element("select", { class: "language", "aria-label": word("phoneLanguage"), onchange: change }, ...options);
  }

  show(id) {
    this.current = this.personas.find((persona) => persona.id === id);
    this.current.unread = 0;
    this.draw();
    this.shared.badges();
  }

  /** Draw again and go to the newest message: the phone came back in sight. */
  settle() {
    if (!this.current) return;
    this.stuck = true;
    this.fill();
  }

  /** Stay at the newest message while things grow, unless the person has scrolled up. */
  stickToEnd() {
    const { log } = this;
    this.stuck = true;
    log.addEventListener("scroll", () => {
      this.stuck = log.scrollHeight - log.scrollTop - log.clientHeight < 40;
    }, { passive: true });
    log.addEventListener("load", () => this.stuck && log.scrollTo(0, log.scrollHeight), true);
    new ResizeObserver(() => this.stuck && log.scrollTo(0, log.scrollHeight)).observe(log);
  }

  fill() {
    const visible = [...this.current.messages.values()].filter((view) => !view.deleted);
    const nodes = [];
    let day = "";
    for (const view of visible) {
      const date = new Date(view.message.date * 1000);
      if (fullDay(date) !== day) {
        day = fullDay(date);
        nodes.push(element("li", { class: "day" }, longDay(date)));
      }
      nodes.push(this.line(view));
    }
    if (visible.length <= SHORT_CHAT) nodes.unshift(this.hint());
    if (this.typing.has(this.current.id)) nodes.push(typingDots(this.current));
    const focused = this.focusMark();
    this.composer.refresh();
    const newest = visible.at(-1)?.message.message_id;
    const at = this.log.scrollTop;
    this.log.replaceChildren(...nodes);
    if (newest !== this.newest) this.stuck = true;
    this.newest = newest;
    this.log.scrollTop = this.stuck ? this.log.scrollHeight : at;
    this.restoreFocus(focused);
  }

  line(view) {
    return bubble(view, this.shared.places, this.hands);
  }

  /** What this phone is for, until there is something to read on it. */
  hint() {
    const title = this.current.started ? word(`${this.slot}Role`) : word("hello");
    const text = word(this.current.started ? `${this.slot}Hint` : "helloHint");
    return element("li", { class: "empty" }, element("strong", {}, title), text);
  }

  /** Redrawing must not take the keyboard away from who is in the middle of the buttons. */
  focusMark() {
    const held = this.log.contains(document.activeElement) && document.activeElement;
    if (!held || held === this.log) return undefined;
    return { id: held.closest(".bubble")?.dataset.id, label: held.textContent };
  }

  restoreFocus(mark) {
    if (!mark) return;
    const buttons = this.log.querySelectorAll(`.bubble[data-id="${mark.id}"] button`);
    const same = [...buttons].find((button) => button.textContent === mark.label);
    (same ?? this.log).focus({ preventScroll: true });
  }

  get hands() {
    return {
      press: (messageId, button, node) => this.press(messageId, button, node),
      command: (text) => {
        const node = element("button", { type: "button", class: "command", "data-whole": true, onclick: () => this.say(text) }, text);
        return node;
      },
      link: (url, text) => this.link(url, text),
      reply: (message) => this.composer.replyTo(message),
      edit: (message) => this.composer.edit(message),
    };
  }

  /** A link to this bot opens the chat here; any other opens beside this page. */
  link(url, text) {
    const start = url.match(/^https?:\/\/t\.me\/(\w+)\?start=[\w-]+$/);
    if (start && start[1].toLowerCase() === this.shared.bot.toLowerCase()) {
      const open = () => this.follow(url);
      return element("button", { type: "button", class: "command", "data-whole": true, onclick: open }, text);
    }
    const safe = /^https?:\/\//i.test(url) ? url : "#";
    return element("a", { href: safe, target: "_blank", rel: "noreferrer noopener", "data-whole": true }, text);
  }

  follow(url) {
    return act("follow", { user_id: this.from.user_id, url });
  }

  async press(messageId, button, node) {
    node.classList.add("waiting");
    setTimeout(() => node.classList.remove("waiting"), 3000);
    await act("press", { ...this.from, message_id: messageId, button });
  }

  say(text) {
    return act("text", { ...this.from, text });
  }

  /** Take in a change about one of this phone's people. */
  hear(persona, change) {
    const { kind, what } = change;
    if (kind === "message") this.take(persona, what);
    if (kind === "person") persona.language = what.language_code;
    if (kind === "action") this.showTyping(persona);
    if (kind === "toast" && persona === this.current) this.toast(what);
    if (kind === "person" && persona === this.current) this.draw();
  }

  take(persona, view) {
    const isNew = !persona.messages.has(view.message.message_id);
    persona.messages.set(view.message.message_id, view);
    if (view.keyboard) persona.keyboard = view.keyboard.remove_keyboard ? null : view.keyboard;
    if (!view.from_bot) persona.started = true;
    if (view.from_bot) this.typing.delete(persona.id);
    const isNews = isNew && view.from_bot && heard(persona) > 1;
    if (isNews && persona !== this.current && this.isIdle) {
      this.current = persona;
      this.draw();
    }
    const seen = persona === this.current && this.shared.visible(this);
    if (isNews && !seen) persona.unread = (persona.unread ?? 0) + 1;
    if (persona === this.current) this.fillSoon();
    if (!seen) this.refreshHead();
  }

  /** Nobody played with who is shown yet: the phone may go to who has news. */
  get isIdle() {
    return heard(this.current) < SHORT_CHAT && !this.node.contains(document.activeElement);
  }

  /** Many messages at once are drawn once. */
  fillSoon() {
    this.filling ??= requestAnimationFrame(() => {
      this.filling = undefined;
      this.fill();
    });
  }

  refreshHead() {
    this.shared.badges();
    const head = this.node.querySelector(".head");
    if (!head.contains(document.activeElement)) head.replaceWith(this.head());
    this.drawNews();
  }

  showTyping(persona) {
    clearTimeout(this.typing.get(persona.id));
    const stop = () => {
      this.typing.delete(persona.id);
      if (persona === this.current) this.fillSoon();
    };
    this.typing.set(persona.id, setTimeout(stop, TYPING_MS));
    if (persona === this.current) this.fillSoon();
  }

  toast({ text, alert }) {
    for (const node of this.log.querySelectorAll(".waiting")) node.classList.remove("waiting");
    if (!text) return;
    if (alert) showAlert(this.node, text);
    else this.toasting = showToast(this.toastLine, text, this.toasting);
  }
}

/** The bot's messages; the first is its welcome and no news. */
const heard = (persona) => [...persona.messages.values()].filter((view) => view.from_bot).length;

const label = (persona) => persona.labels[language()] ?? persona.name;

/** Who got something last, else the first. */
function latest(personas) {
  const last = (persona) => (heard(persona) > 1 ? Math.max(...[...persona.messages.values()].map((view) => view.seq)) : 0);
  return personas.reduce((best, persona) => (best && last(best) >= last(persona) ? best : persona), undefined);
}

function typingDots() {
  const dots = element("span", { class: "dots", "aria-hidden": true }, element("i"), element("i"), element("i"));
  return element("li", { class: "typing" }, dots, `Omzien ${word("typing")}`);
}

