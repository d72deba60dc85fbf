//! A company at work: the starter app, departments with heads and agents, one person of every role, a clock moved by hand.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use api_types::{ChangeMember, NewToken, Receipt, Role};
use axum::Router;
use axum::body::{Body, BodyDataStream};
use axum::http::{HeaderMap, Request, StatusCode, header};
use form_engine::Language;
use huiyin::app::App;
use huiyin::auth::secret::Secret;
use huiyin::auth::{Caller, Via};
use huiyin::clock::{Clock, MockClock};
use huiyin::config::{Config, Database};
use huiyin::error::ApiError;
use huiyin::ids::{Ids, SessionId, SubmissionId, TeamId, UserId};
use huiyin::router::router;
use huiyin::services::submit::{Submission, submit};
use huiyin::services::{install, member, token};
use huiyin::store::invitation::Invitation;
use huiyin::store::membership::Membership;
use huiyin::store::session::Session;
use huiyin::store::team::Team;
use huiyin::store::user::User;
use huiyin::{starter, store, worker};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::postgres::Cluster;

/// When every test begins: 2026-11-23T00:00:00Z.
pub const NOW_MS: i64 = 1_795_392_000_000;
/// The hour of clocks.
pub const HOUR_MS: i64 = 3_600_000;

/// How many agents each department has besides its head.
const DEPARTMENTS: [(&str, usize); 4] = [("quality", 3), ("service", 2), ("logistics", 2), ("front-desk", 2)];

/// A server with one team at work.
pub struct House {
    pub app: App,
    pub router: Router,
    pub hand: MockClock,
    pub team: TeamId,
    /// By name: `owner`, `admin` …, `quality-head`, `quality-1` …
    pub people: BTreeMap<String, Caller>,
    bearers: BTreeMap<String, String>,
    clock: Clock,
    ids: Ids,
    config: Config,
    _folder: tempfile::TempDir,
}

/// What the server said.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    /// As sent.
    pub text: String,
    /// As JSON, where it is.
    pub body: Value,
}

/// Runs `body` in a new house on every database there is: the embedded one, and PostgreSQL where it is installed.
pub async fn on_each_database(body: impl AsyncFn(House)) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = Database::Sqlite(folder.path().join("huiyin.db"));
    body(House::open(folder, file).await).await;
    if let Some(database) = fresh_postgres().await {
        eprintln!("on PostgreSQL:");
        body(House::open(tempfile::tempdir().expect("a folder"), database).await).await;
    }
}

/// A database of its own in the cluster of this test run; none where PostgreSQL is not installed.
pub async fn fresh_postgres() -> Option<Database> {
    if !Path::new("/usr/lib/postgresql/15/bin/initdb").exists() {
        return None;
    }
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let socket =
        tokio::task::spawn_blocking(|| Cluster::shared().socket()).await.expect("the cluster starts");
    let url = |name: &str| format!("postgres://postgres@localhost/{name}?host={}", socket.display());
    let name = format!("house_{}", COUNT.fetch_add(1, Ordering::SeqCst));
    let admin = sea_orm::Database::connect(url("postgres")).await.expect("the cluster answers");
    admin.execute_unprepared(&format!("create database {name}")).await.expect("a database");
    admin.close().await.expect("closes");
    Some(Database::Postgres(url(&name)))
}

impl House {
    async fn open(folder: tempfile::TempDir, database: Database) -> Self {
        let (clock, hand) = Clock::mock(NOW_MS);
        let ids = Ids::seeded(clock.clone(), 7);
        let config = Config::local(folder.path().to_path_buf(), database);
        let app = App::open(config.clone(), clock.clone(), ids.clone()).await.expect("opens");
        let router = router(app.clone());
        let team = found(&app, "Test").await;
        let (people, bearers) = (BTreeMap::new(), BTreeMap::new());
        let mut house =
            Self { app, router, hand, team, people, bearers, clock, ids, config, _folder: folder };
        house.staff().await;
        house
    }

