// What others need for the same work on this machine, per CPU second of one process: Ajv for forms, XState for flows.
import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { createActor, createMachine, initialTransition, transition } from "xstate";

const ROUND_MS = 400;
const ROUNDS = 5;

/** Runs per CPU second, the best of some rounds. */
function rate(run) {
  let best = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const [ends, used] = [Date.now() + ROUND_MS, process.cpuUsage()];
    let runs = 0;
    while (Date.now() < ends) {
      for (let turn = 0; turn < 64; turn += 1) run();
      runs += 64;
    }
    const { user, system } = process.cpuUsage(used);
    best = Math.max(best, (runs * 1e6) / (user + system));
  }
  return best;
}

const report = (what, run) => console.log(`${what.padEnd(58)} ${rate(run).toFixed(0).padStart(12)} /s`);

const sample = JSON.parse(readFileSync(new URL("../../form-engine/examples/twelve-fields.json", import.meta.url), "utf8"));
const ajv = new Ajv2020({ allErrors: true });
formats(ajv);
const validate = ajv.compile(sample.schema);
const [valid, invalid] = [JSON.stringify(sample.valid), JSON.stringify(sample.invalid)];
if (!validate(sample.valid) || validate(sample.invalid)) throw new Error("Ajv judges the sample otherwise");
report("Ajv: validate 12 fields, valid, parse included", () => validate(JSON.parse(valid)));
report("Ajv: validate 12 fields, all problems told, parse included", () => validate(JSON.parse(invalid)));

const machine = createMachine({ initial: "a", states: { a: { on: { go: "b" } }, b: { on: { go: "a" } } } });
const event = { type: "go" };
let [snapshot] = initialTransition(machine);
report("XState: statechart steps, pure", () => {
  [snapshot] = transition(machine, snapshot, event);
});
let stored = JSON.stringify(createActor(machine).start().getPersistedSnapshot());
report("XState: statechart steps, snapshot stored and restored", () => {
  const actor = createActor(machine, { snapshot: JSON.parse(stored) }).start();
  actor.send(event);
  stored = JSON.stringify(actor.getPersistedSnapshot());
});
