// The bot's answers to a press: a line that goes away by itself, or a box to dismiss.

import { element } from "./format.js";
import { word } from "./words.js";

const TOAST_MS = 3500;

/** Show a line for a moment, instead of an earlier one; returns what ends it. */
export function showToast(line, text, earlier) {
  line.textContent = text;
  line.classList.add("on");
  clearTimeout(earlier);
  return setTimeout(() => line.classList.remove("on"), TOAST_MS);
}

/** Show a box over a phone until it is dismissed. */
export function showAlert(phone, text) {
  const box = element("dialog", { class: "alert" }, element("p", {}, text));
  const close = () => box.remove();
  box.append(element("button", { type: "button", class: "strong", onclick: close }, word("ok")));
  phone.append(box);
  box.show();
  box.querySelector("button").focus({ preventScroll: true });
}
