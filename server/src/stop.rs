//! The word that the server is to stop, for everything that would otherwise never end.

use std::sync::Arc;

use tokio::sync::watch;

/// Says, and hears, that the server stops. Cheap to clone.
#[derive(Clone)]
pub struct Stop(Arc<watch::Sender<bool>>);

impl Default for Stop {
    fn default() -> Self {
        Self(Arc::new(watch::channel(false).0))
    }
}

impl Stop {
    /// From now on the server stops.
    pub fn request(&self) {
        self.0.send_replace(true);
    }

    /// Resolves when the server stops, also when it was said before.
    pub async fn requested(&self) {
        // The sender lives as long as `self`, so waiting ends with the word alone.
        self.0.subscribe().wait_for(|stopping| *stopping).await.ok();
    }
}
