// Which questions share a screen, and which screen comes next.
//
// Screens are fixed when the page opens; a screen none of whose questions show is walked past.

/** Divides the questions: `stepping` one a screen, else by the author's pages. */
export function divide(questions, stepping) {
  const screens = [];
  questions.forEach((question, index) => {
    const before = questions[index - 1];
    const stays = before && before.page === question.page && (!stepping || question.joined);
    if (stays) screens[screens.length - 1].push(question);
    else screens.push([question]);
  });
  return screens.length ? screens : [[]];
}

/** What stands around questions, and which: rows of lists, and the author's words before a question or after the last. */
export function around(form, questions) {
  const within = (place) => questions.filter(({ element }) => place && place.contains(element));
  const near = (words, step) => {
    let place = words[step];
    while (place && !place.matches(".question, .row")) place = place[step];
    return within(place);
  };
  const asked = (element) => {
    if (element.matches(".row")) return within(element);
    const next = near(element, "nextElementSibling");
    return next.length ? next.slice(0, 1) : near(element, "previousElementSibling").slice(-1);
  };
  return Array.from(form.querySelectorAll(".row, .words-between"), (element) => ({ element, questions: asked(element) }));
}

/** Does any of these questions show? */
export const shows = (screen) => screen.some((question) => question.shown);

/** Index of the next screen that shows something, or -1. */
export function after(screens, here) {
  return screens.findIndex((screen, index) => index > here && shows(screen));
}

/** Index of the one before, or -1. */
export function before(screens, here) {
  for (let index = here - 1; index >= 0; index -= 1) {
    if (shows(screens[index])) return index;
  }
  return -1;
}

/** Place among the screens that show something, counted from one, and how many those are. */
export function count(screens, here) {
  const showing = screens.map((_, index) => index).filter((index) => shows(screens[index]));
  return [Math.max(1, showing.filter((index) => index <= here).length), Math.max(1, showing.length)];
}

/**
 * How full the bar of a long form is, in percent. Fast first, slow later: of the shapes tried in
 * surveys, the one that keeps people going.
 */
export function fullness(done, all) {
  const left = 1 - done / all;
  return Math.round(100 * (1 - left * left));
}