    async fn staff(&mut self) {
        let roles = [Role::Owner, Role::Admin, Role::Designer, Role::Viewer, Role::Member];
        for role in roles {
            self.hire(self.team, role.word(), role, None).await;
        }
        self.install(starter::CARE).await;
        for (department, agents) in DEPARTMENTS {
            let head =
                self.hire(self.team, &format!("{department}-head"), Role::Agent, Some(department)).await;
            let at_the_head = ChangeMember { head: Some(true), ..ChangeMember::default() };
            member::change(&self.app, self.person("owner"), head, &at_the_head).await.expect("a head");
            for number in 1..=agents {
                self.hire(self.team, &format!("{department}-{number}"), Role::Agent, Some(department)).await;
            }
        }
    }

    /// Installs an app as the owner.
    pub async fn install(&self, document: &str) {
        let document: Value = serde_json::from_str(document).expect("JSON");
        let report =
            install::install(&self.app, self.person("owner"), &document, false).await.expect("answers");
        assert!(report.problems.is_empty(), "{:#?}", report.problems);
    }

    /// Somebody joins a team; their name is how tests call them.
    pub async fn hire(&mut self, team: TeamId, name: &str, role: Role, department: Option<&str>) -> UserId {
        let caller = join(&self.app, team, name, role, department).await;
        let wanted = NewToken { name: "test".to_owned() };
        let secret = token::create(&self.app, &caller, &wanted).await.expect("a token").secret;
        let id = caller.user;
        self.bearers.insert(name.to_owned(), format!("Bearer {secret}"));
        self.people.insert(name.to_owned(), caller);
        id
    }

    /// Somebody of the team.
    pub fn person(&self, name: &str) -> &Caller {
        self.people.get(name).unwrap_or_else(|| panic!("nobody is called {name}"))
    }

    /// What they are called.
    pub fn name_of(&self, user: UserId) -> &str {
        let found = self.people.iter().find(|(_, caller)| caller.user == user);
        found.map_or("nobody", |(name, _)| name.as_str())
    }

    /// Stops the server and starts it again on the same data.
    pub async fn restart(&mut self) {
        self.app.clone().close().await;
        let opened = App::open(self.config.clone(), self.clock.clone(), self.ids.clone()).await;
        self.app = opened.expect("opens again");
        self.router = router(self.app.clone());
    }

    /// Lets time pass and does what has become due.
    pub async fn pass(&self, hours: i64) {
        self.hand.advance_ms(hours * HOUR_MS);
        self.drain().await;
    }

    /// Does what is due now.
    pub async fn drain(&self) {
        let mailer = worker::Mailer::kept();
        while worker::drain(&self.app, &mailer).await {}
    }

    /// Signs somebody in; the `Cookie` header their browser sends from then on.
    pub async fn sign_in(&self, who: &str) -> String {
        self.session(who).await.0
    }

    /// The same, with the id of the session.
    pub async fn session(&self, who: &str) -> (String, SessionId) {
        let (secret, now_ms) = (Secret::draw(""), self.app.clock.now_ms());
        let caller = self.person(who);
        let id = self.app.ids.next();
        let session = Session {
            id,
            token_hash: secret.hash(),
            user_id: caller.user,
            team_id: caller.team,
            created_at: now_ms,
            seen_at: now_ms,
            expires_at: now_ms + 7 * 24 * HOUR_MS,
            agent: None,
        };
        let stored = self.app.writer.run(None, move |batch| {
            let session = session.clone();
            Box::pin(async move { Ok(store::session::insert(batch.write(), session).await?) })
        });
        stored.await.expect("stored");
        (format!("sid={}", secret.expose()), id)
    }

    /// Waits until the use of a session is written down, which happens beside the request.
    pub async fn settle_session_use(&self, cookie: &str) {
        let hash = Secret::given(cookie.trim_start_matches("sid=")).hash();
        let now_ms = self.app.clock.now_ms();
        for _ in 0..1_000_000 {
            let found =
                store::session::holder_of_any_team(self.app.db.read(), hash.clone()).await.expect("reads");
            if found.is_some_and(|(session, _)| session.seen_at == now_ms) {
                return;
            }
            tokio::task::yield_now().await;
        }
        panic!("the use of a session is not written down");
    }

    /// The definition of a kind under a key.
    pub async fn definition(&self, kind: &str, key: &str) -> Value {
        let listed =
            self.ask("designer", "GET", &format!("/api/v1/definitions?kind={kind}"), None).await.body;
        let found = listed.as_array().expect("definitions").iter().find(|one| one["key"] == key);
        let id = found.expect("the definition")["id"].as_str().expect("an id").to_owned();
        self.ask("designer", "GET", &format!("/api/v1/definitions/{id}"), None).await.body
    }

