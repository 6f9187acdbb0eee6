// Puts the page together: the clock above, four phones and the story below.

import { Clock } from "./clock.js";
import { listen } from "./desk.js";
import { element } from "./format.js";
import { Phone } from "./phone.js";
import { Story } from "./story.js";
import { language, speak, word } from "./words.js";

const SLOTS = ["resident", "volunteer", "professional", "coordinator"];
const stage = document.getElementById("stage");
const tabs = document.getElementById("tabs");
const story = new Story();
const clock = new Clock(story);
let phones = [];

const shared = {
  places: {},
  commands: {},
  bot: "",
  badges: () => drawBadges(),
  visible: (phone) => !isNarrow() || mostlyShown(phone.node),
};

const isNarrow = () => stage.scrollWidth > stage.clientWidth + 4;

function mostlyShown(view) {
  const start = view.offsetLeft - stage.offsetLeft - stage.scrollLeft;
  const seen = Math.min(start + view.offsetWidth, stage.clientWidth) - Math.max(start, 0);
  return seen > view.offsetWidth * 0.6;
}

function shownView() {
  const middle = stage.scrollLeft + stage.clientWidth / 2;
  const views = [...stage.children];
  return views.find((view) => view.offsetLeft + view.offsetWidth > middle)?.id;
}

function draw(snapshot) {
  const chosen = new Map(phones.map((phone) => [phone.slot, phone.current?.id]));
  Object.assign(shared, { places: snapshot.places, commands: snapshot.commands, bot: snapshot.bot });
  clock.set(snapshot.now);
  for (const persona of snapshot.cast) {
    persona.messages = new Map(persona.messages.map((view) => [view.message.message_id, view]));
  }
  phones = SLOTS.map((slot) => new Phone(slot, snapshot.cast.filter((p) => p.slot === slot), shared));
  stage.replaceChildren(...phones.map((phone) => phone.node), story.node);
  for (const phone of phones) {
    if (phone.personas.some(({ id }) => id === chosen.get(phone.slot))) phone.show(chosen.get(phone.slot));
    else if (phone.current) phone.fill();
  }
  drawTabs();
  story.refresh();
}

function hear(change) {
  if (change.kind === "snapshot") return draw(change);
  if (change.kind === "clock") clock.set(change.what.now);
  if (change.kind === "commands") shared.commands = change.what;
  for (const phone of phones) {
    const persona = phone.personas.find(({ id }) => id === change.chat_id);
    if (!persona) continue;
    phone.hear(persona, change);
    clock.hear(phone, persona, change);
  }
  if (change.kind !== "alive") story.refreshSoon();
}

function drawTabs() {
  const go = (id) => document.getElementById(id).scrollIntoView({ behavior: "smooth", inline: "center", block: "nearest" });
  const tab = (id, label) =>
    element("button", { type: "button", "data-view": id, onclick: () => go(id) }, label, element("span", { class: "badge", hidden: true }));
  tabs.replaceChildren(
    ...phones.map((phone) => tab(phone.node.id, word(phone.slot))),
    tab("view-story", word("storyTab")));
  drawBadges();
}

function drawBadges() {
  const shown = shownView();
  for (const phone of phones) {
    if (phone.current && shared.visible(phone)) phone.current.unread = 0;
    const badge = tabs.querySelector(`[data-view="${phone.node.id}"] .badge`);
    if (!badge) continue;
    badge.hidden = !phone.unread;
    badge.textContent = phone.unread;
  }
  for (const tab of tabs.children) {
    const isShown = tab.dataset.view === shown;
    if (isShown && !tab.hasAttribute("aria-current")) tab.scrollIntoView({ inline: "nearest", block: "nearest" });
    tab.toggleAttribute("aria-current", isShown);
  }
}

function choose(tongue) {
  speak(tongue);
  clock.show();
  for (const phone of phones) phone.draw();
  drawTabs();
  story.refresh();
  story.draw();
}

document.getElementById("tongue").value = language();
document.getElementById("tongue").addEventListener("change", (event) => choose(event.target.value));
addEventListener("resize", () => requestAnimationFrame(drawBadges));
stage.addEventListener("scroll", () => requestAnimationFrame(drawBadges), { passive: true });
speak(language());
listen(hear);
