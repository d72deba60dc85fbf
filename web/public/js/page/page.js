// The open page: what shows, what is wrong, which screen, what is kept and sent.

import * as drafts from "./draft.js";
import * as inputs from "./inputs.js";
import { follow, tell } from "./frame.js";
import { prove } from "./proof.js";
import * as screens from "./screens.js";
import { attribute, Question } from "./question.js";
import { Sending } from "./sending.js";
import { slide } from "./slider.js";
import { uploads } from "./upload.js";

/** Up to this many screens, counting them would only slow people down. */
const UNCOUNTED = 3;
/** Up to this many they are counted; beyond, a bar says more. */
const COUNTED = 7;

/** Whoever presses again within so many milliseconds means the screen before. */
const SETTLED = 400;

/** A device that many people use forgets a form that is left for so long, and a thank-you. */
const AWAY = 120000;
const THANKED = 15000;

const byId = (id) => document.getElementById(id);

export class Page {
  constructor(form, data, engine) {
    this.form = form;
    this.data = data;
    this.engine = engine;
    this.questions = Array.from(form.querySelectorAll(".question"), (element) => new Question(element));
    // As the loader decided before the first paint.
    const root = document.documentElement;
    this.stepping = root.classList.contains("stepping") && "steps" in form.dataset;
    this.screens = screens.divide(this.questions, this.stepping);
    this.around = screens.around(form, this.questions);
    // The first that shows something.
    this.screen = Math.max(0, screens.after(this.screens, -1));
    this.pairs = [];
    this.sending = new Sending(this);
    /** The reader asked for a row more or less of a list, which is for the server to do. */
    this.adding = false;
    /** Files on their way. */
    this.arriving = 0;
    uploads(this);
    /** A draft has no address, and its page is loaded anew with every change of it. */
    this.preview = !data.slug;
    /** At a device that many people use nothing is kept. */
    this.memory = data.kiosk ? "" : data.slug;
    if (this.preview) this.memory = location.pathname;
    this.proof();
    inputs.clock(form);
    this.update();
    this.listen();
    slide(form);
  }

  /** Reads the inputs again and lets the rules decide what shows and what is needed. */
  update() {
    this.pairs = inputs.read(this.form);
    const look = JSON.parse(this.engine.look(JSON.stringify(this.pairs)));
    // An answer that is not offered any more is taken back, which may decide more.
    const offered = ({ path }) => (look.offered.find(([place]) => place === path) || [])[1];
    const taken = this.questions.filter((question) => question.offer(offered(question)));
    if (taken.length) return this.update();
    for (const question of this.questions) {
      const { path } = question;
      question.show(!look.hidden.some((hidden) => path === hidden || path.startsWith(`${hidden}/`)));
      question.need(look.required.includes(path));
    }
    this.pipe();
    // A plain POST must not ask again for what was already shown here.
    const seen = this.form.querySelector("input[name=_seen]");
    if (seen) seen.value = this.questions.filter((question) => question.shown).map((question) => question.path).join(" ");
    return this.draw();
  }

  /** The script works where a reader without it would answer a question. */
  proof() {
    const asked = byId("captcha");
    if (!asked) return;
    asked.hidden = true;
    this.data.proof = prove(this.data.captcha);
  }

  /** Nobody is there any more: the next one finds an empty form. */
  idle() {
    clearTimeout(this.away);
    if (this.data.kiosk) this.away = setTimeout(() => location.reload(), this.sending.done ? THANKED : AWAY);
  }

  /** Puts answers into the texts that hold some. */
  pipe() {
    for (const [where, template, place] of this.data.pipes) {
      const text = document.querySelector(where);
      if (text) text.textContent = this.engine.pipe(template, place);
    }
  }

  listen() {
    const form = this.form;
    form.addEventListener("input", (event) => this.changed(event.target));
    form.addEventListener("change", (event) => this.changed(event.target));
    form.addEventListener("focusout", (event) => this.left(event.target));
    // A key held down is one press.
    form.addEventListener("keydown", (event) => {
      if (event.repeat && event.key === "Enter" && event.target.tagName !== "TEXTAREA") event.preventDefault();
    });
    // The browser's own way is stopped last: should anything fail, the plain form is posted.
    form.addEventListener("submit", (event) => {
      if (this.adding) return;
      this.goOn();
      event.preventDefault();
    });
    document.addEventListener("click", (event) => this.clicked(event));
    window.addEventListener("popstate", (event) => this.returned(event.state));
    window.addEventListener("online", () => this.sending.retry());
  }

