// The two plays on this page. Which one is shown stands in the address, so that it can be shared.

import { element } from "./format.js";
import { word } from "./words.js";

/** Of each scene: its name in the address, its phones from left to right, what its story is about. */
export const SCENES = [
  { name: "care", hash: "zorg", about: "item", slots: ["resident", "volunteer", "professional", "coordinator"] },
  { name: "neighbours", hash: "buren", about: "ask", slots: ["asker", "helper", "second", "group", "guide"] },
];

const place = document.getElementById("scenes");

export const chosenScene = () => SCENES.find(({ hash }) => `#${hash}` === location.hash) ?? SCENES[0];

/** Call `show` whenever another scene is chosen: here, or with the browser's back button. */
export function onScene(show) {
  addEventListener("hashchange", () => show(chosenScene()));
}

/** One button per scene, in the language of the page. */
export function drawScenes() {
  const go = (scene) => () => (location.hash = scene.hash);
  place.replaceChildren(...SCENES.map((scene) =>
    element("button", { type: "button", onclick: go(scene) },
      element("span", { class: "whole" }, word(scene.name)),
      element("span", { class: "brief" }, word(`${scene.name}Brief`)),
      element("span", { class: "badge", hidden: true }))));
}

/** Say which scene is shown, and how much is new in the other one (`unread`). */
export function markScenes(unread) {
  for (const [number, button] of [...place.children].entries()) {
    const isShown = SCENES[number] === chosenScene();
    const count = isShown ? 0 : unread(SCENES[number]);
    button.setAttribute("aria-pressed", String(isShown));
    button.lastChild.hidden = !count;
    button.lastChild.textContent = count;
  }
}
