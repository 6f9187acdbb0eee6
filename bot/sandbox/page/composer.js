// The foot of a phone: text box, attachments, commands and the bot's reply keyboard.

import { summary } from "./bubbles.js";
import { act, base64 } from "./desk.js";
import { element, icon } from "./format.js";
import { word } from "./words.js";

/** The composer of a phone: its node, and what the phone calls on it. */
export function composer(phone) {
  const state = { editing: undefined, reply: undefined };
  const box = element("textarea", { rows: 1, placeholder: word("write"), "aria-label": word("write") });
  const context = element("div", { class: "context", hidden: true });
  const keys = element("div", { class: "keys" });
  const node = element("footer", { class: "foot-area" });

  const grow = () => {
    box.style.setProperty("height", "auto");
    box.style.setProperty("height", `${Math.min(box.scrollHeight, 110)}px`);
  };
  const settle = () => {
    state.editing = state.reply = undefined;
    context.hidden = true;
    box.value = "";
    grow();
  };
  const send = async (event) => {
    event?.preventDefault();
    const text = box.value.trim();
    if (!text) return;
    const { editing, reply } = state;
    settle();
    if (editing) await act("edit", { ...phone.from, message_id: editing, text });
    else await act("text", { ...phone.from, text, reply_to: reply ?? null });
  };
  const about = (label, message) => {
    const cancel = element("button", { type: "button", class: "round", "aria-label": word("cancel"), onclick: settle }, icon("close"));
    context.replaceChildren(element("p", {}, element("strong", {}, word(label)), summary(message)), cancel);
    context.hidden = false;
    box.focus({ preventScroll: true });
  };
  box.addEventListener("input", grow);
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) send(event);
    if (event.key === "Escape") settle();
  });

  const menus = phone.isGroup ? [menu(icon("more"), word("groupMenu"), () => inGroup(phone))] : [
    menu(icon("attach"), word("attach"), () => attachments(phone)),
    menu("/", word("commands"), () => commands(phone)),
  ];
  const form = element("form", { class: "write", onsubmit: send }, ...menus, box,
    element("button", { class: "round send", "aria-label": word("send"), title: word("send") }, icon("send")));
  const start = element("button", { type: "button", class: "strong start", onclick: () => phone.say("/start") }, word("start"));

  return {
    node,
    refresh() {
      if (!phone.current.started) return node.replaceChildren(start);
      replyKeys(phone, keys);
      if (node.contains(form)) return;
      const began = document.activeElement === start;
      node.replaceChildren(keys, context, form);
      if (began) phone.log.focus({ preventScroll: true });
    },
    replyTo(message) {
      state.editing = undefined;
      state.reply = message.message_id;
      about("replying", message);
    },
    edit(message) {
      state.reply = undefined;
      state.editing = message.message_id;
      box.value = message.text;
      grow();
      about("editing", message);
    },
  };
}

/** A button that opens a list of choices above itself; Escape and a click elsewhere close it. */
function menu(face, label, fill) {
  const list = element("div", { class: "menu", role: "menu", hidden: true });
  const button = element("button", { type: "button", class: "round", "aria-label": label, title: label, "aria-haspopup": "menu" }, face);
  const close = () => {
    list.hidden = true;
    button.setAttribute("aria-expanded", "false");
  };
  const root = element("div", { class: "menu-root" }, button, list);
  button.addEventListener("click", () => {
    if (!list.hidden) return close();
    list.replaceChildren(...fill(close));
    list.hidden = false;
    button.setAttribute("aria-expanded", "true");
    list.querySelector("button")?.focus({ preventScroll: true });
  });
  root.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      close();
      button.focus();
    }
  });
  root.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !root.contains(event.relatedTarget)) close();
  });
  list.addEventListener("click", (event) => {
    if (event.target.closest("button:not([data-stay])")) close();
  });
  return root;
}

const choice = (name, label, onclick, stay = false) =>
  element("button", { type: "button", role: "menuitem", "data-stay": stay, onclick }, icon(name), label);

function attachments(phone) {
  const user_id = phone.current.id;
  const pick = () => {
    const input = element("input", { type: "file", accept: "image/jpeg,image/png,image/webp" });
    input.addEventListener("change", async () => {
      const [file] = input.files;
      if (file) await act("photo", { user_id, content: await base64(file) });
    });
    input.click();
  };
  const share = (event) => {
    const spots = Object.entries(phone.shared.places).map(([name, [latitude, longitude]]) =>
      choice("place", name, () => act("location", { user_id, latitude, longitude })));
    event.currentTarget.parentNode.replaceChildren(...spots);
  };
  return [
    choice("photo", word("photo"), pick),
    choice("voice", word("voice"), () => act("voice", { user_id })),
    choice("place", word("place"), share, true),
    choice("contact", word("contact"), () => act("contact", { user_id })),
  ];
}

function inGroup(phone) {
  const { label, change } = phone.botChoice();
  return [choice("contact", label, change)];
}

function commands(phone) {
  const lists = phone.shared.commands;
  const known = lists[phone.current.language] ?? lists[""] ?? [];
  const fallback = [{ command: "start", description: word("start") }];
  return (known.length ? known : fallback).map(({ command, description }) =>
    element("button", { type: "button", role: "menuitem", onclick: () => phone.say(`/${command}`) },
      element("strong", {}, `/${command}`), element("span", {}, description)));
}

function replyKeys(phone, keys) {
  const rows = phone.current.keyboard?.keyboard ?? [];
  const press = async (button) => {
    const user_id = phone.current.id;
    if (button.request_location) {
      const [latitude, longitude] = Object.values(phone.shared.places)[0];
      await act("location", { user_id, latitude, longitude });
    } else if (button.request_contact) await act("contact", { user_id });
    else await phone.say(button.text);
    if (phone.current.keyboard?.one_time_keyboard) {
      phone.current.keyboard = null;
      phone.fill();
    }
  };
  keys.replaceChildren(...rows.map((row) =>
    element("div", { class: "line" }, ...row.map((button) =>
      element("button", { type: "button", class: "key", onclick: () => press(button) }, button.text)))));
}
