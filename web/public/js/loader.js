// Decides, before the first paint, whether the form is shown one question a screen.
//
// The page is a working form already. If the browser can run the module (`page.js`), a phone shows
// one question at a time from the first moment, so nothing jumps later; whatever fails, the form
// stands on the page whole and is sent by a plain POST.
//
// ES2018: newer syntax would keep the webviews of Chromium 80 and iOS 13 from reading it at all.

const root = document.documentElement;
const state = { able: isAble(), held: false, started: false, giveUp };
window.huiyin = state;

/** The smallest module there is: does this browser compile and run WebAssembly? */
function runsWebAssembly() {
  try {
    const empty = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);
    return new WebAssembly.Instance(new WebAssembly.Module(empty)) instanceof WebAssembly.Instance;
  } catch (_) {
    return false;
  }
}

/** And everything else the page's script uses? */
function isAble() {
  return Boolean(
    runsWebAssembly() && window.fetch && window.Promise && window.matchMedia && window.TextEncoder &&
      history.pushState && Element.prototype.closest && NodeList.prototype.forEach,
  );
}

/** The page as the server wrote it. */
function giveUp() {
  state.able = false;
  root.classList.remove("stepping");
  document.removeEventListener("click", hold, true);
}

/** Before the module is there, "continue" must not post the form: the tap is kept for it. */
function hold(event) {
  const next = event.target instanceof Element && event.target.closest("[data-steps] .next");
  if (next && !state.started && root.classList.contains("stepping")) {
    event.preventDefault();
    state.held = true;
  }
}

if (state.able) {
  // The stylesheet applies it only to forms that say `data-steps`.
  if (window.matchMedia("(max-width: 47.9375rem)").matches) root.classList.add("stepping");
  document.addEventListener("click", hold, true);
  // `page.js` is deferred, so it has begun by then, or never will.
  document.addEventListener("DOMContentLoaded", () => {
    if (!state.begun) giveUp();
  });
}
