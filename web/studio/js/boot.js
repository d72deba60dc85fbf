// Runs before the studio's module: the theme before the first paint, the icons, and the one thing
// that Rust cannot say: a dynamic import. Addresses come as data attributes of the page.
const page = document.body.dataset;
const root = document.documentElement;
const stored = (key) => { try { return localStorage.getItem(key); } catch { return null; } };

// theme: "light", "dark", or nothing to follow the system.
const dark = matchMedia("(prefers-color-scheme: dark)");
function applyTheme() {
  const chosen = stored("theme");
  const night = chosen ? chosen === "dark" : dark.matches;
  root.dataset.theme = night ? "cx-dark" : "cx-light";
  dispatchEvent(new Event("theme"));
}
dark.addEventListener("change", applyTheme);
applyTheme();

fetch(page.sprite).then((answer) => answer.text()).then((sprite) => {
  const holder = document.createElement("div");
  holder.id = "sprite";
  holder.hidden = true;
  holder.innerHTML = sprite.replaceAll('<symbol id="', '<symbol id="i-');
  document.body.prepend(holder);
});

// ECharts comes with the first chart.
let charts;
globalThis.huiyin = {
  applyTheme,
  async drawChart(element, option, onPick) {
    charts ??= import(page.charts);
    (await charts).draw(element, JSON.parse(option), onPick);
  },
  async dropChart(element) {
    if (charts) (await charts).drop(element);
  },
};

// A module that cannot start says so instead of staying blank.
addEventListener("unhandledrejection", (event) => {
  const boot = document.getElementById("boot");
  if (!boot || !/wasm|WebAssembly/i.test(String(event.reason))) return;
  const note = document.createElement("p");
  note.className = "boot-note";
  note.textContent = "工作台未能启动，请更新浏览器后重试。The studio could not start: please use a current browser.";
  boot.replaceChildren(note);
});
