//! Files at the root of the server: `/MP_verify_abc.txt`, by which a messenger learns that the address is the team's.

use api_types::SiteFileView;

use crate::app::App;
use crate::auth::Caller;
use crate::clock::rfc3339;
use crate::error::{ApiError, Conflict};
use crate::services::audit::Deed;
use crate::store;
use crate::store::site_file::SiteFile;

/// The most a file may hold.
const MOST: usize = 4 * 1024;

/// Could this be such a file's name? One word with an ending, and nothing that leads anywhere.
pub fn is_name(name: &str) -> bool {
    let fine = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let ending = [".txt", ".html", ".xml", ".json"].iter().any(|ending| name.ends_with(ending));
    // What crawlers and browsers ask for themselves is not a team's to answer.
    let taken = matches!(name, "robots.txt" | "index.html" | "sitemap.xml" | "manifest.json");
    ending && !taken && name.len() <= 100 && !name.starts_with('.') && name.chars().all(fine)
}

/// The team's files.
///
/// # Errors
///
/// When the database does not answer.
pub async fn list(app: &App, caller: &Caller) -> Result<Vec<SiteFileView>, ApiError> {
    let files = store::site_file::list(app.db.read(), caller.team).await?.into_iter();
    let view = |file: SiteFile| SiteFileView {
        url: app.config.base_url.join(&format!("/{}", file.name)),
        name: file.name,
        content: file.content,
        updated_at: rfc3339(file.updated_at),
    };
    Ok(files.map(view).collect())
}

/// Puts a file there.
///
/// # Errors
///
/// A name that is none; too much of it; [`Conflict::Taken`] when another team has it.
pub async fn put(app: &App, caller: &Caller, name: &str, content: &str) -> Result<(), ApiError> {
    if !is_name(name) {
        let message =
            format!("`{name}` is no name of a file at the root: expected one such as `MP_verify_abc.txt`");
        return Err(ApiError::problem("site_file.name", "", message));
    }
    if content.is_empty() || content.len() > MOST {
        return Err(ApiError::problem(
            "site_file.content",
            "/content",
            format!("expected 1 to {MOST} bytes"),
        ));
    }
    let team = caller.team;
    let row = SiteFile {
        name: name.to_owned(),
        team_id: team,
        content: content.to_owned(),
        updated_at: app.clock.now_ms(),
    };
    let line = Deed::new("created", "site_file", name, name).by(caller, app.clock.now_ms());
    app.writer
        .run(Some(team), move |batch| {
            let (row, line) = (row.clone(), line.clone());
            Box::pin(async move {
                let there = store::site_file::get_of_any_team(batch.read(), &row.name).await?;
                if there.is_some_and(|there| there.team_id != team) {
                    return Err(Conflict::Taken(row.name).into());
                }
                batch.audit(line);
                Ok(store::site_file::put(batch.write(), row).await?)
            })
        })
        .await
}

/// Takes a file of the team away.
///
/// # Errors
///
/// Those of the database.
pub async fn delete(app: &App, caller: &Caller, name: &str) -> Result<(), ApiError> {
    let line = Deed::new("removed", "site_file", name, name).by(caller, app.clock.now_ms());
    let (team, name) = (caller.team, name.to_owned());
    app.writer
        .run(Some(team), move |batch| {
            let (name, line) = (name.clone(), line.clone());
            Box::pin(async move {
                batch.audit(line);
                Ok(store::site_file::delete(batch.write(), team, name).await?)
            })
        })
        .await
}
