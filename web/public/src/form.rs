//! The form page.
//!
//! One HTML form that works by itself: every question is in it, those that rules hide or that
//! stand on another page marked `hidden`, so a POST carries everything typed so far. The browser
//! module enhances the same elements; the names it relies on are listed in the crate's README.

use form_engine::FieldKind;
use leptos::prelude::*;

use crate::document::{Script, Switch, document};
use crate::field::Asked;
use crate::words::put;
use crate::{FormPage, Page, Question, RowHead, Words, escape, markdown, thanks};

/// A form with at most this many questions is asked one a screen on phones.
const FEW: usize = 7;
/// Up to this many screens, counting them would only slow people down.
const UNCOUNTED: usize = 3;

/// The page as HTML.
pub fn form_page(page: &FormPage) -> String {
    let words = Words::of(page.frame.language);
    // Without an address there is nobody to send to: the author is looking at a draft.
    let preview = page.slug.is_empty();
    let head = view! {
        <div class="intro">
            <h1>{page.title.clone()}</h1>
            {page.intro.clone().map(|intro| view! { <p class="lead">{intro}</p> })}
        </div>
    };
    let asked = view! {
        <form
            class=form_class(page)
            id="form"
            method="post"
            action=(!preview).then(|| format!("/f/{}#now", page.slug))
            novalidate="novalidate"
            accept-charset="utf-8"
            enctype=files(page)
            data-slug=page.slug.clone()
            data-steps=steps(page)
        >
            {by_enter(page)}
            {head}
            {draft(words)}
            {place(page, words)}
            {notes(page, words)}
            {sections(page, words)}
            {carried(page)}
            {page.captcha.as_ref().map(|captcha| proof(page, captcha, words))}
            {waiting(words)}
            {actions(page, words)}
        </form>
    };
    let hidden_thanks = page.thanks.iter().enumerate().map(|(index, variant)| {
        view! {
            <section class="thanks" id=format!("thanks-{index}") tabindex="-1" hidden>
                {thanks::body(variant, words, None, None, None)}
                {thanks::again(&page.frame, words)}
            </section>
        }
    });
    let mark = preview.then(|| view! { <p class="preview" role="note">{words.form.preview}</p> });
    let behalf = page.behalf.as_ref().map(|name| {
        view! { <p class="preview" role="note">{put(words.form.behalf, &[("name", name)])}</p> }
    });
    let correcting = page.correcting.as_ref().map(|(receipt, at)| {
        let when = at.words(page.frame.language);
        let told = put(words.form.correcting, &[("when", &when), ("code", receipt)]);
        view! { <p class="preview" role="note">{told}</p> }
    });
    let body = view! {
        {mark}
        {behalf}
        {correcting}
        {asked}
        {hidden_thanks.collect::<Vec<_>>()}
        <script type="application/json" id="data">{escape::json(&page.client)}</script>
    };
    let switch = if preview { Switch::Link } else { Switch::Post };
    document(&page.frame, &page.title, Script::Loader, &switch, body)
}

/// What Enter in a line means: the first button of a form, so it must not be one that adds or takes out a row.
fn by_enter(page: &FormPage) -> Option<AnyView> {
    let mut questions = page.pages.iter().flat_map(|page| &page.questions);
    let step = if page.current + 1 >= page.pages.len() { "send" } else { "next" };
    questions.any(|one| one.more.depth > 0).then(|| {
        view! { <button class="by-enter" type="submit" name="_step" value=step tabindex="-1" aria-hidden="true"></button> }
            .into_any()
    })
}

/// Asks for a sum; the page's script works instead, and takes the question away.
fn proof(page: &FormPage, captcha: &crate::Captcha, words: &Words) -> AnyView {
    let digit = |place: u8| words.form.digits[usize::from(place)];
    let (one, other) = captcha.sum;
    let asked = put(words.form.captcha, &[("a", digit(one)), ("b", digit(other))]);
    let last = page.current + 1 >= page.pages.len();
    view! {
        <div class="captcha" id="captcha" hidden=!last>
            <label class="title" for="sum">{asked}</label>
            <p class="help" id="sum-help">{words.form.captcha_help}</p>
            <input class="field-line short" id="sum" name="_sum" type="text" inputmode="numeric" autocomplete="off" maxlength="4" aria-describedby="sum-help" />
        </div>
        <input type="hidden" name="_captcha" value=captcha.token.clone() />
    }
    .into_any()
}

