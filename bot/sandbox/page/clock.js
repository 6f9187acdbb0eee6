// The clock above the phones: moves the time, and says what happened because of it.

import { act, tell } from "./desk.js";
import { clockTime, fullDay, shortDay, shortMoment } from "./format.js";
import { newsIn } from "./story.js";
import { word } from "./words.js";

const QUIET_MS = 300;
const FIRST_MS = 500;
const LONGEST_MS = 6000;

export class Clock {
  constructor(story) {
    this.story = story;
    this.ahead = 0;
    this.buttons = [...document.querySelectorAll(".move")];
    const moves = {
      hour: () => act("advance", { seconds: 3600 }),
      "one-day": () => act("advance", { seconds: 86400 }),
      next: () => act("advance_to_next"),
    };
    for (const button of this.buttons) button.addEventListener("click", () => this.move(moves[button.id]));
    setInterval(() => this.show(), 5000);
  }

  get now() {
    return new Date(Date.now() + this.ahead);
  }

  set(moment) {
    this.ahead = new Date(moment).getTime() - Date.now();
    this.show();
  }

  show() {
    document.getElementById("day").textContent = fullDay(this.now);
    document.getElementById("brief-day").textContent = shortDay(this.now);
    document.getElementById("time").textContent = clockTime(this.now);
  }

  /** Move the time, wait until the phones are quiet again, and say what that brought. */
  async move(how) {
    if (this.reached) return;
    this.reached = new Set();
    this.busy(true);
    try {
      await this.story.refresh();
      const before = this.story.told;
      const moment = await how();
      if (!moment) return tell(word("nothingDue"));
      await this.quiet();
      await this.story.refresh();
      tell(this.told(new Date(moment), newsIn(this.story.told, before)), 9000);
    } finally {
      this.reached = undefined;
      this.busy(false);
    }
  }

  /** Remember on whose phone something changed while the time moves. */
  hear(phone, persona, { kind, what }) {
    if (!this.reached || kind !== "message" || !what.from_bot) return;
    this.reached.add(phone.nameOf(persona));
    this.heard?.();
  }

  /** Resolves when nothing came for a while; a bot that is busy gets more time. */
  quiet() {
    return new Promise((resolve) => {
      const end = setTimeout(resolve, LONGEST_MS);
      let pause = setTimeout(resolve, FIRST_MS);
      this.heard = () => {
        clearTimeout(pause);
        pause = setTimeout(() => {
          clearTimeout(end);
          resolve();
        }, QUIET_MS);
      };
      if (this.reached.size) this.heard();
    });
  }

  told(moment, news) {
    const lines = [word("moved", { when: shortMoment(moment) }), ...news];
    if (this.reached.size) lines.push(word("reached", { phones: [...this.reached].join(", ") }));
    if (lines.length === 1) lines.push(word("nothingHappened"));
    return lines.join("\n");
  }

  busy(waiting) {
    document.body.classList.toggle("moving", waiting);
    for (const button of this.buttons) button.setAttribute("aria-disabled", String(waiting));
  }
}
