//! A place among the attempts that are allowed, from the taking to the giving back.

use std::sync::Arc;

use accounts::{Throttled, throttling};
use kernel::{Error, Result, Tx};

use crate::{app::App, graphql::context::RequestContext};

/// What becomes of the place when nothing more is said.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// It stays taken: the attempt has failed, or is not over.
    Taken,
    /// The attempt could not be made.
    Withdrawn,
    /// The secret was shown.
    GivenBack,
}

/// A place that an attempt has taken. Who asked may be gone, or out of time, when the attempt turns out well: dropped, the
/// place is given back all the same.
pub struct Place {
    app: Arc<App>,
    what: Throttled,
    fate: Fate,
}

impl Place {
    pub async fn take(req: &RequestContext, what: Throttled) -> Result<Self> {
        req.throttle(&what).await?;
        Ok(Self { app: req.app.clone(), what, fate: Fate::Taken })
    }

    /// Makes the attempt, to its end even when nobody waits for it. A rule that it breaks is a failure; everything else
    /// that goes wrong is none.
    pub async fn attempt<T, F>(mut self, work: F) -> Result<(T, Self)>
    where
        T: Send + 'static,
        F: Future<Output = Result<T>> + Send + 'static,
    {
        let attempt = tokio::spawn(async move {
            let done = work.await;
            self.fate = match done {
                Ok(_) => Fate::GivenBack,
                Err(Error::Broken(_)) => Fate::Taken,
                Err(_) => Fate::Withdrawn,
            };
            Ok((done?, self))
        });
        attempt.await.map_err(|error| Error::Internal(error.to_string()))?
    }

    /// Gives the place back with the change that the attempt was for.
    pub async fn give_back(&self, tx: &Tx) -> Result<()> {
        throttling::give_back(tx, &self.what).await
    }

    /// That change has been committed.
    pub fn settle(mut self) {
        self.fate = Fate::Taken;
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let (app, what, fate) = (self.app.clone(), self.what.clone(), self.fate);
        if fate == Fate::Taken {
            return;
        }
        tokio::spawn(async move {
            let work = async |tx: &mut Tx| match fate {
                Fate::GivenBack => throttling::give_back(tx, &what).await,
                _ => throttling::withdraw(tx, &what).await,
            };
            if let Err(error) = app.write_as_system(work).await {
                tracing::warn!(%error, "a place among the attempts was not given back");
            }
        });
    }
}