/// Files travel in another envelope.
fn files(page: &FormPage) -> Option<&'static str> {
    let mut questions = page.pages.iter().flat_map(|page| &page.questions);
    questions
        .any(|one| matches!(one.kind, FieldKind::File | FieldKind::Image))
        .then_some("multipart/form-data")
}

/// `last` shows the sending button, otherwise the one to the next page stands there.
fn form_class(page: &FormPage) -> &'static str {
    if page.current + 1 >= page.pages.len() { "form last" } else { "form" }
}

/// What the loader looks at before the first paint.
fn steps(page: &FormPage) -> Option<&'static str> {
    let questions: Vec<_> = asked(page).collect();
    let screens = questions.iter().filter(|(_, joined)| !joined).count();
    (screens > 1 && questions.len() <= FEW).then_some("phone")
}

/// Every question that is asked, and whether it shares a screen with the one before: a score and
/// its "why" belong together.
fn asked(page: &FormPage) -> impl Iterator<Item = (&Question, bool)> {
    page.pages.iter().flat_map(|page| {
        let asked: Vec<&Question> =
            page.questions.iter().filter(|one| one.kind != FieldKind::Hidden).collect();
        let joined: Vec<bool> =
            (0..asked.len()).map(|index| index > 0 && belongs(asked[index - 1], asked[index])).collect();
        asked.into_iter().zip(joined)
    })
}

/// Does `why` share a screen with `score`, the question before it: a row of a matrix or of a list, one of several to
/// choose from, or the reason for a score?
fn belongs(score: &Question, why: &Question) -> bool {
    if why.more.goes_on || why.more.in_row() || why.more.goes_on_choosing {
        return true;
    }
    let scored = matches!(score.kind, FieldKind::Nps | FieldKind::Csat | FieldKind::Ces | FieldKind::Rating);
    scored && why.kind == FieldKind::LongText && !why.required
}

/// Where the reader is: in words for the script-less pages, and an empty place for the module.
fn place(page: &FormPage, words: &Words) -> AnyView {
    let pages = page.pages.len();
    let paged = (pages > 1).then(|| {
        let here = put(
            words.form.step,
            &[("n", &(page.current + 1).to_string()), ("m", &pages.to_string())],
        );
        let max = pages.to_string();
        let value = (page.current + 1).to_string();
        if pages > UNCOUNTED {
            view! { <progress class="bar" id="bar" aria-label=words.form.how_far max=max value=value>{here}</progress> }.into_any()
        } else {
            view! { <p class="page-count" id="pages">{here}</p> }.into_any()
        }
    });
    let bar = (pages <= UNCOUNTED).then(|| {
        view! { <progress class="bar" id="bar" aria-label=words.form.how_far max="100" value="0" hidden></progress> }
    });
    view! {
        <p class="step-count" id="count" data-words=words.form.step hidden></p>
        {bar}
        {paged}
    }
    .into_any()
}

/// Problems and refusals: above the questions, announced at once.
fn notes(page: &FormPage, words: &Words) -> AnyView {
    let wrong: Vec<_> = indexed(page)
        .filter(|(_, question)| question.shown)
        .filter_map(|(id, question)| Some((id, question, question.problem.clone()?)))
        .map(|(id, question, problem)| {
            let title = question.title.clone();
            view! { <li><a href=format!("#{id}")>{title}": "{problem}</a></li> }
        })
        .collect();
    let summary = (!wrong.is_empty()).then(|| {
        let head = match wrong.len() {
            1 => words.form.one_problem.to_owned(),
            several => put(words.form.problems, &[("n", &several.to_string())]),
        };
        view! {
            <div class="note wrong" id="now" role="alert" tabindex="-1">
                <strong>{head}</strong>
                <ul>{wrong}</ul>
            </div>
        }
    });
    let refusal = page
        .refusal
        .clone()
        .map(|text| view! { <div class="note wrong" role="alert"><strong>{words.form.refused}</strong>{text}</div> });
    view! { {refusal} {summary} }.into_any()
}

/// Every question with the id it has on the page.
fn indexed(page: &FormPage) -> impl Iterator<Item = (String, &Question)> {
    page.pages
        .iter()
        .flat_map(|page| &page.questions)
        .enumerate()
        .map(|(index, question)| (format!("q{index}"), question))
}