    /// Changes a definition's draft as a designer; its path, and the revision it is at now.
    pub async fn change_draft(
        &self,
        kind: &str,
        key: &str,
        change: impl FnOnce(&mut Value),
    ) -> (String, Value) {
        let definition = self.definition(kind, key).await;
        let mut document: Value =
            serde_json::from_str(definition["draft"].as_str().expect("a draft")).expect("JSON");
        change(&mut document);
        let path = format!("/api/v1/definitions/{}", definition["id"].as_str().expect("an id"));
        let draft = json!({"rev": definition["rev"], "draft": document.to_string()});
        let saved = self.ask("designer", "PUT", &format!("{path}/draft"), Some(&draft)).await;
        assert_eq!(saved.status, StatusCode::OK, "{}", saved.text);
        (path, saved.body["rev"].clone())
    }

    /// A request as `who`; nobody in particular when empty.
    pub async fn ask(&self, who: &str, method: &str, path: &str, body: Option<&Value>) -> Answer {
        let bytes = body.map(|body| body.to_string().into_bytes()).unwrap_or_default();
        self.send(who, method, path, &[], bytes).await
    }

    /// The same with headers and a body as bytes, sent as JSON unless the headers say otherwise.
    pub async fn send(
        &self,
        who: &str,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Vec<u8>,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        if let Some(bearer) = self.bearers.get(who) {
            request = request.header(header::AUTHORIZATION, bearer);
        }
        if !headers.iter().any(|(name, _)| *name == "content-type") {
            request = request.header(header::CONTENT_TYPE, "application/json");
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from(body)).expect("a request");
        answer(self.router.clone().oneshot(request).await.expect("an answer")).await
    }

    /// A stream that has no end, from after `since` or from now on; nobody asks when `who` is empty.
    pub async fn stream(&self, who: &str, path: &str, since: impl Into<Option<i64>>) -> BodyDataStream {
        let mut request = Request::builder().uri(path);
        if let Some(since) = since.into() {
            request = request.header("last-event-id", since);
        }
        if !who.is_empty() {
            request = request.header(header::AUTHORIZATION, &self.bearers[who]);
        }
        let request = request.body(Body::empty()).expect("a request");
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        assert_eq!(response.status(), StatusCode::OK);
        response.into_body().into_data_stream()
    }

    /// A customer answers a form.
    pub async fn answer(&self, form: &str, data: Value) -> Result<Receipt, ApiError> {
        self.answer_with(form, data, None).await
    }

    /// A customer answers a form, with an `Idempotency-Key`.
    pub async fn answer_with(&self, form: &str, data: Value, key: Option<&str>) -> Result<Receipt, ApiError> {
        let key = key.map(str::to_owned);
        let sent = async || {
            let key = key.clone();
            submit(&self.app, Submission { key, ..self.draft(form, data.clone()).await? }).await
        };
        // A page comes back when the server has no room, as it may have none on a machine that does much else.
        for _ in 0..20 {
            match sent().await {
                Err(ApiError::Overloaded) => tokio::time::sleep(Duration::from_millis(500)).await,
                answer => return answer,
            }
        }
        sent().await
    }

    /// A customer answers a form they were invited to.
    pub async fn answer_by(
        &self,
        form: &str,
        data: Value,
        invitation: Option<Invitation>,
    ) -> Result<Receipt, ApiError> {
        submit(&self.app, Submission { invitation, ..self.draft(form, data).await? }).await
    }

    /// A customer answers a form, and this node takes it.
    pub async fn answer_at(
        &self,
        node: &App,
        form: &str,
        data: Value,
        key: Option<&str>,
    ) -> Result<Receipt, ApiError> {
        let key = key.map(str::to_owned);
        submit(node, Submission { key, ..self.draft(form, data).await? }).await
    }

    /// Another server on the same database.
    pub async fn second_node(&self) -> App {
        let ids = Ids::seeded(self.clock.clone(), 8);
        App::open(self.config.clone(), self.clock.clone(), ids).await.expect("opens")
    }

