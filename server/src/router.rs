//! Every route on one page.

use std::sync::OnceLock;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::IntoResponse;
use axum::routing::get;
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::timeout::RequestBodyTimeoutLayer;
use utoipa::OpenApi;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouterExt};
use utoipa_axum::routes;

use crate::app::App;
use crate::error::{ApiError, problem_bodies};
use crate::http::{
    account, apps, assets, audit, client, customers, dashboards, definitions, departments, files,
    form_starters, forms, gallery, health, imports, inbox, invitations, layers, live, members, metrics,
    notifications, openapi, outbox, public, query, request_id, requests, reset, roles, session, setup, site,
    start, studio, submissions, takeout, tasks, team, theme, tokens,
};

/// A body that stops coming for this long is given up.
const BODY_PAUSE: std::time::Duration = std::time::Duration::from_secs(10);

/// For staff and their programs: by session or token.
fn staff() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(
            session::create::create,
            session::get::get,
            session::change::change,
            session::delete::delete
        ))
        .routes(routes!(account::sessions::list))
        .routes(routes!(account::end::end))
        .routes(routes!(account::password::change))
        .routes(routes!(
            account::second_step::get,
            account::second_step::begin,
            account::second_step::confirm
        ))
        .routes(routes!(account::second_step::end))
        .routes(routes!(invitations::join::join_as))
        .routes(routes!(invitations::look::look, invitations::join::join))
        .routes(routes!(reset::ask::ask))
        .routes(routes!(reset::look::look, reset::set::set))
        .routes(routes!(setup::look::look, setup::run::run))
        .routes(routes!(live::get))
        .routes(routes!(query::ask))
        .routes(routes!(dashboards::list::list))
        .routes(routes!(dashboards::get::get))
        .routes(
            routes!(imports::create::create).layer(DefaultBodyLimit::max(imports::create::MAX_BODY_BYTES)),
        )
        .routes(routes!(imports::get::get, imports::cancel::cancel))
        .routes(routes!(imports::run::run))
        .routes(routes!(forms::list::list))
        .routes(routes!(forms::get::get))
        .routes(routes!(forms::qr::qr))
        .routes(routes!(forms::submissions::submissions, forms::submit::submit))
        .routes(routes!(forms::export::export))
        .routes(routes!(submissions::get::get, submissions::edit::edit, submissions::erase::erase))
        .routes(routes!(submissions::access::access))
        .routes(routes!(submissions::colleagues::colleagues))
        .routes(routes!(submissions::events::events))
        .routes(routes!(submissions::replies::replies))
        .routes(routes!(submissions::comments::comments))
        .routes(routes!(submissions::calls::calls))
        .routes(routes!(submissions::assignee::assignee))
        .routes(routes!(files::get::get))
        .routes(routes!(forms::password::set))
        .routes(routes!(forms::invitations::create, forms::invitations::list))
        .routes(routes!(forms::invitations::export))
        .routes(
            routes!(forms::invitations::read)
                .layer(DefaultBodyLimit::max(forms::invitations::MAX_LIST_BYTES)),
        )
        .routes(routes!(forms::invitations::remind))
        .routes(routes!(forms::share::get))
        .routes(routes!(forms::links::create))
        .routes(routes!(forms::links::delete))
        .routes(routes!(site::files::list, site::files::put, site::files::delete))
        .routes(routes!(site::embed_secret::get, site::embed_secret::renew))
        .routes(routes!(inbox::list))
        .routes(routes!(tasks::list))
        .routes(routes!(requests::list))
        .routes(routes!(notifications::list::list))
        .routes(routes!(notifications::read::read))
        .routes(routes!(notifications::choices::get, notifications::choices::put))
        .routes(routes!(takeout::get))
        .routes(routes!(customers::list::list))
        .routes(routes!(customers::get::get))
        .routes(routes!(outbox::list::list))
        .routes(routes!(outbox::get::get))
        .routes(routes!(members::list::list, members::add::add))
        .routes(routes!(members::change::change, members::hand_over::remove))
        .routes(routes!(members::hand_over::preview, members::hand_over::run))
        .routes(routes!(members::reset::link))
        .routes(routes!(members::file::run).layer(DefaultBodyLimit::max(members::file::MAX_BODY_BYTES)))
        .routes(routes!(members::reset::second_step))
        .routes(routes!(team::second_step::get, team::second_step::put))
        .routes(routes!(invitations::list::list, invitations::create::create))
        .routes(routes!(invitations::revoke::revoke))
        .routes(routes!(invitations::renew::renew))
        .routes(routes!(members::change_role::change_role))
        .routes(routes!(members::roles::give))
        .routes(routes!(roles::list))
        .routes(routes!(departments::list::list, departments::create::create))
        .routes(routes!(departments::change::change, departments::delete::delete))
        .routes(routes!(tokens::list::list, tokens::create::create))
        .routes(routes!(tokens::revoke::revoke))
        .routes(routes!(audit::list::list))
        .routes(routes!(audit::check::check))
        .routes(routes!(apps::list::list))
        .routes(routes!(apps::export::export))
        .routes(routes!(apps::import::import))
        .routes(routes!(apps::template::share, apps::template::withdraw))
        .routes(routes!(apps::samples::add, apps::samples::remove))
        .routes(routes!(gallery::list::list))
        .routes(routes!(gallery::get::get))
        .routes(routes!(gallery::install::install))
        .routes(routes!(start::get, start::change))
        .routes(routes!(definitions::list::list, definitions::create::create))
        .routes(routes!(definitions::check::check))
        .routes(routes!(definitions::trace::trace))
        .routes(routes!(form_starters::list::list))
        .routes(routes!(form_starters::convert::convert))
        .routes(routes!(definitions::get::get))
        .routes(routes!(definitions::save::save))
        .routes(routes!(definitions::publish::publish))
        .routes(routes!(definitions::uses::uses))
        .routes(routes!(definitions::hold::hold, definitions::hold::release))
        .routes(routes!(definitions::versions::versions))
        .routes(routes!(definitions::version::version))
        .routes(routes!(public::preview::get))
}