fn sections(page: &FormPage, words: &'static Words) -> Vec<AnyView> {
    let mut first = 0;
    let mut sections = Vec::new();
    for (index, section) in page.pages.iter().enumerate() {
        sections.push(one_section(page, section, words, index, first));
        first += section.questions.len();
    }
    sections
}

fn one_section(
    page: &FormPage,
    section: &Page,
    words: &'static Words,
    index: usize,
    first: usize,
) -> AnyView {
    let now_page = index == 0;
    let title = section.title.clone().map(|title| {
        let help = section.help.clone().map(|help| view! { <p>{help}</p> });
        let class = if now_page { "page-title now" } else { "page-title" };
        view! { <div class=class><h2>{title}</h2>{help}</div> }
    });
    // The address the form posts to ends in `#now`, so the browser itself goes to this word.
    let now = (!page.has_problems()).then_some("now");
    let changed = section.questions.iter().flat_map(|one| &one.more.rows).any(|row| row.here);
    let (mut told, mut shown) = (!page.more_questions || changed, 0);
    let mut before: Option<&Question> = None;
    let mut rows = Rows { words, open: Vec::new(), done: Vec::new() };
    for (offset, question) in section.questions.iter().enumerate() {
        let joined = before.is_some_and(|before| belongs(before, question));
        if question.kind != FieldKind::Hidden {
            before = Some(question);
            shown += usize::from(question.shown && (!joined || shown == 0));
        }
        rows.close(question.more.depth - question.more.rows.len());
        let is_now = now_page && shown == 1;
        let id = format!("q{}", first + offset);
        let more = (question.fresh && !told).then(|| {
            told = true;
            view! { <p class="note more" id=now role="status">{words.form.more_questions}</p> }
        });
        rows.done.extend(texts(section, offset, is_now));
        let matrix = matrix_title(question, is_now);
        let asked = Asked { question, id, words, now: is_now, joined }.view();
        let asked = view! { {more} {matrix} {asked} }.into_any();
        rows.take(question, asked, is_now);
    }
    rows.close(0);
    let questions = rows.done;
    view! {
        <section class="page" data-page=index.to_string() hidden={index != page.current}>
            {title}
            {questions}
            {texts(section, section.questions.len(), now_page && shown <= 1)}
        </section>
    }
    .into_any()
}

/// The author's words before the question at `place`, on its screen.
fn texts(section: &Page, place: usize, is_now: bool) -> Vec<AnyView> {
    let here = section.texts.iter().filter(|(before, _)| *before == place);
    let class = if is_now { "words-between now" } else { "words-between" };
    here.map(|(_, words)| view! { <div class=class>{markdown::view(words)}</div> }.into_any()).collect()
}

/// The head of a matrix, before its first question: read with each row by screen readers, so here for the eyes.
fn matrix_title(question: &Question, is_now: bool) -> Option<AnyView> {
    let title = question.more.matrix.clone().filter(|_| !question.more.goes_on && question.shown)?;
    let class = if is_now { "words-between matrix-title now" } else { "words-between matrix-title" };
    Some(view! { <p class=class aria-hidden="true">{title}</p> }.into_any())
}

/// What stands on a page, and the rows of lists that are still open there, the outer one first.
struct Rows {
    words: &'static Words,
    open: Vec<Row>,
    done: Vec<AnyView>,
}

impl Rows {
    /// Closes rows until so many are left.
    fn close(&mut self, depth: usize) {
        while self.open.len() > depth {
            let view = self.open.pop().map(|row| row.view(self.words));
            self.place().extend(view);
        }
    }

    /// Where the next question goes.
    fn place(&mut self) -> &mut Vec<AnyView> {
        self.open.last_mut().map_or(&mut self.done, |row| &mut row.questions)
    }

    fn take(&mut self, question: &Question, asked: AnyView, is_now: bool) {
        let opened = question.more.rows.iter().map(|head| Row { head: head.clone(), ..Row::default() });
        self.open.extend(opened);
        self.place().push(asked);
        for row in &mut self.open {
            row.shown |= question.shown;
            row.now |= is_now;
        }
        for (depth, list, title) in &question.more.add {
            if let Some(row) = self.open.get_mut(depth - 1) {
                row.add = Some((list.clone(), title.clone()));
            }
        }
    }
}