    async fn draft(&self, form: &str, data: Value) -> Result<Submission, ApiError> {
        let catalog = self.app.catalog(self.team).await?;
        Ok(Submission {
            form: catalog.form(form)?.clone(),
            data,
            channel: "web".to_owned(),
            language: Language::Zh,
            kept: Vec::new(),
            by: None,
            key: None,
            invitation: None,
            device: None,
            once: None,
            known: Vec::new(),
            past_ms: None,
        })
    }

    /// The tickets that came of a submission.
    pub async fn tickets_of(&self, receipt: &Receipt) -> Vec<store::submission::Submission> {
        let id: SubmissionId = receipt.id.parse().expect("an id");
        store::submission::children(self.app.db.read(), self.team, id).await.expect("reads")
    }

    /// The one ticket that came of a submission.
    pub async fn ticket_of(&self, receipt: &Receipt) -> store::submission::Submission {
        let mut tickets = self.tickets_of(receipt).await;
        assert_eq!(tickets.len(), 1, "{tickets:?}");
        tickets.remove(0)
    }

    /// A submission as it stands now.
    pub async fn submission(&self, id: SubmissionId) -> store::submission::Submission {
        store::submission::get(self.app.db.read(), self.team, id).await.expect("reads").expect("is there")
    }

    /// What staff read of it.
    pub async fn detail(&self, who: &str, id: SubmissionId) -> Value {
        let answer = self.ask(who, "GET", &format!("/api/v1/submissions/{id}"), None).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        answer.body
    }

    /// Mails about a submission, oldest first.
    pub async fn mails(&self, about: SubmissionId) -> Vec<store::outbox::Message> {
        let found = store::outbox::page(self.app.db.read(), self.team, Some(about), None, 1_000).await;
        let mut mails = found.expect("reads");
        mails.sort_by_key(|mail| mail.id);
        mails
    }
}

/// Reads an answer to its end; a stream that has none, not at all.
async fn answer(response: axum::response::Response) -> Answer {
    let (status, headers) = (response.status(), response.headers().clone());
    let media = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if media.starts_with("text/event-stream") {
        return Answer { status, headers, text: String::new(), body: Value::Null };
    }
    let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.expect("a body");
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Answer { status, headers, body: serde_json::from_str(&text).unwrap_or(Value::Null), text }
}

/// Makes a team.
pub async fn found(app: &App, name: &str) -> TeamId {
    let team = Team {
        id: app.ids.next(),
        name: name.to_owned(),
        language: "zh".to_owned(),
        definitions_rev: 0,
        created_at: 0,
        second_step: None,
    };
    let id = team.id;
    let stored = app.writer.run(None, move |batch| {
        let team = team.clone();
        Box::pin(async move { Ok(store::team::insert(batch.write(), team).await?) })
    });
    stored.await.expect("stored");
    id
}

/// Makes a user who is a member of `team`. They have no password: hashing one takes longer than a test.
pub async fn join(app: &App, team: TeamId, name: &str, role: Role, department: Option<&str>) -> Caller {
    let user = User {
        id: app.ids.next(),
        name: name.to_owned(),
        login: format!("{name}@{team}.example"),
        email: Some(format!("{name}@{team}.example")),
        password_hash: String::new(),
        language: "en".to_owned(),
        disabled_at: None,
        created_at: 0,
        mobile: None,
    };
    let membership = Membership {
        team_id: team,
        user_id: user.id,
        role: role.word().to_owned(),
        department_key: department.map(str::to_owned),
        away: false,
        open_tickets: 0,
        last_assigned_at: 0,
        created_at: 0,
        manager_id: None,
        deputy_id: None,
        skills: None,
        disabled_at: None,
        left_at: None,
    };
    let caller = Caller {
        user: user.id,
        team,
        role,
        department: department.map(str::to_owned),
        name: name.to_owned(),
        language: Language::En,
        via: Via::Console,
    };
    let stored = app.writer.run(Some(team), move |batch| {
        let (user, membership) = (user.clone(), membership.clone());
        Box::pin(async move {
            store::user::insert(batch.write(), user).await?;
            Ok(store::membership::insert(batch.write(), membership).await?)
        })
    });
    stored.await.expect("stored");
    caller
}
