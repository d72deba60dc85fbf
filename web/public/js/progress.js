// Keeps an open progress page fresh: reads the page again and swaps the blocks that changed.
//
// The server says when, on a stream without content; where there is no stream the page is read every
// now and then. The page needs it for nothing else; without script, its link reloads. It never touches
// the box somebody is writing in. ES2018, for old webviews.

const EVERY = 15000;
const TOGETHER = 150;
const BLOCKS = ["live", "as-of"];
let timer = 0;
let source = null;

async function read() {
  const answer = await fetch(location.pathname + location.search, {
    headers: { accept: "text/html" },
    credentials: "same-origin",
  });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const id of BLOCKS) {
    const mine = document.getElementById(id);
    const theirs = fresh.getElementById(id);
    if (!mine || !theirs || mine.innerHTML === theirs.innerHTML) continue;
    if (mine.contains(document.activeElement) && document.activeElement !== document.body) continue;
    mine.replaceWith(document.importNode(theirs, true));
  }
}

function now() {
  clearTimeout(timer);
  read()
    .catch(() => {})
    .then(() => {
      if (!source && document.visibilityState === "visible") timer = setTimeout(now, EVERY);
    });
}

// Several changes of one moment are read once.
function soon() {
  clearTimeout(timer);
  timer = setTimeout(now, TOGETHER);
}

function leave() {
  if (source) source.close();
  source = null;
}

function listen() {
  if (source || typeof EventSource === "undefined") return;
  source = new EventSource(location.pathname + "/live");
  // Also after a break: what was said meanwhile has to be read.
  source.addEventListener("open", soon);
  source.addEventListener("change", soon);
  source.addEventListener("reload", soon);
  source.addEventListener("error", () => {
    // The browser comes back by itself, unless it was refused.
    if (source && source.readyState === EventSource.CLOSED) {
      leave();
      soon();
    }
  });
}

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") {
    listen();
    now();
  } else {
    leave();
  }
});
document.addEventListener("DOMContentLoaded", () => {
  const live = document.getElementById("live");
  if (!live) return;
  live.setAttribute("aria-live", "polite");
  const refresh = document.getElementById("refresh");
  if (refresh) {
    refresh.addEventListener("click", (event) => {
      event.preventDefault();
      now();
    });
  }
  listen();
  if (!source) timer = setTimeout(now, EVERY);
});
