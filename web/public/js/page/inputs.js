// The inputs of the page: what is typed in them, as a form would post it, and back.

import { box } from "./upload.js";

/** Every input that holds an answer; names are JSON Pointers. */
function inputs(root) {
  const all = Array.from(root.querySelectorAll("input[name], select[name], textarea[name]"));
  return all.filter((input) => input.type !== "file" && (input.name === "" || input.name.startsWith("/")));
}

const isChoice = (input) => input.type === "radio" || input.type === "checkbox";

/** Name and value of everything typed or chosen. */
export function read(root) {
  return inputs(root)
    .filter((input) => input.value !== "" && (!isChoice(input) || input.checked))
    .map((input) => [input.name, input.value]);
}

/** Puts typed values back. Files that came before get their boxes again. */
export function write(root, pairs) {
  root.querySelectorAll(".files").forEach((list) => {
    const known = Array.from(list.querySelectorAll("input"), (input) => input.value);
    for (const [name, value] of pairs) {
      if (name !== list.dataset.files || known.includes(value)) continue;
      const { name: words, size } = value[0] === "{" ? JSON.parse(value) : { name: value };
      list.appendChild(box(name, value, words, size));
    }
  });
  const given = {};
  for (const input of inputs(root)) {
    const typed = pairs.filter(([name]) => name === input.name).map(([, value]) => value);
    if (isChoice(input)) {
      input.checked = typed.includes(input.value);
    } else if (input.type !== "hidden" || typed.length) {
      // Lines of one name, as the ranks of a ranking, take theirs in turn.
      const turn = given[input.name] || 0;
      given[input.name] = turn + 1;
      input.value = turn < typed.length ? typed[turn] : "";
    }
  }
}
