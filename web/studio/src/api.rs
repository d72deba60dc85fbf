//! The only file that does HTTP: one function per endpoint, faults in words.

use api_types::{
    AccessView, AppView, AskReset, Assign, AuditPage, BeginSecondStep, ChainView, ChangeAnswers,
    ChangeDepartment, ChangeMember, ChangePassword, ChangeRole, ChangeSession, ChangeStart, CheckDefinition,
    CheckedDefinition, ConfirmSecondStep, ConvertForm, ConvertedForm, CreatedToken, CustomerDetail,
    CustomerPage, DashboardSummary, DashboardView, DefinitionKind, DefinitionSummary, DefinitionView,
    DepartmentView, EmbedSecretView, EndSecondStep, FieldUse, FormStarter, FormSummary, FormTrace, FormView,
    GalleryItem, GalleryView, GiveRoles, HandOver, Hold, Holding, Holdings, ImportPreview, ImportProgress,
    ImportReport, ImportRequest, InboxPage, InboxView, InvitationList, InvitationView, InvitedCount, Join,
    JoinTeam, JoinView, MemberView, NewCall, NewComment, NewDefinition, NewDepartment, NewInvitation,
    NewInvitations, NewMember, NewPassword, NewReply, NewSetup, NewShortLink, NewToken, NotificationChoices,
    NotificationPage, OneUseLink, OutboxPage, PeopleReport, ProblemDocument, ProblemView, Publish,
    QueryResult, ReadNotifications, ReadRecipients, RecoveryCodes, RemindedCount, RequestPage, ResetView,
    RoleView, RunImport, SamplesDone, SaveDraft, SavedDraft, SecondStepSecret, SecondStepView, SendEvent,
    SessionView, SetFormPassword, SetSiteFile, ShareView, ShortLinkView, SignIn, SignedIn, SiteFileView,
    StartView, SubmissionDetail, SubmissionPage, TaskPage, TeamSecondStep, TokenView, TraceForm,
    VersionDocument, VersionView,
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, FormData, Headers, Request, RequestCredentials, RequestInit, Response};

use crate::{
    browser::encode,
    i18n::{common, say},
    session, settings,
};

/// Address of the event stream.
pub const LIVE: &str = "/api/v1/live";

const BASE: &str = "/api/v1";

/// The server said no, or nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// HTTP status; 0 when there was no answer.
    pub status: u16,
    /// Stable code of the problem document.
    pub code: String,
    /// In the caller's language, if the server said something.
    pub message: Option<String>,
    /// Where the document that was sent is wrong.
    pub problems: Vec<ProblemView>,
}

impl Fault {
    fn plain(status: u16) -> Self {
        Self { status, code: String::new(), message: None, problems: Vec::new() }
    }

    /// What to tell the person.
    pub fn in_words(&self) -> String {
        if let Some(first) = self.problems.first() {
            return first.message.clone();
        }
        if let Some(message) = &self.message {
            return message.clone();
        }
        say(match self.status {
            0 => common::FAULT_NETWORK,
            1 => common::FAULT_ANSWER,
            403 => common::FAULT_FORBIDDEN,
            404 => common::FAULT_NOT_FOUND,
            _ => common::FAULT_SERVER,
        })
        .to_owned()
    }
}

type Answer<T> = Result<T, Fault>;

enum Body {
    None,
    Json(String),
    Form(FormData),
    Bytes(JsValue),
}

fn json(body: &impl Serialize) -> Body {
    Body::Json(serde_json::to_string(body).expect("wire shapes have string keys only"))
}

async fn send(method: &str, path: &str, body: Body) -> Answer<String> {
    let request = request(method, path, body).map_err(|_| Fault::plain(0))?;
    let response = JsFuture::from(leptos::prelude::window().fetch_with_request(&request))
        .await
        .map_err(|_| Fault::plain(0))?;
    let response: Response = response.unchecked_into();
    let text = match response.text() {
        Ok(text) => JsFuture::from(text).await.ok().and_then(|text| text.as_string()),
        Err(_) => None,
    };
    let text = text.ok_or_else(|| Fault::plain(0))?;
    if response.ok() {
        return Ok(text);
    }
    let status = response.status();
    if status == 401 && path != "/session" {
        session::lost();
    }
    Err(serde_json::from_str::<ProblemDocument>(&text).map_or_else(
        |_| Fault::plain(status),
        |document| Fault {
            status,
            code: document.code,
            message: document.detail.or(Some(document.title)),
            problems: document.problems,
        },
    ))
}