  /** Opens the page: where the server said there is a problem, or where an earlier visit stopped. */
  greet(held) {
    history.replaceState({ screen: this.screen }, "");
    tell("loaded");
    follow();
    const wrong = this.questions.find((question) => question.wrong);
    const draft = drafts.load(this.memory);
    const row = this.around.find(({ element }) => element.matches("#now"));
    if (wrong) {
      this.open(wrong);
    } else if (row) {
      this.open(row.questions[0]);
    } else if (draft && draft.sending) {
      this.take(draft);
      this.sending.resume(draft.sending);
    } else if (draft && (draft.switching || this.preview)) {
      this.take(draft);
      this.keep();
      // Whoever watches the page hears that its answers are others than the server wrote.
      document.dispatchEvent(new Event("change"));
    } else if (draft && !this.answered()) {
      byId("draft").hidden = false;
    } else if (held) {
      this.next();
    }
  }

  /** Does the page hold answers already, of this visit or the link it came by? */
  answered() {
    return this.pairs.some(([name]) => this.questions.some((question) => question.path === name));
  }

  /** Who was invited and touches the page has opened it: programs that follow links do not. */
  noted() {
    const { slug, query } = this.data;
    if (this.met || !query.startsWith("?i=")) return;
    this.met = true;
    navigator.sendBeacon(`/f/${slug}/opened${query}`);
  }

  questionOf(target) {
    const element = target.closest(".question");
    return this.questions.find((question) => question.element === element);
  }

  /** Somebody typed or chose something. */
  changed(target) {
    const question = this.questionOf(target);
    this.idle();
    this.noted();
    this.turn(false);
    this.begin(question);
    this.update();
    this.keep();
    byId("draft").hidden = true;
    if (!question || !question.wrong) return;
    // What the server found wrong was about another answer.
    if (target.type !== "file") question.refused = false;
    this.check(question);
  }

  /** A group that may be left out holds its defaults as long as something else in it is answered. */
  begin(answered) {
    if (answered) Object.assign(answered, { waits: "", stands: false });
    const within = ({ waits }) => ({ path, element, stands }) =>
      path.startsWith(`${waits}/`) && !stands && inputs.read(element).length > 0;
    for (const question of this.questions.filter(({ waits }) => waits)) {
      const begun = this.questions.some(within(question));
      if (begun === Boolean(question.stands)) continue;
      question.stands = begun;
      inputs.write(question.element, begun ? question.standard : []);
    }
  }

  /** Somebody left an input: what is typed is checked, what is empty is not nagged about. */
  left(target) {
    const question = this.questionOf(target);
    // What the server refused stays said: here nothing is wrong with it.
    if (question && !question.refused && this.pairs.some(([name]) => name === question.path)) this.check(question);
  }

  /** True when the question is fine; else says what is wrong. */
  check(question) {
    const problem = question.shown ? this.engine.problem(question.path) : undefined;
    question.say(problem);
    return !problem;
  }

  /** "Continue" and "Send" are one gesture; which it is depends on the screen. */
  goOn() {
    if (this.turning) return;
    if (screens.after(this.screens, this.screen) >= 0) this.next();
    else this.sending.submit();
  }

  /**
   * Checks the open screen and goes on. The new screen becomes an entry of the browser's history, so
   * that its back arrow (WeChat's too) goes one question back.
   */
  next() {
    const wrong = this.screens[this.screen].filter((question) => !this.check(question));
    if (wrong.length) return wrong[0].entry().focus();
    const screen = screens.after(this.screens, this.screen);
    if (screen < 0) return undefined;
    history.pushState({ screen }, "");
    this.go(screen);
    this.turn(true);
    return this.keep();
  }

  /** The second press of a double tap was meant for the screen before: none counts until this one is seen, or answered. */
  turn(on) {
    if (!on && !this.turning) return;
    clearTimeout(this.turning);
    this.turning = on ? setTimeout(() => this.turn(false), SETTLED) : 0;
    this.form.classList.toggle("turning", on);
    this.form.querySelectorAll(".next, .send").forEach((button) => attribute(button, "aria-disabled", on));
  }

