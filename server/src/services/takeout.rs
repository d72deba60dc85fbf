//! Everything a team has, as one archive that other programs can read: to look at, to keep, to leave with.
//!
//! Secrets stay: passwords, tokens, sessions and the links that people hold are in no file. A backup (`huiyin backup`) is for putting back; this is for
//! taking away.

use std::fs::File;
use std::io::{Seek, SeekFrom, Write};

use serde::Serialize;
use serde_json::json;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::app::App;
use crate::auth::Caller;
use crate::clock::rfc3339;
use crate::error::ApiError;
use crate::ids::{CustomerId, EventId};
use crate::permission::Verb;
use crate::services::audit::{self, Deed};
use crate::services::submissions::{self, Wanted};
use crate::services::{apps, department, member};
use crate::store;

/// Rows read at a time.
const PAGE: u64 = 500;

const READ_ME: &str = "Huiyin 回音\n\n\
apps/*.json            应用：表单、流程、看板、角色 · apps: forms, flows, boards, roles; another team can import them\n\
submissions/*.jsonl    每行一条提交 · one submission a line, with its answers\n\
customers.jsonl        客户及其联系方式 · customers and how to reach them\n\
timeline.jsonl         每条提交的经过 · what happened to each submission\n\
members.jsonl, departments.jsonl, audit.jsonl\n";

/// An archive that is being written to a file without a name.
struct Archive {
    zip: ZipWriter<File>,
}

impl Archive {
    fn begin(&mut self, name: &str) -> Result<(), ApiError> {
        let options = SimpleFileOptions::default().large_file(true);
        self.zip.start_file(name, options).map_err(ApiError::internal)
    }

    fn line(&mut self, value: &impl Serialize) -> Result<(), ApiError> {
        serde_json::to_writer(&mut self.zip, value).map_err(ApiError::internal)?;
        self.zip.write_all(b"\n").map_err(ApiError::internal)
    }
}

/// The archive, from its beginning. It lies in the data folder without a name and is gone with its last reader.
///
/// # Errors
///
/// When the database does not answer or there is no room.
pub async fn archive(app: &App, caller: &Caller) -> Result<File, ApiError> {
    audit::note(app, caller, Deed::new("exported", "team", caller.team, "")).await?;
    let file = tempfile::tempfile_in(&app.config.data_dir).map_err(ApiError::internal)?;
    let mut archive = Archive { zip: ZipWriter::new(file) };
    archive.begin("README.txt")?;
    archive.zip.write_all(READ_ME.as_bytes()).map_err(ApiError::internal)?;
    of_apps(app, caller, &mut archive).await?;
    of_forms(app, caller, &mut archive).await?;
    of_customers(app, caller, &mut archive).await?;
    of_timelines(app, caller, &mut archive).await?;
    archive.begin("members.jsonl")?;
    for member in member::list(app, caller).await? {
        archive.line(&member)?;
    }
    archive.begin("departments.jsonl")?;
    for department in department::list(app, caller).await? {
        archive.line(&department)?;
    }
    of_audit(app, caller, &mut archive).await?;
    let mut file = archive.zip.finish().map_err(ApiError::internal)?;
    file.seek(SeekFrom::Start(0)).map_err(ApiError::internal)?;
    Ok(file)
}

async fn of_apps(app: &App, caller: &Caller, archive: &mut Archive) -> Result<(), ApiError> {
    for view in apps::list(app, caller).await? {
        archive.begin(&format!("apps/{}.json", view.key))?;
        let document = apps::export(app, caller, &view.key, true).await?;
        serde_json::to_writer_pretty(&mut archive.zip, &document).map_err(ApiError::internal)?;
    }
    Ok(())
}

async fn of_forms(app: &App, caller: &Caller, archive: &mut Archive) -> Result<(), ApiError> {
    let catalog = app.catalog(caller.team).await?;
    for live in catalog.forms() {
        let key = live.form.key();
        archive.begin(&format!("submissions/{key}.jsonl"))?;
        let mut cursor = None;
        loop {
            let wanted = Wanted {
                verb: Verb::Export,
                filter: None,
                order: Some("created_at"),
                limit: Some(200),
                cursor: cursor.as_deref(),
            };
            let page = submissions::list(app, caller, key, wanted).await?;
            for item in &page.items {
                archive.line(item)?;
            }
            cursor = page.next;
            if cursor.is_none() {
                break;
            }
        }
    }
    Ok(())
}

async fn of_customers(app: &App, caller: &Caller, archive: &mut Archive) -> Result<(), ApiError> {
    archive.begin("customers.jsonl")?;
    let mut before: Option<CustomerId> = None;
    loop {
        let rows = store::customer::page(app.db.read(), caller.team, "", before, PAGE).await?;
        let Some(last) = rows.last().map(|row| row.id) else { return Ok(()) };
        let ids = rows.iter().map(|row| row.id).collect();
        let identities = store::identity::of_customers(app.db.read(), caller.team, ids).await?;
        let parsed = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap_or_default();
        for row in rows {
            let own = identities.iter().filter(|identity| identity.customer_id == row.id);
            let ways: Vec<_> =
                own.map(|identity| json!({"kind": identity.kind, "value": identity.value})).collect();
            archive.line(&json!({
                "id": row.id, "name": row.name, "tier": row.tier, "attributes": parsed(&row.attributes),
                "tags": parsed(&row.tags), "identities": ways, "created_at": rfc3339(row.created_at),
            }))?;
        }
        before = Some(last);
    }
}

async fn of_timelines(app: &App, caller: &Caller, archive: &mut Archive) -> Result<(), ApiError> {
    archive.begin("timeline.jsonl")?;
    let mut after: Option<EventId> = None;
    loop {
        let rows = store::event::page(app.db.read(), caller.team, after, PAGE).await?;
        let Some(last) = rows.last().map(|row| row.id) else { return Ok(()) };
        for row in rows {
            let data: serde_json::Value = serde_json::from_str(&row.data).unwrap_or_default();
            archive.line(&json!({
                "id": row.id, "submission": row.submission_id, "customer": row.customer_id, "kind": row.kind,
                "actor": row.actor_id, "public": row.is_public, "data": data, "at": rfc3339(row.created_at),
            }))?;
        }
        after = Some(last);
    }
}

async fn of_audit(app: &App, caller: &Caller, archive: &mut Archive) -> Result<(), ApiError> {
    archive.begin("audit.jsonl")?;
    let mut after = 0;
    loop {
        let lines = store::audit::from(app.db.read(), caller.team, after, PAGE).await?;
        let Some(last) = lines.last().map(|line| line.seq) else { return Ok(()) };
        for line in lines {
            archive.line(&audit::view(line))?;
        }
        after = last;
    }
}
