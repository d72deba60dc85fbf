// Shows states that otherwise need a mouse or a keyboard: every rule that names one is repeated for what stands inside
// `.is-hover` or `.is-focus`. What is seen is what the product's own rules say.
const STATE = /:(hover|focus-visible|focus-within|focus)\b/g;
const CONTROL = ":is(a, button, input, select, textarea, summary, label, tr)";

function repeat(owner) {
  for (let at = owner.cssRules.length - 1; at >= 0; at -= 1) {
    const rule = owner.cssRules[at];
    if (rule.cssRules && rule.cssRules.length > 0) repeat(rule);
    const selector = rule.selectorText;
    if (!selector || !STATE.test(selector)) continue;
    STATE.lastIndex = 0;
    const shown = selector.replace(STATE, (_, state) => (state === "hover" ? ":is(.is-hover *)" : `:is(.is-focus ${CONTROL})`));
    owner.insertRule(shown + rule.cssText.slice(selector.length), at + 1);
  }
}

for (const sheet of document.styleSheets) repeat(sheet);
document.documentElement.dataset.states = "shown";
