//! Jobs that come back. Each is always in the queue once: when one ends, whether well or dead, the next one is enqueued
//! in the same transaction.

use chrono::Duration;
use kernel::{
    Job, Result, Tx,
    jobs::{Claimed, Ending},
};
use serde::{Deserialize, Serialize};

macro_rules! recurring {
    ($($(#[$doc:meta])* $job:ident, $kind:literal, every $every:expr;)*) => {
        $(
            $(#[$doc])*
            #[derive(Serialize, Deserialize)]
            #[serde(deny_unknown_fields)]
            pub struct $job {}

            impl Job for $job {
                const KIND: &'static str = $kind;
                const ATTEMPTS: i32 = 5;
            }
        )*

        /// Puts those in the queue that are not there, due at once.
        pub async fn ensure(tx: &mut Tx) -> Result<()> {
            let now = tx.now;
            $(tx.enqueue_once($kind, &$job {}, now).await?;)*
            Ok(())
        }

        /// Puts the next one in the queue when one of them has ended.
        pub async fn follow(tx: &mut Tx, ended: &Claimed, ending: Ending) -> Result<()> {
            if !matches!(ending, Ending::Done | Ending::Dead) {
                return Ok(());
            }
            match ended.kind.as_str() {
                $($kind => {
                    let next = tx.now + $every;
                    tx.enqueue_once($kind, &$job {}, next).await?;
                })*
                _ => {}
            }
            Ok(())
        }
    };
}

recurring! {
    /// Ends answers of the tutor that nobody works on any more.
    EndLostAnswers, "end_lost_answers", every Duration::hours(1);
    /// Ends the sessions that can't be refreshed any more.
    ExpireSessions, "expire_sessions", every Duration::hours(1);
    /// Gives the seats of those whose time is over to those who wait.
    ExpireEnrollments, "expire_enrollments", every Duration::hours(1);
    /// Gives up uploads that nobody has completed.
    ExpireUploads, "expire_uploads", every Duration::hours(1);
    /// Forgets tokens that no longer matter.
    PurgeTokens, "purge_tokens", every Duration::hours(1);
    /// Forgets jobs that were done long ago.
    PurgeJobs, "purge_jobs", every Duration::days(1);
    /// Takes packages of courses away whose time is over.
    PurgePackages, "purge_packages", every Duration::days(1);
    /// Gives tokens back that were kept for answers which nobody heard of again.
    ReleaseReservations, "release_reservations", every Duration::hours(1);
    /// Forgets what webhooks were told long ago.
    PurgeDeliveries, "purge_deliveries", every Duration::days(1);
    /// Mends counters that have drifted from what they count.
    RecountCounters, "recount_counters", every Duration::days(1);
}
