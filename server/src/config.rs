//! Flags and environment, read once and checked as a whole.
//!
//! [`Options`] is what the operator wrote; [`Config`] is what the server runs
//! with. Everything that must not be started is refused here: plain HTTP off
//! loopback, a missing base URL, half a TLS pair.

pub mod base_url;

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

pub use base_url::BaseUrl;

/// Where the data is; the same for every subcommand.
#[derive(Debug, Clone, clap::Args)]
pub struct StorageOptions {
    /// Folder of the embedded database, uploads and backups
    #[arg(long, env = "HUIYIN_DATA_DIR", default_value = "data", value_name = "DIR")]
    pub data_dir: PathBuf,
    /// `postgres://…`; without it an embedded SQLite database in the data folder
    #[arg(long, env = "HUIYIN_DATABASE", value_name = "URL", hide_env_values = true)]
    pub database: Option<String>,
}

/// How log lines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum LogFormat {
    /// For people.
    Pretty,
    /// One JSON object a line.
    Json,
}

/// What goes to the log; the same for every long-running subcommand.
#[derive(Debug, Clone, clap::Args)]
pub struct LogOptions {
    /// Least level per module, as in `info,huiyin=debug`
    #[arg(
        long,
        env = "HUIYIN_LOG",
        default_value = "info,sqlx=warn,sea_orm_migration=warn",
        value_name = "FILTER"
    )]
    pub log: String,
    /// How log lines are written
    #[arg(long, env = "HUIYIN_LOG_FORMAT", default_value = "pretty")]
    pub log_format: LogFormat,
}

/// Everything `serve` and `worker` can be told.
#[derive(Debug, Clone, clap::Args)]
pub struct Options {
    #[command(flatten)]
    pub storage: StorageOptions,
    #[command(flatten)]
    pub log: LogOptions,
    /// Address and port to listen on
    #[arg(long, env = "HUIYIN_LISTEN", default_value = "127.0.0.1:8080", value_name = "ADDRESS")]
    pub listen: SocketAddr,
    /// Address people reach the server at; every link starts with it
    #[arg(long, env = "HUIYIN_BASE_URL", value_name = "URL")]
    pub base_url: Option<String>,
    /// Certificate chain, PEM
    #[arg(long, env = "HUIYIN_TLS_CERT", value_name = "FILE")]
    pub tls_cert: Option<PathBuf>,
    /// Private key, PEM
    #[arg(long, env = "HUIYIN_TLS_KEY", value_name = "FILE")]
    pub tls_key: Option<PathBuf>,
    /// Allow plain HTTP off loopback; passwords then cross the network in the clear
    #[arg(long, env = "HUIYIN_INSECURE_HTTP")]
    pub insecure_http: bool,
    /// Proxy whose `X-Forwarded-For` names the client; may be given several times
    #[arg(long = "trusted-proxy", env = "HUIYIN_TRUSTED_PROXIES", value_delimiter = ',', value_name = "IP")]
    pub trusted_proxies: Vec<IpAddr>,
    /// Mail server: `smtp://user:password@host:port`, `smtps://…`; without it mails stay in the mailbox
    #[arg(long, env = "HUIYIN_SMTP", value_name = "URL", hide_env_values = true)]
    pub smtp: Option<String>,
    /// Sender of mails
    #[arg(
        long,
        env = "HUIYIN_MAIL_FROM",
        default_value = "Huiyin <huiyin@localhost>",
        value_name = "ADDRESS"
    )]
    pub mail_from: String,
    /// Days an automatic backup is kept; 0 turns them off
    #[arg(long, env = "HUIYIN_BACKUP_DAYS", default_value_t = 7, value_name = "DAYS")]
    pub backup_days: u32,
    /// Answer requests only; another process runs `huiyin worker`
    #[arg(long, env = "HUIYIN_NO_WORKER")]
    pub no_worker: bool,
}

/// Which database holds everything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Database {
    /// One file, owned by one process.
    Sqlite(PathBuf),
    /// `postgres://…`, shared by any number of nodes.
    Postgres(String),
}

/// Certificate and key of the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tls {
    /// PEM file.
    pub cert: PathBuf,
    /// PEM file.
    pub key: PathBuf,
}

/// How mail leaves the building.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// Without one, mails stay in the mailbox to be read there.
    pub smtp: Option<String>,
    /// `Name <address>`.
    pub from: String,
}

