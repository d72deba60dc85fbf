// The inputs of the page: what is typed in them, as a form would post it, and back.

/** Every input that holds an answer; names are JSON Pointers. */
function inputs(root) {
  const all = Array.from(root.querySelectorAll("input[name], select[name], textarea[name]"));
  return all.filter((input) => input.name === "" || input.name.startsWith("/"));
}

const isChoice = (input) => input.type === "radio" || input.type === "checkbox";

/** Name and value of everything typed or chosen. */
export function read(root) {
  return inputs(root)
    .filter((input) => input.value !== "" && (!isChoice(input) || input.checked))
    .map((input) => [input.name, input.value]);
}

/** Puts typed values back. */
export function write(root, pairs) {
  for (const input of inputs(root)) {
    const typed = pairs.filter(([name]) => name === input.name).map(([, value]) => value);
    if (isChoice(input)) input.checked = typed.includes(input.value);
    else input.value = typed.length ? typed[0] : "";
  }
}
