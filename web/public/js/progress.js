// Keeps an open progress page fresh: reads the page again and swaps the blocks that changed.
//
// The page needs it for nothing else; without script, its link reloads. It never touches the box
// somebody is writing in. ES2018, for old webviews.

const EVERY = 15000;
const BLOCKS = ["live", "as-of"];
let timer = 0;

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

function later() {
  clearTimeout(timer);
  if (document.visibilityState === "visible") timer = setTimeout(now, EVERY);
}

function now() {
  read().catch(() => {}).then(later);
}

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") now();
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
  later();
});
