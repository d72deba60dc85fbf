// What was typed and not yet sent, kept on this device.
//
// A webview may forbid its memory, and it may be full: that costs the draft, never the form.

/** Drafts older than a week are dropped: a shared device should not remember for ever. */
const KEPT = 7 * 24 * 3600 * 1000;

const name = (slug) => `huiyin:draft:${slug}`;

/**
 * Where it is kept: on the device. What an author tries in a preview, which is called by its path, stays in their tab.
 */
const store = (slug) => (slug.startsWith("/") ? sessionStorage : localStorage);

/** The draft of a form, if there is a fresh one. */
export function load(slug) {
  if (!slug) return null;
  try {
    const draft = JSON.parse(store(slug).getItem(name(slug)));
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
    store(slug).setItem(name(slug), JSON.stringify(Object.assign({ at: Date.now() }, draft)));
  } catch (_) {
    // The form goes on.
  }
}

/** Forgets it. */
export function clear(slug) {
  try {
    store(slug).removeItem(name(slug));
  } catch (_) {
    // Nothing was kept.
  }
}
