// Brings a form into another page: in its flow, as a pop-up, or behind a tab at the side.
//
//   <script src="https://…/embed.js" data-form="nps" data-mode="inline|popup|tab" async></script>
//
// or, from a script: huiyin.open({form, mode, into, label, customer, answers, lang, on}). Events: loaded, answered,
// closed. The page may be anybody's, so this styles its few elements one by one and loads nothing else.

(() => {
  const script = document.currentScript;
  const home = new URL(script.src).origin;
  const texts = /^zh/.test(document.documentElement.lang || navigator.language)
    ? { close: "关闭", label: "意见反馈", form: "表单" }
    : { close: "Close", label: "Feedback", form: "Form" };
  function dress(name, style, more) {
    const element = Object.assign(document.createElement(name), more);
    Object.assign(element.style, style);
    return element;
  }

  function address({ form, lang, customer, answers }) {
    const url = new URL(`/f/${encodeURIComponent(form)}`, home);
    const put = (key, value) => value && url.searchParams.set(key, value);
    for (const key of Object.keys(answers || {})) put(key, answers[key]);
    put("lang", lang);
    put("c", customer);
    put("origin", location.origin);
    return url.href;
  }

  function open(wish) {
    const mode = wish.mode || "inline";
    const said = (event, detail) => {
      const told = Object.assign({ event, form: wish.form }, detail);
      if (wish.on) wish.on(told);
      document.dispatchEvent(new CustomEvent("huiyin", { detail: told }));
    };
    const frame = dress("iframe", { width: "100%", border: "0", display: "block" }, { title: wish.title || texts.form });
    frame.style.height = mode === "inline" ? "32rem" : "100%";
    frame.allow = "clipboard-write";
    frame.src = address(wish);
    let shut = () => {};
    const listen = ({ source, origin, data }) => {
      if (source !== frame.contentWindow || origin !== home || !data || !data.huiyin) return;
      if (data.huiyin === "height") {
        if (mode === "inline") frame.style.height = `${Math.min(Math.max(Number(data.height) || 0, 120), 20000)}px`;
      } else if (data.huiyin === "loaded" || data.huiyin === "answered") {
        said(data.huiyin, { receipt: data.receipt });
      }
    };
    window.addEventListener("message", listen);
    const done = () => {
      window.removeEventListener("message", listen);
      said("closed");
    };
    if (mode === "inline") {
      const into = (typeof wish.into === "string" ? document.querySelector(wish.into) : wish.into) || script.parentNode;
      into.insertBefore(frame, into === script.parentNode ? script.nextSibling : null);
      shut = () => {
        frame.remove();
        done();
      };
    } else {
      shut = popup(frame, wish, done);
    }
    return { close: () => shut(), frame };
  }

  function popup(frame, wish, done) {
    const before = document.activeElement;
    const side = wish.mode === "tab";
    const veil = dress("div", { position: "fixed", top: 0, right: 0, bottom: 0, left: 0, zIndex: 2147483000, background: "rgba(16,24,40,.55)" });
    const box = dress(
      "div",
      Object.assign(
        { position: "absolute", background: "#fff", overflow: "hidden", boxSizing: "border-box", boxShadow: "0 12px 48px rgba(16,24,40,.3)" },
        side
          ? { top: 0, right: 0, bottom: 0, width: "26rem", maxWidth: "100%" }
          : { top: "50%", left: "50%", width: "36rem", maxWidth: "96%", height: "44rem", maxHeight: "92%", transform: "translate(-50%,-50%)", borderRadius: "12px" },
      ),
      { tabIndex: -1 },
    );
    box.setAttribute("role", "dialog");
    box.setAttribute("aria-modal", "true");
    box.setAttribute("aria-label", wish.title || wish.label || texts.label);
    const cross = dress(
      "button",
      { position: "absolute", top: "8px", right: "8px", width: "44px", height: "44px", border: "0", borderRadius: "22px", background: "#fff", color: "#171b21", font: "24px/1 system-ui", cursor: "pointer" },
      { type: "button", textContent: "×" },
    );
    cross.setAttribute("aria-label", texts.close);
    const shut = () => {
      document.removeEventListener("keydown", key);
      veil.remove();
      if (before && before.focus) before.focus();
      done();
    };
    const key = (event) => event.key === "Escape" && shut();
    cross.addEventListener("click", shut);
    veil.addEventListener("click", (event) => event.target === veil && shut());
    document.addEventListener("keydown", key);
    box.append(frame, cross);
    veil.append(box);
    document.body.append(veil);
    cross.focus();
    return shut;
  }

  /** A button that opens it: at the side of the window, or where the script stands. */
  function button(wish) {
    const side = wish.mode === "tab";
    const style = { padding: "10px 16px", minHeight: "44px", border: "0", borderRadius: side ? "10px 10px 0 0" : "10px", background: "#2458d3", color: "#fff", font: "600 16px/1.4 system-ui", cursor: "pointer" };
    if (side) Object.assign(style, { position: "fixed", right: 0, top: "50%", zIndex: 2147482999, transform: "translateY(-50%) rotate(-90deg) translateY(-50%)", transformOrigin: "100% 50%" });
    const made = dress("button", style, { type: "button", textContent: wish.label || texts.label });
    made.addEventListener("click", () => open(wish));
    if (side) document.body.append(made);
    else script.parentNode.insertBefore(made, script.nextSibling);
  }

  window.huiyin = Object.assign(window.huiyin || {}, { open });
  const { form, mode, label, lang, customer, title } = script.dataset;
  if (form) {
    const wish = { form, mode: mode || "inline", label, lang, customer, title };
    if (wish.mode === "inline") open(wish);
    else button(wish);
  }
})();
