// Brings a form page to life, or leaves it alone.
//
// Runs before the first paint. The page is a working form already: this script only decides
// whether it is shown one question a screen, and fetches the module. Whatever fails (an old
// webview, a policy that forbids WebAssembly, a lost connection), the form stands on the page
// whole and is sent by a plain POST.
//
// ES2018: newer syntax would keep the webviews of Chromium 80 and iOS 13 from reading it at all.

const root = document.documentElement;
let held = false;

/** The smallest module there is: does this browser compile and run WebAssembly? */
function runsWebAssembly() {
  try {
    const empty = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);
    return new WebAssembly.Instance(new WebAssembly.Module(empty)) instanceof WebAssembly.Instance;
  } catch (_) {
    return false;
  }
}

/** Everything the module uses besides. */
function isAble() {
  return Boolean(
    runsWebAssembly() && window.fetch && window.Promise && window.AbortController && history.pushState &&
      window.matchMedia && Element.prototype.closest,
  );
}

/** The page as the server wrote it. */
function giveUp() {
  root.classList.remove("stepping");
  document.removeEventListener("click", hold, true);
  // A tap that came while the module was on its way: the reader meant to go on, and now sees the rest.
  held = false;
}

/** Before the module is there, "continue" must not post the form. */
function hold(event) {
  const next = event.target instanceof Element && event.target.closest(".next");
  const stepping = document.getElementById("form").dataset.steps;
  if (next && stepping && root.classList.contains("stepping")) {
    event.preventDefault();
    held = true;
  }
}

function script(address) {
  return new Promise((resolve, reject) => {
    const element = document.createElement("script");
    element.src = address;
    element.onload = resolve;
    element.onerror = reject;
    document.head.appendChild(element);
  });
}

function ready() {
  return new Promise((resolve) => {
    if (document.readyState === "loading") {
      document.addEventListener("DOMContentLoaded", resolve, { once: true });
    } else {
      resolve();
    }
  });
}

async function start() {
  await ready();
  const form = document.getElementById("form");
  if (!form || !form.dataset.slug) return giveUp();
  await script(CLIENT_JS);
  const module = await window.huiyinClient(CLIENT_WASM);
  if (!module) throw new Error("no module");
  window.huiyinClient.start(held);
  document.removeEventListener("click", hold, true);
}

if (isAble()) {
  // One question a screen on a phone: decided before the first paint, so nothing jumps. The
  // stylesheet applies it only to forms that say `data-steps`.
  if (window.matchMedia("(max-width: 47.9375rem)").matches) root.classList.add("stepping");
  document.addEventListener("click", hold, true);
  start().catch(giveUp);
}
