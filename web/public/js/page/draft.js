// What was typed and not yet sent, kept on this device.
//
// A webview may forbid its memory, and it may be full: that costs the draft, never the form.

/** Drafts older than a week are dropped: a shared device should not remember for ever. */
const KEPT = 7 * 24 * 3600 * 1000;

// A form without an address is a preview, of which nothing is kept.
const name = (slug) => `huiyin:draft:${slug}`;

/** The draft of a form, if there is a fresh one. */
export function load(slug) {
  if (!slug) return null;
  try {
    const draft = JSON.parse(localStorage.getItem(name(slug)));
    const fresh = draft && Date.now() - draft.at < KEPT && Array.isArray(draft.pairs) && draft.pairs.length > 0;
    return fresh ? draft : null;
  } catch (_) {
    return null;
  }
}

/** Keeps it: `pairs`, `question`, and `sending` (the key of a sending not yet acknowledged) or `switching`. */
export function save(slug, draft) {
  if (!slug) return;
  try {
    localStorage.setItem(name(slug), JSON.stringify(Object.assign({ at: Date.now() }, draft)));
  } catch (_) {
    // The form goes on.
  }
}

/** Forgets it. */
export function clear(slug) {
  try {
    localStorage.removeItem(name(slug));
  } catch (_) {
    // Nothing was kept.
  }
}
