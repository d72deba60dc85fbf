// A form in somebody else's page tells that page what happens. Who may frame it, the server's policy says.

const origin = new URLSearchParams(location.search).get("origin");

/** Tells the page around, if there is one. */
export function tell(event, more) {
  if (window.parent === window || !origin) return;
  try {
    window.parent.postMessage(Object.assign({ huiyin: event }, more), origin);
  } catch (_) {
    // No origin at all: nobody is told.
  }
}

/** Tells how high the page is, now and whenever that changes. */
export function follow() {
  if (window.parent === window || !origin || !window.ResizeObserver) return;
  const height = () => tell("height", { height: Math.ceil(document.documentElement.getBoundingClientRect().height) });
  new ResizeObserver(height).observe(document.body);
  height();
}