  /** True when every question is fine; else opens the first that is not. */
  checkAll() {
    const wrong = this.questions.filter((question) => !this.check(question));
    if (wrong.length) this.open(wrong[0]);
    return wrong.length === 0;
  }

  /** Opens the screen of a question and puts the keyboard there. */
  open(question) {
    this.go(this.screens.findIndex((screen) => screen.includes(question)));
    question.entry().focus();
  }

  go(screen) {
    if (screen === this.screen || !this.screens[screen]) return;
    this.form.classList.toggle("moved", screen > this.screen);
    this.form.classList.toggle("back-moved", screen < this.screen);
    this.screen = screen;
    this.draw();
    // The question is announced; no keyboard pops up.
    const first = this.screens[screen].find((question) => question.shown);
    if (first) first.element.focus();
    window.scrollTo(0, 0);
  }

  /** Shows the open screen, its place, and the button that fits. */
  draw() {
    const open = this.screens[this.screen];
    const page = open.length ? open[0].page : 0;
    for (const question of this.questions) question.element.classList.toggle("now", open.includes(question));
    for (const { element, questions } of this.around) {
      element.classList.toggle("now", questions.some((question) => open.includes(question)));
      if (element.matches(".row")) element.hidden = !screens.shows(questions);
    }
    this.form.querySelectorAll(".page").forEach((section) => {
      const here = Number(section.dataset.page) === page;
      section.hidden = !here;
      const title = section.querySelector(".page-title");
      if (title) title.classList.toggle("now", here);
    });
    const last = screens.after(this.screens, this.screen) < 0;
    this.form.classList.toggle("ended", last);
    this.form.classList.toggle("last", last);
    const first = screens.before(this.screens, this.screen) < 0;
    this.form.classList.toggle("started", !first);
    this.form.querySelector(".back").hidden = first;
    this.drawPlace();
  }

  /** "2 of 5", or a bar, or nothing, by how long the form is. */
  drawPlace() {
    const [here, all] = screens.count(this.screens, this.screen);
    const words = byId("count");
    const bar = byId("bar");
    const pages = byId("pages");
    if (pages) pages.hidden = true;
    words.hidden = all <= UNCOUNTED || all > COUNTED;
    words.textContent = words.dataset.words.replace("{n}", here).replace("{m}", all);
    bar.hidden = all <= COUNTED;
    bar.max = 100;
    bar.value = screens.fullness(here - 1, all);
  }

  clicked(event) {
    this.adding = Boolean(event.target.closest("button.add, button.drop, button.save"));
    const within = (selector) => event.target.closest(selector);
    if (within(".back")) {
      history.back();
      event.preventDefault();
    } else if (within("button.language")) {
      this.switchTo(within("button.language").value);
      event.preventDefault();
    } else if (within("#draft-continue")) {
      const draft = drafts.load(this.memory);
      byId("draft").hidden = true;
      if (draft) this.take(draft);
    } else if (within("#draft-discard")) {
      drafts.clear(this.memory);
      byId("draft").hidden = true;
    } else if (within("#unsent-retry")) {
      this.sending.retry();
    }
  }

  /** The browser's back or forward. After sending there is no way back into the form. */
  returned(state) {
    if (!state) return;
    if (this.sending.done) history.back();
    else this.go(state.screen);
  }

  /** Reads the form in another language, with everything typed. */
  switchTo(language) {
    drafts.save(this.memory, { pairs: this.pairs, question: this.place(), switching: true });
    const search = new URLSearchParams(location.search);
    search.set("lang", language);
    location.search = search.toString();
  }

  /** Index of the first question of the open screen. */
  place() {
    return this.questions.indexOf(this.screens[this.screen][0]);
  }

  /** Keeps what was typed on this device. */
  keep() {
    if (this.sending.done) return;
    drafts.save(this.memory, { pairs: this.pairs, question: this.place(), sending: this.sending.pending() });
  }

  /** Puts a draft into the page. */
  take(draft) {
    inputs.write(this.form, draft.pairs);
    // What was answered before is nobody's default.
    for (const question of this.questions) if (inputs.read(question.element).length) question.waits = "";
    this.update();
    const question = this.questions[draft.question];
    const screen = this.screens.findIndex((one) => one.includes(question));
    if (screen <= 0) return;
    history.pushState({ screen }, "");
    this.go(screen);
  }
}
