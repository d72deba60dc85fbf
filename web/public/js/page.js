// Brings the form page to life: live rules, checks at the fields, screens, drafts, sending.
//
// What shows, what is needed and what is wrong is decided by form-engine in the WebAssembly module,
// the same code the server runs; this script moves the page accordingly. All words are in the page.

import { Page } from "./page/page.js";

const state = window.huiyin;

/** The module's own script. */
function script(address) {
  return new Promise((resolve, reject) => {
    const element = document.createElement("script");
    element.src = address;
    element.onload = resolve;
    element.onerror = reject;
    document.head.appendChild(element);
  });
}

/** The page stands first: what brings it to life does not take the line from what makes it visible. */
const painted = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

async function start() {
  await painted();
  const form = document.getElementById("form");
  const data = document.getElementById("data");
  await script(CLIENT_JS);
  // Defined by a classic script with `let`: a global name, but no member of `window`.
  /* global huiyinClient */
  await huiyinClient({ module_or_path: CLIENT_WASM });
  const engine = huiyinClient;
  if (!engine.open(data.textContent)) throw new Error("not a form this module understands");
  const page = new Page(form, JSON.parse(data.textContent), engine);
  state.started = true;
  page.greet(state.held);
}

if (state && state.able) {
  state.begun = true;
  start().catch(state.giveUp);
}
