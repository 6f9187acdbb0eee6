// Puts the page together: the clock above, the phones of one scene and their story below.

import { Clock } from "./clock.js";
import { listen } from "./desk.js";
import { element } from "./format.js";
import { GroupPhone } from "./group.js";
import { Phone } from "./phone.js";
import { SCENES, chosenScene, drawScenes, markScenes, onScene } from "./scenes.js";
import { Story } from "./story.js";
import { language, speak, word } from "./words.js";

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
  visible: (phone) => phone.node.isConnected && (!isNarrow() || mostlyShown(phone.node)),
  open: (id) => openChat(id),
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
  phones = SCENES.flatMap(({ slots }) => slots).flatMap((slot) => phonesFor(slot, snapshot));
  show(chosenScene());
  for (const phone of phones) {
    if (phone.personas.some(({ id }) => id === chosen.get(phone.slot))) phone.show(chosen.get(phone.slot));
    else if (phone.current) phone.fill();
  }
  story.refresh();
}

/** The phone of a slot; a group is one, and a covenant without circles has none. */
function phonesFor(slot, { cast, groups }) {
  if (slot !== "group") {
    const personas = cast.filter((persona) => persona.slot === slot);
    const needed = SCENES[0].slots.includes(slot);
    return personas.length || needed ? [new Phone(slot, personas, shared)] : [];
  }
  return groups.map((group) => {
    group.messages = new Map(group.messages.map((view) => [view.message.message_id, view]));
    return new GroupPhone(group, cast.filter(({ id }) => group.members.includes(id)), shared);
  });
}

const phonesOf = (scene) => phones.filter(({ slot }) => scene.slots.includes(slot));

/** Put the phones of a scene on the stage. */
function show(scene) {
  const shown = phonesOf(scene);
  stage.style.setProperty("--phones", shown.length);
  stage.classList.toggle("many", shown.length > SCENES[0].slots.length);
  story.about(scene.about);
  stage.replaceChildren(...shown.map((phone) => phone.node), story.node);
  stage.scrollLeft = 0;
  for (const phone of shown) phone.settle();
  drawTabs();
}

/** Go to the chat of somebody, as a link to the bot does. */
function openChat(id) {
  const phone = phones.find(({ personas }) => personas.some((persona) => persona.id === id));
  if (!phone) return;
  if (!phone.node.isConnected) location.hash = SCENES.find(({ slots }) => slots.includes(phone.slot)).hash;
  if (phone.current.id !== id) phone.show(id);
  phone.node.scrollIntoView({ behavior: "smooth", inline: "center", block: "nearest" });
  phone.node.classList.add("opened");
  setTimeout(() => phone.node.classList.remove("opened"), 1600);
}

function hear(change) {
  if (change.kind === "snapshot") return draw(change);
  if (change.kind === "clock") clock.set(change.what.now);
  if (change.kind === "commands") shared.commands = change.what;
  for (const phone of phones) {
    const persona = phone.personas.find(({ id }) => id === change.chat_id);
    if (!persona) continue;
    phone.hear(persona, change);
    // What is out of sight has its number on the other scene's button.
    if (phone.node.isConnected) clock.hear(phone, persona, change);
  }
  if (change.kind !== "alive") story.refreshSoon();
}

function drawTabs() {
  drawScenes();
  document.getElementById("scenes").hidden = !phonesOf(SCENES[1]).length;
  const go = (id) => document.getElementById(id).scrollIntoView({ behavior: "smooth", inline: "center", block: "nearest" });
  const tab = (id, label) =>
    element("button", { type: "button", "data-view": id, onclick: () => go(id) }, label, element("span", { class: "badge", hidden: true }));
  tabs.replaceChildren(
    ...phonesOf(chosenScene()).map((phone) => tab(phone.node.id, word(phone.slot))),
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
  markScenes((scene) => phonesOf(scene).reduce((sum, phone) => sum + phone.unread, 0));
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
onScene(show);
listen(hear);
