//! That the server stops: told to the connections that would otherwise stay open, which say goodbye first.

use tokio::sync::watch;

/// Carries the news to every open connection of this process.
pub struct Stopping(watch::Sender<bool>);

/// Kept by a connection until it has said what it had to say.
pub struct Open(watch::Receiver<bool>);

impl Default for Stopping {
    fn default() -> Self {
        Self(watch::channel(false).0)
    }
}

impl Stopping {
    /// One more connection that hears of it, however late it opens.
    pub fn open(&self) -> Open {
        Open(self.0.subscribe())
    }

    /// Tells every connection, and ends when all have gone.
    pub async fn tell(&self) {
        self.0.send_replace(true);
        self.0.closed().await;
    }
}

impl Open {
    /// Ends when the server stops.
    pub async fn until_stopping(&mut self) {
        // An error means that nobody can tell any more: time to stop, too.
        let _ = self.0.wait_for(|stops| *stops).await;
    }
}
