//! The running server: what every request and every job of the worker works with.

use std::ops::Deref;
use std::sync::Arc;

use sea_orm::DbErr;

use crate::auth::Guard;
use crate::catalog::Compiled;
use crate::clock::Clock;
use crate::config::Config;
use crate::db::{Db, OpenError};
use crate::feed::Feed;
use crate::files::Files;
use crate::ids::Ids;
use crate::ids::link::LinkKey;
use crate::stop::Stop;
use crate::store;
use crate::writer::Writer;

/// A handle on the running server; cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Parts>);

/// What an [`App`] is made of.
pub struct Parts {
    /// How the operator set it up.
    pub config: Config,
    /// For reading.
    pub db: Arc<Db>,
    /// The one way to write.
    pub writer: Writer,
    /// What was sent as files.
    pub files: Files,
    /// Committed changes.
    pub feed: Feed,
    /// What time it is.
    pub clock: Clock,
    /// New ids.
    pub ids: Ids,
    /// For the references people hold.
    pub links: LinkKey,
    /// What stands between strangers and us.
    pub guard: Guard,
    /// What teams have published, compiled.
    pub compiled: Compiled,
    /// Says that the server stops.
    pub stop: Stop,
}

impl Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl App {
    /// Opens the database, brings its schema up to date and starts the writer and the feed. Serves nothing yet.
    ///
    /// # Errors
    ///
    /// See [`OpenError`].
    pub async fn open(config: Config, clock: Clock, ids: Ids) -> Result<Self, OpenError> {
        let db = Arc::new(Db::open(&config.database, &config.data_dir).await?);
        db.migrate().await?;
        let files = Files::new(&config.data_dir);
        let links = link_key(&db, &clock).await?;
        let feed = Feed::follow(db.clone()).await?;
        let wake = feed.clone();
        let writer = Writer::start(db.clone(), clock.clone(), Arc::new(move |_| wake.wake()));
        Ok(Self(Arc::new(Parts {
            config,
            db,
            files,
            writer,
            feed,
            clock,
            ids,
            links,
            guard: Guard::default(),
            compiled: Compiled::default(),
            stop: Stop::default(),
        })))
    }

    /// Closes the database. Jobs handed to the writer before are done first.
    pub async fn close(self) {
        // A job that does nothing comes back when everything before it has.
        self.writer.run(None, |_| Box::pin(async { Ok(()) })).await.ok();
        self.db.close().await;
    }
}

/// The key of this database's links, made on first start. It lives in the database, so that every node on
/// PostgreSQL derives the same links and a restored backup keeps those in the mails already sent.
async fn link_key(db: &Db, clock: &Clock) -> Result<LinkKey, DbErr> {
    const NAME: &str = "links";
    let drawn: [u8; 32] = rand::random();
    let secret =
        store::secret::Secret { name: NAME.into(), value: drawn.to_vec(), created_at: clock.now_ms() };
    let txn = db.begin().await?;
    // Two nodes may start at once: what is stored counts, not what was drawn.
    store::secret::keep(&txn, secret).await?;
    let stored = store::secret::get(&txn, NAME).await?;
    txn.commit().await?;
    let key = stored.and_then(|stored| stored.try_into().ok());
    key.map(LinkKey::new).ok_or_else(|| DbErr::Custom("the key of links is not 32 bytes long".into()))
}
