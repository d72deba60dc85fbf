//! The demo's stories: what some customers said and what became of it, played through the services at the times they happened.

use api_types::{CallOutcome, Role};
use form_engine::Language;
use serde::Deserialize;
use serde_json::{Value, json};

use super::samples::HOUR_MS;
use super::{DemoError, console};
use crate::app::App;
use crate::auth::Caller;
use crate::clock::Shift;
use crate::error::ApiError;
use crate::ids::SubmissionId;
use crate::services::act::{Act, act, customer_acts};
use crate::services::submit::{Submission, submit};
use crate::store;
use crate::worker::{Mailer, drain};

const STORIES: &str = include_str!("stories.json");

#[derive(Deserialize)]
struct Story {
    form: String,
    language: String,
    /// `-20h`: so long before now.
    at: String,
    data: Value,
    then: Vec<Step>,
}

#[derive(Deserialize)]
struct Step {
    /// `3h` after the story began.
    after: String,
    #[serde(flatten)]
    what: What,
}

#[derive(Clone, Deserialize)]
#[serde(rename_all = "snake_case")]
enum What {
    Reply(String),
    Comment(String),
    Call { outcome: CallOutcome, note: String },
    Solve(String),
    Message(String),
    Confirm {},
    Csat { score: u8, comment: Option<String> },
}

/// Something that happens in a story: its beginning, or one of its steps.
struct Happening {
    at_h: i64,
    story: usize,
    step: Option<usize>,
}

/// `-20h` is -20.
pub(super) fn hours(text: &str) -> i64 {
    text.trim_end_matches('h').parse().unwrap_or_default()
}

/// Plays every story, all of them together in the order of their times.
pub async fn play(app: &App, owner: &Caller, shift: &Shift) -> Result<(), DemoError> {
    let stories: Vec<Story> = serde_json::from_str(STORIES)?;
    let mut happenings = Vec::new();
    for (story, told) in stories.iter().enumerate() {
        let begin = hours(&told.at);
        happenings.push(Happening { at_h: begin, story, step: None });
        let steps = told.then.iter().enumerate();
        happenings.extend(steps.map(|(step, one)| Happening {
            at_h: begin + hours(&one.after),
            story,
            step: Some(step),
        }));
    }
    happenings.sort_by_key(|happening| happening.at_h);
    let mut tickets: Vec<Option<SubmissionId>> = vec![None; stories.len()];
    let mailer = Mailer::kept();
    let mut clock_h = happenings.first().map_or(0, |first| first.at_h);
    for happening in &happenings {
        // Promises run out at their hour, not when the next thing happens to happen.
        while clock_h < happening.at_h {
            clock_h += 1;
            shift.back_ms(-clock_h * HOUR_MS);
            while drain(app, &mailer).await {}
        }
        shift.back_ms(-happening.at_h * HOUR_MS);
        let story = &stories[happening.story];
        match (happening.step, tickets[happening.story]) {
            (None, _) => tickets[happening.story] = Some(begin(app, owner, story).await?),
            (Some(step), Some(ticket)) => take(app, owner, story, &story.then[step].what, ticket).await?,
            (Some(_), None) => {}
        }
    }
    while clock_h < 0 {
        clock_h += 1;
        shift.back_ms(-clock_h * HOUR_MS);
        while drain(app, &mailer).await {}
    }
    Ok(())
}

fn language(story: &Story) -> Language {
    Language::parse(&story.language).unwrap_or(Language::Zh)
}

/// The customer answers; returns the ticket that came of it.
async fn begin(app: &App, owner: &Caller, story: &Story) -> Result<SubmissionId, DemoError> {
    let receipt = send(app, owner, story, &story.form, story.data.clone(), None).await?;
    let answer: SubmissionId = receipt.parse().map_err(ApiError::internal)?;
    let children =
        store::submission::children(app.db.read(), owner.team, answer).await.map_err(ApiError::from)?;
    Ok(children.iter().find(|child| child.is_ticket).map_or(answer, |ticket| ticket.id))
}

async fn send(
    app: &App,
    owner: &Caller,
    story: &Story,
    form: &str,
    data: Value,
    invitation: Option<store::invitation::Invitation>,
) -> Result<String, DemoError> {
    let catalog = app.catalog(owner.team).await?;
    let submission = Submission {
        form: catalog.form(form)?.clone(),
        data,
        channel: "web".to_owned(),
        language: language(story),
        kept: Vec::new(),
        by: None,
        key: None,
        invitation,
        device: None,
        once: None,
        known: Vec::new(),
        past_ms: None,
    };
    Ok(submit(app, submission).await?.id)
}

async fn take(
    app: &App,
    owner: &Caller,
    story: &Story,
    what: &What,
    ticket: SubmissionId,
) -> Result<(), DemoError> {
    let of_customer = |act: Act| customer_acts(app, owner.team, ticket, language(story), act);
    match what.clone() {
        What::Reply(text) => by_assignee(app, owner, ticket, Act::Reply(text)).await?,
        What::Comment(text) => by_assignee(app, owner, ticket, Act::Comment(text)).await?,
        What::Call { outcome, note } => by_assignee(app, owner, ticket, Act::Call { outcome, note }).await?,
        What::Solve(solution) => {
            let solve = Act::Event { name: "solve".to_owned(), data: json!({"solution": solution}) };
            by_assignee(app, owner, ticket, solve).await?;
        }
        What::Message(text) => of_customer(Act::CustomerMessage(text)).await?,
        What::Confirm {} => of_customer(Act::CustomerConfirm).await?,
        What::Csat { score, comment } => {
            let open = store::invitation::open_for(app.db.read(), owner.team, ticket)
                .await
                .map_err(ApiError::from)?;
            let mut data = json!({"score": score});
            if let Some(comment) = comment {
                data["comment"] = comment.into();
            }
            send(app, owner, story, "csat", data, open).await?;
        }
    }
    Ok(())
}

/// Whoever the ticket is assigned to does it; the owner, if nobody is.
async fn by_assignee(app: &App, owner: &Caller, ticket: SubmissionId, what: Act) -> Result<(), DemoError> {
    let row = store::submission::get(app.db.read(), owner.team, ticket).await.map_err(ApiError::from)?;
    let assignee = row.and_then(|row| row.assignee_id).unwrap_or(owner.user);
    let caller = console(owner.team, assignee, "", Role::Agent);
    Ok(act(app, &caller, ticket, what).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_story_can_be_read_and_lies_in_the_past() {
        let stories: Vec<Story> = serde_json::from_str(STORIES).unwrap();
        assert!(stories.len() > 10);
        for story in stories {
            let begin = hours(&story.at);
            assert!(begin < 0, "{}", story.at);
            assert!(story.then.iter().all(|step| begin + hours(&step.after) < 0), "{}", story.at);
        }
    }
}
