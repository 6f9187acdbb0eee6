// A Telegram group as one more phone: everyone reads the same, and one member at a time acts.

import { act } from "./desk.js";
import { element, icon } from "./format.js";
import { Phone } from "./phone.js";
import { language, word } from "./words.js";

export class GroupPhone extends Phone {
  constructor(group, members, shared) {
    const chat = { ...group, name: group.title, started: true, labels: {} };
    super("group", [chat], shared, members);
  }

  /** Called before the first drawing. */
  prepare(members) {
    this.isGroup = true;
    this.members = members;
    // Whoever may help presses here first.
    this.actor = members.find(({ slot }) => slot === "helper") ?? members[0];
  }

  get from() {
    return { user_id: this.actor.id, chat_id: this.current.id };
  }

  get hands() {
    return { ...super.hands, me: this.actor.id, edit: undefined };
  }

  head() {
    const title = element("h2", { class: "role" }, word("group"));
    const who = element("div", { class: "who" }, element("div", { class: "top" }, title), this.memberChoice());
    return element("header", { class: "head" },
      element("span", { class: "avatar", "aria-hidden": true }, icon("group")), who);
  }

  memberChoice() {
    const options = this.members.map((member) =>
      element("option", { value: member.id, selected: member === this.actor }, word("actAs", { name: nameOf(member) })));
    const choose = (event) => {
      this.actor = this.members.find(({ id }) => id === Number(event.target.value));
      this.fill();
    };
    return element("div", { class: "persona" },
      element("select", { "aria-label": word("actor"), onchange: choose }, ...options));
  }

  /** Whoever acts may put the bot into the group, or out of it. */
  botChoice() {
    const isIn = this.current.has_bot;
    const change = () => act(isIn ? "remove_bot" : "add_bot", this.from);
    return { label: word(isIn ? "takeBotOut" : "putBotIn"), change };
  }

  hint() {
    return element("li", { class: "empty" }, element("strong", {}, this.current.title), word("groupHint"));
  }

  line(view) {
    const said = happened(view.message);
    return said ? element("li", { class: "day service" }, said) : super.line(view);
  }

  hear(chat, change) {
    if (change.kind === "group") chat.has_bot = change.what.has_bot;
    super.hear(chat, change);
  }

  async follow(url) {
    this.shared.open(this.actor.id);
    await super.follow(url);
  }

  nameOf() {
    return word("group");
  }
}

const nameOf = (member) => member.labels[language()] ?? member.name;

/** What nobody wrote: who came and who went. */
function happened({ from, new_chat_members: added, left_chat_member: left }) {
  const who = added?.[0] ?? left;
  if (!who) return undefined;
  const self = who.id === from.id;
  if (added) return word(self ? "cameIn" : "wasAdded", { name: from.first_name, who: who.first_name });
  return word(self ? "wentOut" : "wasRemoved", { name: from.first_name, who: who.first_name });
}