fn request(method: &str, path: &str, body: Body) -> Result<Request, JsValue> {
    let headers = Headers::new()?;
    headers.set("Accept", "application/json")?;
    headers.set("Accept-Language", settings::language_code())?;
    if let Some(colleague) = session::seen_as() {
        headers.set("Huiyin-See-As", &colleague)?;
    }
    let init = RequestInit::new();
    init.set_method(method);
    init.set_credentials(RequestCredentials::SameOrigin);
    match body {
        Body::None => {}
        Body::Json(text) => {
            headers.set("Content-Type", "application/json")?;
            init.set_body(&JsValue::from_str(&text));
        }
        Body::Form(form) => init.set_body(&form),
        Body::Bytes(bytes) => init.set_body(&bytes),
    }
    init.set_headers(&headers);
    Request::new_with_str_and_init(&format!("{BASE}{path}"), &init)
}

async fn call<T: DeserializeOwned>(method: &str, path: &str, body: Body) -> Answer<T> {
    let text = send(method, path, body).await?;
    serde_json::from_str(&text).map_err(|fault| {
        leptos::logging::error!("{method} {path}: {fault}");
        Fault::plain(1)
    })
}

async fn done(method: &str, path: &str, body: Body) -> Answer<()> {
    send(method, path, body).await.map(drop)
}

async fn get<T: DeserializeOwned>(path: &str) -> Answer<T> {
    call("GET", path, Body::None).await
}

/// `?a=1&b=2` of the pairs that have a value.
fn query(pairs: &[(&str, Option<&str>)]) -> String {
    let parts: Vec<String> = pairs
        .iter()
        .filter_map(|(name, value)| {
            value.filter(|value| !value.is_empty()).map(|value| format!("{name}={}", encode(value)))
        })
        .collect();
    if parts.is_empty() { String::new() } else { format!("?{}", parts.join("&")) }
}

// Session

pub async fn session() -> Answer<SessionView> {
    get("/session").await
}

pub async fn sign_in(sign_in: &SignIn) -> Answer<SessionView> {
    call("POST", "/session", json(sign_in)).await
}

pub async fn change_session(change: &ChangeSession) -> Answer<SessionView> {
    call("PATCH", "/session", json(change)).await
}

pub async fn sessions() -> Answer<Vec<SignedIn>> {
    get("/account/sessions").await
}

pub async fn end_session(id: &str) -> Answer<()> {
    done("DELETE", &format!("/account/sessions/{}", encode(id)), Body::None).await
}

pub async fn change_password(change: &ChangePassword) -> Answer<()> {
    done("PUT", "/account/password", json(change)).await
}

pub async fn second_step() -> Answer<SecondStepView> {
    get("/account/second-step").await
}

pub async fn team_second_step() -> Answer<TeamSecondStep> {
    get("/team/second-step").await
}

pub async fn ask_second_step(required: bool) -> Answer<()> {
    done("PUT", "/team/second-step", json(&TeamSecondStep { required })).await
}

pub async fn begin_second_step(password: String) -> Answer<SecondStepSecret> {
    call("POST", "/account/second-step", json(&BeginSecondStep { password })).await
}

pub async fn confirm_second_step(code: String) -> Answer<RecoveryCodes> {
    call("PUT", "/account/second-step", json(&ConfirmSecondStep { code })).await
}

pub async fn end_second_step(end: &EndSecondStep) -> Answer<()> {
    done("POST", "/account/second-step/off", json(end)).await
}

pub async fn sign_out() -> Answer<()> {
    done("DELETE", "/session", Body::None).await
}

// Coming in

pub async fn look_at_invitation(token: &str) -> Answer<JoinView> {
    get(&format!("/join/{}", encode(token))).await
}

pub async fn join(token: &str, join: &Join) -> Answer<SessionView> {
    call("POST", &format!("/join/{}", encode(token)), json(join)).await
}

pub async fn join_as(token: String) -> Answer<()> {
    done("POST", "/account/teams", json(&JoinTeam { token })).await
}

pub async fn ask_reset(login: String) -> Answer<()> {
    done("POST", "/reset", json(&AskReset { login })).await
}

