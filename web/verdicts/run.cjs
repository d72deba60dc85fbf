// Asks the WebAssembly build about the shared test set and compares with what the set expects.
//
// node run.cjs MODULE SET: ends with 1 when a verdict differs.

const fs = require("node:fs");
const { isDeepStrictEqual } = require("node:util");

const [script, file] = process.argv.slice(2);
const { verdicts } = require(script);
const text = fs.readFileSync(file, "utf8");
const expected = JSON.parse(text);
const found = JSON.parse(verdicts(text));

let count = 0;
let wrong = 0;
const compare = (where, found, expected) => {
  count += 1;
  if (isDeepStrictEqual(found, expected)) return;
  wrong += 1;
  console.error(`${where}\n  expected ${JSON.stringify(expected)}\n  found    ${JSON.stringify(found)}`);
};
expected.conditions.forEach((one, index) => compare(`condition ${index}`, found.conditions[index], one));
expected.forms.forEach((one, index) => {
  (one.cases || []).forEach((each, at) => compare(`${one.name}, case ${at}`, found.forms[index].cases[at], each));
  compare(one.name, { ...found.forms[index], cases: 0 }, { ...one, cases: 0 });
});
console.log(`verdicts: ${count} in WebAssembly, ${wrong} differ`);
process.exit(wrong === 0 && count > 0 ? 0 : 1);
