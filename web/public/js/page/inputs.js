// The inputs of the page: what is typed in them, as a form would post it, and back.

import { box } from "./upload.js";

/** Every input that holds an answer; names are JSON Pointers. */
function inputs(root) {
  const all = Array.from(root.querySelectorAll("input[name], select[name], textarea[name]"));
  return all.filter((input) => input.type !== "file" && (input.name === "" || input.name.startsWith("/")));
}

const two = (number) => String(number).padStart(2, "0");

/** What is typed. The browser's control for an instant knows no offset: it is the reader's own clock. */
function typed(input) {
  if (input.type !== "datetime-local") return input.value;
  const minutes = -new Date(input.value).getTimezoneOffset();
  const size = Math.abs(minutes);
  return `${input.value.slice(0, 16)}:00${minutes < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** An instant as that control shows it. */
function local(text) {
  const at = new Date(text);
  return Number.isNaN(Number(at)) ? text : new Date(at - at.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
}

/** Instants that came with the page, on the reader's clock. */
export function clock(root) {
  root.querySelectorAll("[data-moment]").forEach((place) => {
    place.firstElementChild.value = local(place.dataset.moment);
  });
}

const isChoice = (input) => input.type === "radio" || input.type === "checkbox";

/** Name and value of everything typed or chosen. */
export function read(root) {
  return inputs(root)
    .filter((input) => input.value !== "" && (!isChoice(input) || input.checked))
    .map((input) => [input.name, typed(input)]);
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
  const turns = {};
  for (const input of inputs(root)) {
    const given = pairs.filter(([name]) => name === input.name).map(([, value]) => value);
    if (isChoice(input)) {
      input.checked = given.includes(input.value);
    } else if (input.type !== "hidden" || given.length) {
      // Lines of one name, as the ranks of a ranking, take theirs in turn.
      const turn = turns[input.name] || 0;
      turns[input.name] = turn + 1;
      const text = turn < given.length ? given[turn] : "";
      input.value = input.type === "datetime-local" ? local(text) : text;
    }
  }
}