pub async fn look_at_reset(token: &str) -> Answer<ResetView> {
    get(&format!("/reset/{}", encode(token))).await
}

pub async fn reset(token: &str, password: String) -> Answer<()> {
    done("POST", &format!("/reset/{}", encode(token)), json(&NewPassword { password })).await
}

pub async fn set_up(token: &str, setup: &NewSetup) -> Answer<SessionView> {
    call("POST", &format!("/setup/{}", encode(token)), json(setup)).await
}

// Inbox and tickets

pub async fn inbox(view: InboxView, search: &str, cursor: Option<&str>) -> Answer<InboxPage> {
    let view =
        serde_json::to_value(view).ok().and_then(|view| view.as_str().map(str::to_owned)).unwrap_or_default();
    get(&format!(
        "/inbox{}",
        query(&[("view", Some(&view)), ("search", Some(search)), ("cursor", cursor), ("limit", Some("50"))])
    ))
    .await
}

pub async fn my_tasks() -> Answer<TaskPage> {
    get("/tasks?mine=true").await
}

pub async fn notifications(limit: u32, cursor: Option<&str>) -> Answer<NotificationPage> {
    get(&format!("/notifications{}", query(&[("limit", Some(&limit.to_string())), ("cursor", cursor)]))).await
}

pub async fn read_notifications(which: &ReadNotifications) -> Answer<()> {
    done("POST", "/notifications/read", json(which)).await
}

pub async fn notification_choices() -> Answer<NotificationChoices> {
    get("/notifications/choices").await
}

pub async fn choose_notifications(choices: &NotificationChoices) -> Answer<NotificationChoices> {
    call("PUT", "/notifications/choices", json(choices)).await
}

pub async fn requests() -> Answer<RequestPage> {
    get("/requests").await
}

pub async fn submission(id: &str) -> Answer<SubmissionDetail> {
    get(&format!("/submissions/{}", encode(id))).await
}

pub async fn colleagues(id: &str) -> Answer<Vec<String>> {
    get(&format!("/submissions/{}/colleagues", encode(id))).await
}

pub async fn send_event(id: &str, event: &SendEvent) -> Answer<()> {
    done("POST", &format!("/submissions/{}/events", encode(id)), json(event)).await
}

pub async fn reply(id: &str, text: String) -> Answer<()> {
    done("POST", &format!("/submissions/{}/replies", encode(id)), json(&NewReply { text })).await
}

pub async fn comment(id: &str, text: String) -> Answer<()> {
    done("POST", &format!("/submissions/{}/comments", encode(id)), json(&NewComment { text })).await
}

pub async fn log_call(id: &str, call: &NewCall) -> Answer<()> {
    done("POST", &format!("/submissions/{}/calls", encode(id)), json(call)).await
}

pub async fn assign(id: &str, assignee: Option<String>) -> Answer<()> {
    done("PUT", &format!("/submissions/{}/assignee", encode(id)), json(&Assign { assignee })).await
}

pub async fn change_answers(id: &str, change: &ChangeAnswers) -> Answer<()> {
    done("PATCH", &format!("/submissions/{}", encode(id)), json(change)).await
}

pub async fn erase(id: &str) -> Answer<()> {
    done("DELETE", &format!("/submissions/{}", encode(id)), Body::None).await
}

pub async fn who(id: &str, field: &str) -> Answer<Vec<AccessView>> {
    get(&format!("/submissions/{}/access{}", encode(id), query(&[("field", Some(field))]))).await
}

// Roles and the audit log

pub async fn roles() -> Answer<Vec<RoleView>> {
    get("/roles").await
}

pub async fn give_roles(member: &str, roles: &GiveRoles) -> Answer<()> {
    done("PUT", &format!("/members/{}/roles", encode(member)), json(roles)).await
}

pub async fn audit(cursor: Option<&str>) -> Answer<AuditPage> {
    get(&format!("/audit{}", query(&[("cursor", cursor)]))).await
}

pub async fn check_audit() -> Answer<ChainView> {
    get("/audit/check").await
}

// Forms and submissions

/// Address of a form's submissions as a file.
pub fn export_address(form: &str, filter: Option<&Value>, order: &str) -> String {
    let filter = filter.map(Value::to_string);
    let query = query(&[("filter", filter.as_deref()), ("order", Some(order))]);
    format!("{BASE}/forms/{}/export.csv{query}", encode(form))
}