/// For customers: pages, and the route their script posts to. Links are the only right they need.
fn public_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(
            routes!(public::form::get, public::answer::post)
                .layer(DefaultBodyLimit::max(public::answer::MAX_BODY_BYTES)),
        )
        .routes(routes!(public::own::get, public::own::post))
        .routes(routes!(public::opt_out::get, public::opt_out::post))
        .routes(routes!(public::short::get))
        .routes(routes!(public::one_click::get))
        .routes(routes!(public::opened::post))
        .routes(routes!(public::files::begin))
        .routes(routes!(public::files::get, public::files::append))
        .routes(routes!(public::submit::create))
        .routes(routes!(public::progress::get, public::progress_act::post))
        .routes(routes!(public::progress_live::get))
        .routes(routes!(public::progress_file::get))
}

/// For operators and tools.
fn operation() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(health::live))
        .routes(routes!(health::ready))
        .routes(routes!(metrics::get))
        .routes(routes!(openapi::get))
}

/// The studio: the pages of its programs at their addresses, and the files they load.
fn pages() -> Router<App> {
    Router::new()
        .route("/", get(studio::page))
        .route("/login", get(studio::page))
        .route("/forgot", get(studio::page))
        .route("/join/{token}", get(studio::page))
        .route("/reset/{token}", get(studio::page))
        .route("/setup/{token}", get(studio::setup))
        .route("/s", get(studio::page))
        .route("/s/{*rest}", get(studio::page))
        .route("/assets/{*file}", get(assets::get))
        .route("/theme/{file}", get(theme::get))
        .route("/embed.js", get(assets::embed))
}

/// Everything the server answers.
pub fn router(app: App) -> Router {
    // Cookies travel by themselves; who sends them must be one of our own pages.
    let own_pages = CsrfLayer::new().with_rejection_response(|_| ApiError::CrossSite.into_response());
    let (staff, _) = staff().split_for_parts();
    let (public_routes, _) = public_routes().split_for_parts();
    let (operation, _) = operation().split_for_parts();
    let around = ServiceBuilder::new()
        .layer(from_fn(request_id::assign))
        .layer(from_fn_with_state(app.config.base_url.is_https(), layers::security_headers))
        .layer(from_fn(problem_bodies))
        .layer(from_fn_with_state(app.config.trusted_proxies.clone(), client::find))
        .layer(RequestBodyTimeoutLayer::new(BODY_PAUSE))
        .layer(CatchPanicLayer::custom(layers::panicked));
    Router::new()
        .merge(staff.layer(own_pages).layer(CompressionLayer::new()))
        .merge(
            public_routes
                .layer(from_fn_with_state(app.clone(), public::limit::bind))
                .layer(CompressionLayer::new()),
        )
        .merge(operation)
        .merge(pages())
        .route_layer(from_fn(metrics::observe))
        .fallback(site::file::get)
        .layer(from_fn(layers::in_time))
        .layer(around)
        .with_state(app)
}

/// The description of every route, as JSON.
pub fn openapi_json() -> &'static str {
    static DOCUMENT: OnceLock<String> = OnceLock::new();
    DOCUMENT.get_or_init(|| {
        let (_, document) = OpenApiRouter::with_openapi(openapi::Api::openapi())
            .merge(staff())
            .merge(public_routes())
            .merge(operation())
            .split_for_parts();
        openapi::complete(document).to_pretty_json().expect("an OpenAPI document has only text keys")
    })
}
