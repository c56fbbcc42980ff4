//! The work behind the queue: which kind of job is done by what, the workers that do it, and what recurs.

mod copying;
mod enrollments;
mod letters;
mod processing;
mod recurring;
mod runner;
mod tasks;
mod uploads;

use std::sync::Arc;

use kernel::{
    Job,
    jobs::{Claimed, Leases},
};

use crate::{app::App, packages, privacy, tutor};

pub use recurring::{EndLostAnswers, PurgePackages, ensure as ensure_recurring};
pub use runner::{Ran, Workers, run_next, start};

/// Why a job failed, in words that staff may read, and whether trying again is of no use.
#[derive(Debug, PartialEq)]
pub struct Failure {
    pub says: String,
    pub is_final: bool,
}

/// Every kind of job and what does it: `async fn(&Arc<App>, job) -> kernel::Result<()>`. It may be called more than once
/// for a job; its writes go through [`App::write_as_system`].
macro_rules! handlers {
    ($($job:ty => $handler:path,)*) => {
        async fn handle(app: &Arc<App>, claimed: &Claimed) -> Result<(), Failure> {
            match claimed.kind.as_str() {
                $(<$job as Job>::KIND => {
                    let job = claimed.read::<$job>().map_err(Failure::for_good)?;
                    $handler(app, job).await.map_err(Failure::from)
                })*
                kind => Err(Failure::for_good(format!("nothing here does jobs of the kind {kind}"))),
            }
        }

        /// How long a worker has a job of each kind without a sign of life.
        pub const LEASES: &Leases = &[$((<$job as Job>::KIND, <$job as Job>::LEASE),)*];
    };
}

handlers! {
    accounts::EraseAccount => erase_account,
    accounts::ExportData => privacy::export_data,
    accounts::Letter => letters::send,
    ai::AnswerQuestion => tutor::answer,
    ai::questions::SuggestQuestions => tutor::suggest_questions,
    assessment::attempting::CloseAttempt => close_attempt,
    assessment::attempting::CloseRest => close_rest,
    courses::packaging::ExportCourse => packages::export_course,
    courses::packaging::ImportCourse => packages::import_course,
    learning::progress::CatchUp => enrollments::catch_up,
    learning::waitlist::SettleWaitlist => enrollments::settle_waitlist,
    media::captions::RemoveCaptions => processing::remove_captions,
    media::CopyFile => copying::copy_file,
    media::RemoveFile => processing::remove,
    media::processing::ProcessMedia => processing::process,
    media::uploading::VerifyUpload => uploads::verify,
    media::uploading::RemoveUpload => uploads::remove,
    recurring::EndLostAnswers => tutor::end_lost,
    recurring::ExpireEnrollments => enrollments::expire,
    recurring::ExpireUploads => uploads::expire,
    recurring::PurgeDeliveries => tasks::purge_deliveries,
    recurring::ExpireSessions => tasks::expire_sessions,
    recurring::PurgeTokens => tasks::purge_tokens,
    recurring::PurgeJobs => tasks::purge_jobs,
    recurring::PurgePackages => packages::purge_packages,
    recurring::RecountCounters => tasks::recount_counters,
    recurring::ReleaseReservations => tasks::release_reservations,
}

async fn erase_account(app: &Arc<App>, job: accounts::EraseAccount) -> kernel::Result<()> {
    app.write_as_system(async |tx| accounts::erase_account(tx, job.user).await).await
}

async fn close_attempt(app: &Arc<App>, job: assessment::attempting::CloseAttempt) -> kernel::Result<()> {
    app.write_as_system(async |tx| assessment::attempting::close_due(tx, job.attempt).await).await
}

async fn close_rest(app: &Arc<App>, job: assessment::attempting::CloseRest) -> kernel::Result<()> {
    app.write_as_system(async |tx| assessment::attempting::close_rest(tx, &job).await).await
}

impl Failure {
    fn for_good(says: String) -> Self {
        Self { says, is_final: true }
    }

    fn for_now(says: impl Into<String>) -> Self {
        Self { says: says.into(), is_final: false }
    }
}

/// What a database says can hold what was written to it: that goes to the log only.
impl From<kernel::Error> for Failure {
    fn from(error: kernel::Error) -> Self {
        match error {
            kernel::Error::Db(error) => {
                tracing::warn!(%error, "a job's statement failed");
                Self::for_now("A statement failed; the log says which.")
            }
            error => Self::for_now(error.to_string()),
        }
    }
}