pub async fn forms() -> Answer<Vec<FormSummary>> {
    get("/forms").await
}

pub async fn form(key: &str) -> Answer<FormView> {
    get(&format!("/forms/{}", encode(key))).await
}

// Sharing a form

pub async fn share(key: &str) -> Answer<ShareView> {
    get(&format!("/forms/{}/share", encode(key))).await
}

/// Address of the QR code of a form's page, or of one of its short links.
pub fn qr_address(key: &str, code: Option<&str>) -> String {
    format!("{BASE}/forms/{}/qr.svg{}", encode(key), query(&[("code", code)]))
}

pub async fn add_link(key: &str, link: &NewShortLink) -> Answer<ShortLinkView> {
    call("POST", &format!("/forms/{}/links", encode(key)), json(link)).await
}

pub async fn drop_link(key: &str, code: &str) -> Answer<()> {
    done("DELETE", &format!("/forms/{}/links/{}", encode(key), encode(code)), Body::None).await
}

pub async fn set_form_password(key: &str, password: Option<String>) -> Answer<()> {
    done("PUT", &format!("/forms/{}/password", encode(key)), json(&SetFormPassword { password })).await
}

pub async fn recipients(key: &str) -> Answer<InvitationList> {
    get(&format!("/forms/{}/invitations", encode(key))).await
}

/// Address of the list of who was invited, as a file.
pub fn recipients_address(key: &str) -> String {
    format!("{BASE}/forms/{}/invitations.csv", encode(key))
}

/// Whom a file or pasted lines name.
pub async fn read_recipients(key: &str, list: JsValue) -> Answer<ReadRecipients> {
    call("POST", &format!("/forms/{}/invitations/read", encode(key)), Body::Bytes(list)).await
}

pub async fn invite_recipients(key: &str, wanted: &NewInvitations) -> Answer<InvitedCount> {
    call("POST", &format!("/forms/{}/invitations", encode(key)), json(wanted)).await
}

pub async fn remind_recipients(key: &str) -> Answer<RemindedCount> {
    call("POST", &format!("/forms/{}/invitations/remind", encode(key)), Body::None).await
}

pub async fn embed_secret(anew: bool) -> Answer<EmbedSecretView> {
    call(if anew { "POST" } else { "GET" }, "/embed-secret", Body::None).await
}

pub async fn site_files() -> Answer<Vec<SiteFileView>> {
    get("/site-files").await
}

pub async fn put_site_file(file: &SetSiteFile) -> Answer<()> {
    done("PUT", "/site-files", json(file)).await
}

pub async fn drop_site_file(name: &str) -> Answer<()> {
    done("DELETE", &format!("/site-files?name={}", encode(name)), Body::None).await
}

pub async fn submissions(
    form: &str,
    filter: Option<&Value>,
    order: &str,
    limit: u32,
    cursor: Option<&str>,
) -> Answer<SubmissionPage> {
    let filter = filter.map(Value::to_string);
    let query = query(&[
        ("filter", filter.as_deref()),
        ("order", Some(order)),
        ("limit", Some(&limit.to_string())),
        ("cursor", cursor),
    ]);
    get(&format!("/forms/{}/submissions{query}", encode(form))).await
}

// Customers

pub async fn customers(search: &str, cursor: Option<&str>) -> Answer<CustomerPage> {
    get(&format!("/customers{}", query(&[("search", Some(search)), ("cursor", cursor)]))).await
}

pub async fn customer(id: &str) -> Answer<CustomerDetail> {
    get(&format!("/customers/{}", encode(id))).await
}

// Boards

pub async fn dashboards() -> Answer<Vec<DashboardSummary>> {
    get("/dashboards").await
}

pub async fn dashboard(key: &str) -> Answer<DashboardView> {
    get(&format!("/dashboards/{}", encode(key))).await
}

pub async fn run_query(query: &Value) -> Answer<QueryResult> {
    call("POST", "/query", json(query)).await
}

// Mailbox

pub async fn outbox(submission: Option<&str>, cursor: Option<&str>) -> Answer<OutboxPage> {
    get(&format!("/outbox{}", query(&[("submission", submission), ("cursor", cursor)]))).await
}

// Definitions