/// What the server runs with.
#[derive(Debug, Clone)]
pub struct Config {
    /// Bound address, with the port really taken.
    pub listen: SocketAddr,
    /// Start of every link, and the one origin cookies are for.
    pub base_url: BaseUrl,
    /// Folder of the embedded database, uploads and backups.
    pub data_dir: PathBuf,
    /// Which database holds everything.
    pub database: Database,
    /// Terminate TLS ourselves.
    pub tls: Option<Tls>,
    /// Plain HTTP off loopback was allowed; admins see a banner.
    pub insecure_http: bool,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// How mail leaves the building.
    pub mail: Mail,
    /// Days an automatic backup is kept; 0 for none.
    pub backup_days: u32,
    /// Perform timers and outbox in this process.
    pub worker: bool,
}

/// Why the server does not start with these options.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// Links and cookies would be guessed from request headers, which attackers write.
    #[error("`--base-url` is needed to listen on `{0}`: every link in mails and pages starts with it")]
    BaseUrlMissing(SocketAddr),
    /// `Secure` cookies never arrive over plain HTTP.
    #[error(
        "`{0}` is plain HTTP off loopback: give `--tls-cert` and `--tls-key`, put a TLS proxy in front, or say `--insecure-http`"
    )]
    PlainHttp(BaseUrl),
    /// Half a pair.
    #[error("`--tls-cert` and `--tls-key` belong together")]
    HalfTls,
    /// A certificate for addresses that start with `http:`.
    #[error("TLS is on and `--base-url` is `{0}`: expected `https://…`")]
    TlsWithHttp(BaseUrl),
    /// Not an address of a server.
    #[error("base URL `{url}`: {reason}")]
    BaseUrl {
        /// As given.
        url: String,
        /// Expected and found.
        reason: &'static str,
    },
    /// Not a database we know.
    #[error("database `{0}`: expected `postgres://…` or nothing for the embedded one")]
    Database(String),
}

impl Config {
    /// Checks `options` for a server bound to `listen`, whose port is the one really taken.
    ///
    /// # Errors
    ///
    /// The first rule the options break.
    pub fn check(options: &Options, listen: SocketAddr) -> Result<Self, ConfigError> {
        let tls = match (&options.tls_cert, &options.tls_key) {
            (Some(cert), Some(key)) => Some(Tls { cert: cert.clone(), key: key.clone() }),
            (None, None) => None,
            (Some(_), None) | (None, Some(_)) => return Err(ConfigError::HalfTls),
        };
        let base_url = match &options.base_url {
            Some(url) => BaseUrl::parse(url)?,
            None if listen.ip().is_loopback() => BaseUrl::of(tls.is_some(), listen),
            None => return Err(ConfigError::BaseUrlMissing(listen)),
        };
        if tls.is_some() && !base_url.is_https() {
            return Err(ConfigError::TlsWithHttp(base_url));
        }
        let exposed = !(base_url.is_https() || base_url.is_loopback() && listen.ip().is_loopback());
        if exposed && !options.insecure_http {
            return Err(ConfigError::PlainHttp(base_url));
        }
        Ok(Self {
            listen,
            base_url,
            data_dir: options.storage.data_dir.clone(),
            database: options.storage.database()?,
            tls,
            insecure_http: exposed,
            trusted_proxies: options.trusted_proxies.clone(),
            mail: Mail { smtp: options.smtp.clone(), from: options.mail_from.clone() },
            backup_days: options.backup_days,
            worker: !options.no_worker,
        })
    }

    /// A server on loopback with everything in `data_dir`: for one-off subcommands and tests.
    pub fn local(data_dir: PathBuf, database: Database) -> Self {
        let listen = SocketAddr::from(([127, 0, 0, 1], 8080));
        Self {
            listen,
            base_url: BaseUrl::of(false, listen),
            data_dir,
            database,
            tls: None,
            insecure_http: false,
            trusted_proxies: Vec::new(),
            mail: Mail { smtp: None, from: "Huiyin <huiyin@localhost>".into() },
            backup_days: 0,
            worker: false,
        }
    }
}

impl StorageOptions {
    /// Which database these options name.
    ///
    /// # Errors
    ///
    /// When the URL is of no database we know.
    pub fn database(&self) -> Result<Database, ConfigError> {
        match &self.database {
            None => Ok(Database::Sqlite(self.data_dir.join("huiyin.db"))),
            Some(url) if url.starts_with("postgres://") || url.starts_with("postgresql://") => {
                Ok(Database::Postgres(url.clone()))
            }
            Some(url) => Err(ConfigError::Database(without_secret(url))),
        }
    }
}

/// The URL up to what may hold a password.
fn without_secret(url: &str) -> String {
    url.split_once("://").map_or_else(|| "…".to_owned(), |(scheme, _)| format!("{scheme}://…"))
}
