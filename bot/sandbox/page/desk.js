// Talks with the sandbox: gestures and clock moves go out, a stream of changes comes in.

import { language, word } from "./words.js";

const notice = document.getElementById("notice");
let hiding;

/** Say something above the phones for a moment; the next touch of the page takes it away. */
export function tell(text, milliseconds = 4000) {
  notice.textContent = text;
  notice.hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(hide, milliseconds);
}

const hide = () => (notice.hidden = true);
addEventListener("pointerdown", hide);

/** Do one action of the control API and return its result. */
export async function act(action, given = {}) {
  const answer = await fetch(`/sandbox/${action}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(given),
  }).catch(() => undefined);
  if (!answer?.ok) {
    tell(word(answer ? "failed" : "lost"));
    throw new Error(action);
  }
  return (await answer.json()).result;
}

export async function story() {
  const answer = await fetch(`/sandbox/story?language=${language()}`);
  return answer.ok ? (await answer.json()).result : [];
}

export function listen(onChange) {
  const source = new EventSource("/sandbox/stream");
  source.onmessage = (event) => onChange(JSON.parse(event.data));
  source.onerror = () => tell(word("lost"));
}

/** A file's bytes in base64. */
export function base64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = reject;
    reader.readAsDataURL(file);
  });
}