pub async fn definitions(kind: Option<DefinitionKind>) -> Answer<Vec<DefinitionSummary>> {
    let kind = kind
        .and_then(|kind| serde_json::to_value(kind).ok())
        .and_then(|kind| kind.as_str().map(str::to_owned));
    get(&format!("/definitions{}", query(&[("kind", kind.as_deref())]))).await
}

pub async fn definition(id: &str) -> Answer<DefinitionView> {
    get(&format!("/definitions/{}", encode(id))).await
}

pub async fn save_draft(id: &str, draft: &SaveDraft) -> Answer<SavedDraft> {
    call("PUT", &format!("/definitions/{}/draft", encode(id)), json(draft)).await
}

pub async fn check_definition(draft: String) -> Answer<CheckedDefinition> {
    call("POST", "/definitions/check", json(&CheckDefinition { draft })).await
}

pub async fn trace(form: &TraceForm) -> Answer<FormTrace> {
    call("POST", "/definitions/trace", json(form)).await
}

pub async fn uses(id: &str, field: &str) -> Answer<Vec<FieldUse>> {
    get(&format!("/definitions/{}/uses{}", encode(id), query(&[("field", Some(field))]))).await
}

pub async fn hold(id: &str, take: bool) -> Answer<Holding> {
    call("POST", &format!("/definitions/{}/hold", encode(id)), json(&Hold { take })).await
}

pub async fn release(id: &str) -> Answer<()> {
    done("DELETE", &format!("/definitions/{}/hold", encode(id)), Body::None).await
}

pub async fn form_starters() -> Answer<Vec<FormStarter>> {
    get("/form-starters").await
}

pub async fn convert_form(wanted: &ConvertForm) -> Answer<ConvertedForm> {
    call("POST", "/form-starters/convert", json(wanted)).await
}

pub async fn publish(id: &str, rev: u32) -> Answer<VersionView> {
    call("POST", &format!("/definitions/{}/publish", encode(id)), json(&Publish { rev })).await
}

pub async fn version(id: &str, number: u32) -> Answer<VersionDocument> {
    get(&format!("/definitions/{}/versions/{number}", encode(id))).await
}

pub async fn create_definition(app: String, document: Value) -> Answer<DefinitionView> {
    call("POST", "/definitions", json(&NewDefinition { app, document })).await
}

pub async fn apps() -> Answer<Vec<AppView>> {
    get("/apps").await
}

/// Address of an app as a file.
pub fn app_address(key: &str) -> String {
    format!("{BASE}/apps/{}/export", encode(key))
}

/// Says what importing would do, or does it.
pub async fn import_app(wanted: &ImportRequest, dry_run: bool) -> Answer<ImportReport> {
    call("POST", &format!("/apps/import?dry_run={dry_run}"), json(wanted)).await
}

pub async fn share_app(key: &str) -> Answer<()> {
    done("POST", &format!("/apps/{}/template", encode(key)), Body::None).await
}

pub async fn withdraw_app(key: &str) -> Answer<()> {
    done("DELETE", &format!("/apps/{}/template", encode(key)), Body::None).await
}

pub async fn add_samples(key: &str) -> Answer<SamplesDone> {
    call("POST", &format!("/apps/{}/samples", encode(key)), Body::None).await
}

pub async fn remove_samples(key: &str) -> Answer<SamplesDone> {
    call("DELETE", &format!("/apps/{}/samples", encode(key)), Body::None).await
}

pub async fn gallery() -> Answer<Vec<GalleryItem>> {
    get("/gallery").await
}

pub async fn gallery_app(key: &str) -> Answer<GalleryView> {
    get(&format!("/gallery/{}", encode(key))).await
}

/// Says what installing would do, or does it.
pub async fn install(key: &str, dry_run: bool) -> Answer<ImportReport> {
    call("POST", &format!("/gallery/{}/install?dry_run={dry_run}", encode(key)), Body::None).await
}

pub async fn start() -> Answer<StartView> {
    get("/start").await
}

pub async fn dismiss_start(dismissed: bool) -> Answer<StartView> {
    call("PATCH", "/start", json(&ChangeStart { dismissed })).await
}

/// Address of a form's draft as a page; another one for each save, so that a frame loads it again.
pub fn preview_address(id: &str, language: &str, rev: u32) -> String {
    format!("/p/{}?lang={language}&rev={rev}", encode(id))
}

