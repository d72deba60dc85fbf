// One question's elements.

export class Question {
  constructor(element) {
    this.element = element;
    this.path = element.dataset.path;
    this.page = Number(element.closest(".page").dataset.page);
    this.joined = "joined" in element.dataset;
    this.shown = !element.hidden;
    // A group or row that may be left out, and the default that waits for the first answer in it.
    const { waits, standard } = element.dataset;
    this.waits = waits;
    this.standard = waits && JSON.parse(standard).map((text) => [this.path, text]);
    // The server may have held some options back.
    this.narrowed = Boolean(element.querySelector(".option[hidden], option[hidden]"));
  }

  /** Shows or hides it. */
  show(shown) {
    this.shown = shown;
    this.element.hidden = !shown;
    if (!shown) this.say("");
  }

  /** Offers the options at these places, or all; true when a chosen one had to be taken back. */
  offer(places) {
    if (!places && !this.narrowed) return false;
    this.narrowed = Boolean(places);
    let taken = false;
    this.element.querySelectorAll(".option, option:not([value=''])").forEach((option, index) => {
      const held = Boolean(places) && !places.includes(index);
      const input = option.querySelector("input");
      option.hidden = held;
      if (!input) option.disabled = held || "full" in option.dataset;
      if (!held) return;
      taken = taken || (input || option)[input ? "checked" : "selected"];
      (input || option)[input ? "checked" : "selected"] = false;
    });
    return taken;
  }

  /** Whether an answer is needed: the word "optional", and what is announced. */
  need(needed) {
    const word = this.element.querySelector(".title > .optional");
    if (word) word.hidden = needed;
    attribute(this.announced(), "aria-required", needed);
  }

  get wrong() {
    return this.element.classList.contains("wrong");
  }

  /** Says a problem beside it, or takes it away. */
  say(problem) {
    const place = document.getElementById(`${this.element.id}-problem`);
    this.element.classList.toggle("wrong", Boolean(problem));
    if (place) {
      place.textContent = problem || "";
      place.hidden = !problem;
    }
    attribute(this.announced(), "aria-invalid", Boolean(problem));
  }

  /** Where the keyboard goes when this question needs another look. */
  entry() {
    const find = (selector) => this.element.querySelector(selector);
    return find("input:checked") || find("input, select, textarea") || this.element;
  }

  /** What carries the state for screen readers: the group, or its only input. */
  announced() {
    return this.element.tagName === "FIELDSET" ? this.element : this.entry();
  }
}

export function attribute(element, name, on) {
  if (on) element.setAttribute(name, "true");
  else element.removeAttribute(name);
}
