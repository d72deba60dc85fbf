// Sending the form, trying again, and the thank-you.

import * as drafts from "./draft.js";
import { tell } from "./frame.js";
import { freshKey, send } from "./send.js";

/** Waiting grows from this … */
const FIRST_WAIT = 2000;
/** … to this. */
const LONGEST_WAIT = 60000;

const byId = (id) => document.getElementById(id);

export class Sending {
  constructor(page) {
    this.page = page;
    this.key = page.data.nonce;
    this.body = null;
    this.busy = false;
    this.failures = 0;
    this.timer = 0;
    /** The server has it: nothing is asked any more. */
    this.done = false;
  }

  /** The key of a sending that is not acknowledged yet. */
  pending() {
    return this.busy || this.failures > 0 ? this.key : null;
  }

  /** Checks everything and sends it. */
  submit() {
    if (!this.busy && !this.done && !this.page.arriving && this.page.checkAll()) this.attempt();
  }

  /** A sending of an earlier visit that was never acknowledged: the same answers, the same key. */
  resume(key) {
    this.key = key;
    this.attempt();
  }

  /** Tries again what failed. */
  retry() {
    if (this.failures > 0) this.attempt();
  }

  /** Sends what is typed now. The same answers go under the same key, however often. */
  async attempt() {
    if (this.busy || this.done) return;
    const body = this.page.engine.body();
    if (this.body !== null && this.body !== body) this.key = freshKey();
    this.body = body;
    this.busy = true;
    clearTimeout(this.timer);
    this.page.keep();
    this.draw();
    const outcome = await send(this.page.data, this.key, body);
    this.busy = false;
    this.failures = outcome.later ? this.failures + 1 : 0;
    byId("refused").hidden = true;
    this.settle(outcome);
    this.draw();
    this.page.keep();
  }

  settle(outcome) {
    if (outcome.stored) {
      this.thank(outcome.stored);
    } else if (outcome.later) {
      const wait = Math.min(FIRST_WAIT * 2 ** (this.failures - 1), LONGEST_WAIT);
      this.timer = setTimeout(() => this.retry(), wait);
    } else {
      // Whatever is sent next is another submission.
      this.key = freshKey();
      this.body = null;
      if (outcome.keyUsed) this.attempt();
      // The server doubts it: its page asks, and works again.
      else if (outcome.doubted) this.page.form.submit();
      else if (outcome.wrong) this.pointAt(outcome.wrong);
      else this.refuse(outcome.refused);
    }
  }

  /** The server's problems, at their fields; what belongs to no shown field is said below. */
  pointAt(problems) {
    const homeless = [];
    const wrong = [];
    for (const { path, message } of problems) {
      const question = this.page.questions.find((one) => one.shown && one.path === path);
      if (question) {
        question.say(message);
        question.refused = true;
        wrong.push(question);
      } else {
        homeless.push(message);
      }
    }
    if (homeless.length) this.refuse(homeless.join("; "));
    const first = this.page.questions.find((question) => wrong.includes(question));
    if (first) this.page.open(first);
  }

  refuse(text) {
    const place = byId("refused");
    place.querySelector("span").textContent = text;
    place.hidden = false;
  }

  /** The button and the notes, by how sending stands. */
  draw() {
    const waiting = this.failures > 0 && !this.busy;
    const offline = navigator.onLine === false;
    byId("unsent").hidden = !waiting;
    byId("unsent-offline").hidden = !offline;
    byId("unsent-later").hidden = offline;
    const button = this.page.form.querySelector(".send");
    if (!button.dataset.words) button.dataset.words = button.textContent;
    button.textContent = this.busy ? button.dataset.sending : button.dataset.words;
    if (this.busy) button.setAttribute("aria-disabled", "true");
    else button.removeAttribute("aria-disabled");
  }

  /** The thank-you that fits these answers, with its receipt. */
  thank({ receipt, progress, edit }) {
    this.done = true;
    tell("answered", { receipt });
    this.page.idle();
    drafts.clear(this.page.memory);
    const section = byId(`thanks-${this.page.engine.thanks(Date.now())}`);
    const each = (selector, change) => section.querySelectorAll(selector).forEach(change);
    const shown = (selector, on) => each(selector, (place) => (place.hidden = !on));
    const result = this.page.engine.result();
    each("[data-result]", (place) => (place.hidden = place.dataset.result !== String(result)));
    each("[data-receipt]", (place) => (place[place.name ? "value" : "textContent"] = receipt));
    if (edit) each("[data-edit]", (place) => (place.href = `${edit}&lang=${this.page.data.language}`));
    shown("[data-change]", Boolean(edit));
    if (progress) each("[data-progress]", (place) => (place.href = progress));
    shown("[data-follow], [data-opened]", Boolean(progress));
    shown("[data-plain]", !progress);
    document.querySelectorAll("button.language").forEach((button) => button.remove());
    this.page.form.hidden = true;
    section.hidden = false;
    window.scrollTo(0, 0);
    section.focus();
  }
}