pub async fn versions(id: &str) -> Answer<Vec<VersionView>> {
    get(&format!("/definitions/{}/versions", encode(id))).await
}

// Import

pub async fn upload(file: &File) -> Answer<ImportPreview> {
    let form = FormData::new().map_err(|_| Fault::plain(1))?;
    form.append_with_blob_and_filename("file", file, &file.name()).map_err(|_| Fault::plain(1))?;
    call("POST", "/imports", Body::Form(form)).await
}

pub async fn run_import(id: &str, run: &RunImport) -> Answer<ImportProgress> {
    call("POST", &format!("/imports/{}/run", encode(id)), json(run)).await
}

pub async fn import_progress(id: &str) -> Answer<ImportProgress> {
    get(&format!("/imports/{}", encode(id))).await
}

pub async fn drop_import(id: &str) -> Answer<()> {
    done("DELETE", &format!("/imports/{}", encode(id)), Body::None).await
}

// People and tokens

pub async fn members() -> Answer<Vec<MemberView>> {
    get("/members").await
}

pub async fn add_member(member: &NewMember) -> Answer<MemberView> {
    call("POST", "/members", json(member)).await
}

pub async fn change_member(id: &str, change: &ChangeMember) -> Answer<()> {
    done("PATCH", &format!("/members/{}", encode(id)), json(change)).await
}

pub async fn change_role(id: &str, change: &ChangeRole) -> Answer<()> {
    done("PUT", &format!("/members/{}/role", encode(id)), json(change)).await
}

pub async fn reset_link(id: &str) -> Answer<OneUseLink> {
    call("POST", &format!("/members/{}/reset", encode(id)), Body::None).await
}

pub async fn drop_second_step(id: &str) -> Answer<()> {
    done("DELETE", &format!("/members/{}/second-step", encode(id)), Body::None).await
}

pub async fn holdings(id: &str) -> Answer<Holdings> {
    get(&format!("/members/{}/hand-over", encode(id))).await
}

pub async fn hand_over(id: &str, wanted: &HandOver) -> Answer<Holdings> {
    call("POST", &format!("/members/{}/hand-over", encode(id)), json(wanted)).await
}

pub async fn remove_member(id: &str) -> Answer<()> {
    done("DELETE", &format!("/members/{}", encode(id)), Body::None).await
}

pub async fn invitations() -> Answer<Vec<InvitationView>> {
    get("/invitations").await
}

pub async fn invite(invitation: &NewInvitation) -> Answer<InvitationView> {
    call("POST", "/invitations", json(invitation)).await
}

pub async fn revoke_invitation(id: &str) -> Answer<()> {
    done("DELETE", &format!("/invitations/{}", encode(id)), Body::None).await
}

pub async fn people_file(file: &File, apply: bool, disable_missing: bool) -> Answer<PeopleReport> {
    let form = FormData::new().map_err(|_| Fault::plain(1))?;
    form.append_with_blob_and_filename("file", file, &file.name()).map_err(|_| Fault::plain(1))?;
    let path = format!("/people/file?apply={apply}&disable_missing={disable_missing}");
    call("POST", &path, Body::Form(form)).await
}

pub async fn renew_invitation(id: &str) -> Answer<InvitationView> {
    call("POST", &format!("/invitations/{}/renew", encode(id)), Body::None).await
}

pub async fn drop_department(key: &str) -> Answer<()> {
    done("DELETE", &format!("/departments/{}", encode(key)), Body::None).await
}

pub async fn change_department(key: &str, change: &ChangeDepartment) -> Answer<()> {
    done("PATCH", &format!("/departments/{}", encode(key)), json(change)).await
}

pub async fn departments() -> Answer<Vec<DepartmentView>> {
    get("/departments").await
}

pub async fn add_department(department: &NewDepartment) -> Answer<()> {
    done("POST", "/departments", json(department)).await
}

pub async fn tokens() -> Answer<Vec<TokenView>> {
    get("/tokens").await
}

pub async fn add_token(token: &NewToken) -> Answer<CreatedToken> {
    call("POST", "/tokens", json(token)).await
}

pub async fn drop_token(id: &str) -> Answer<()> {
    done("DELETE", &format!("/tokens/{}", encode(id)), Body::None).await
}
