// Starts the studio: theme before the first paint, icons into the page, then the WebAssembly module.
// "studio-glue" is what wasm-bindgen writes (target web); the bundler resolves it.
import start from "studio-glue";
import sprite from "../../ui/assets/sprite.svg";

const root = document.documentElement;
const stored = (key) => { try { return localStorage.getItem(key); } catch { return null; } };

// theme: "light", "dark", or nothing to follow the system.
const dark = matchMedia("(prefers-color-scheme: dark)");
function applyTheme() {
  const chosen = stored("theme");
  const night = chosen ? chosen === "dark" : dark.matches;
  root.dataset.theme = night ? "cx-dark" : "cx-light";
  dispatchEvent(new CustomEvent("theme", { detail: night }));
}
dark.addEventListener("change", applyTheme);
applyTheme();

document.body.insertAdjacentHTML("afterbegin", sprite);

// What the studio cannot say in Rust: a dynamic import. Charts come with the first tile that needs them.
let charts;
globalThis.huiyin = {
  applyTheme,
  async drawChart(element, option, onPick) {
    charts ??= import("./charts.js");
    (await charts).draw(element, JSON.parse(option), onPick);
  },
  async dropChart(element) {
    if (charts) (await charts).drop(element);
  },
};

const wasm = document.querySelector("script[data-wasm]").dataset.wasm;
start({ module_or_path: wasm }).then(
  () => document.getElementById("boot")?.remove(),
  (fault) => {
    const boot = document.getElementById("boot");
    const note = document.createElement("p");
    note.className = "boot-note";
    note.textContent = "工作台未能启动，请更新浏览器后重试。The studio could not start: please use a current browser.";
    boot?.replaceChildren(note);
    console.error(fault);
  },
);