/// A row of a list: its head, its questions and rows, and after the last row the button for another.
#[derive(Default)]
struct Row {
    head: RowHead,
    /// Pointer and title of the list, after its last row.
    add: Option<(String, String)>,
    questions: Vec<AnyView>,
    shown: bool,
    now: bool,
}

impl Row {
    /// The server adds and takes out rows, so it needs no script.
    fn view(self, words: &'static Words) -> AnyView {
        let class = if self.now { "row now" } else { "row" };
        let RowHead { title, help, optional, drop, here } = self.head;
        let drop = drop.map(|row| {
            let label = put(words.form.drop, &[("row", &title)]);
            view! { <button class="button plain drop" type="submit" name="_step" value=format!("drop {row}") aria-label=label>{words.form.drop_here}</button> }
        });
        let add = self.add.map(|(list, title)| {
            let named = if title.is_empty() { words.form.add_alone } else { words.form.add };
            let label = put(named, &[("title", &title)]);
            view! { <button class="button quiet add" type="submit" name="_step" value=format!("add {list}")>{label}</button> }
        });
        let help = help.map(|help| view! { <p class="help">{help}</p> });
        let optional = optional.then(|| view! { <span class="optional">{words.form.optional}</span> });
        view! {
            <div class=class id=here.then_some("now") role="group" aria-label=title.clone() hidden=!self.shown>
                <div class="row-head"><h3 class="row-title">{title.clone()}{optional}</h3>{drop}</div>
                {help}
                {self.questions}
                {add}
            </div>
        }
        .into_any()
    }
}

/// Asked by the browser module when an earlier visit left answers on this device.
fn draft(words: &Words) -> AnyView {
    view! {
        <div class="note" id="draft" role="status" hidden>
            <strong>{words.form.draft}</strong>
            <p>{words.form.draft_text}</p>
            <div class="choices-two">
                <button class="button" type="button" id="draft-continue">{words.form.draft_continue}</button>
                <button class="button quiet" type="button" id="draft-discard">{words.form.draft_discard}</button>
            </div>
        </div>
    }
    .into_any()
}

/// What the browser module says when sending did not work at once.
fn waiting(words: &Words) -> AnyView {
    view! {
        <div class="note unsent" id="unsent" role="status" hidden>
            <p id="unsent-offline" hidden>{words.form.offline}</p>
            <p id="unsent-later" hidden>{words.form.later}</p>
            <div class="choices-two">
                <button class="button quiet" type="button" id="unsent-retry">{words.form.retry}</button>
            </div>
        </div>
        <p class="note wrong unsent" id="refused" role="alert" hidden>
            <strong>{words.form.refused}</strong>
            <span></span>
        </p>
    }
    .into_any()
}

/// What a POST without script must bring back besides the answers.
fn carried(page: &FormPage) -> AnyView {
    let seen: Vec<_> = indexed(page).filter(|(_, one)| one.shown).map(|(_, one)| one.path.as_str()).collect();
    view! {
        <input type="hidden" name="_nonce" value=page.nonce.clone() />
        <input type="hidden" name="_language" value=page.frame.language.as_str() />
        <input type="hidden" name="_page" value=page.current.to_string() />
        <input type="hidden" name="_seen" value=seen.join(" ") />
        {page.carried.iter().map(|(name, value)| view! { <input type="hidden" name=format!("_{name}") value=value.clone() /> }).collect::<Vec<_>>()}
        {page.invitation.clone().map(|token| view! { <input type="hidden" name="_invitation" value=token /> })}
    }
    .into_any()
}

/// The primary button comes first in the document, so that Enter in a line means "go on".
fn actions(page: &FormPage, words: &Words) -> AnyView {
    view! {
        <div class="actions">
            <button class="button primary next" type="submit" name="_step" value="next">{words.form.next}</button>
            <button class="button primary send" type="submit" name="_step" value="send" data-sending=words.form.sending>
                {words.form.send}
            </button>
            {page.save.then(|| view! { <button class="button plain save" type="submit" name="_step" value="save">{words.form.save}</button> })}
            <button class="button plain back" type="submit" name="_step" value="back" hidden={page.current == 0}>
                {words.form.back}
            </button>
        </div>
    }
    .into_any()
}
