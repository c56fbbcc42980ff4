use chrono::{DateTime, Utc};
use sea_orm::{EntityTrait, Set, TryInsertResult, sea_query::OnConflict};

use super::{
    Job, JobStatus,
    job::{ActiveModel, Entity},
};
use crate::{Error, JobId, Result, Tx};

impl Tx {
    /// Has the job done after the commit, and only then. Asks for no permit: what wants the job had one.
    pub async fn enqueue(&mut self, job: &impl Job) -> Result<JobId> {
        self.enqueue_at(job, self.now).await
    }

    /// As [`Self::enqueue`], but not before this time.
    pub async fn enqueue_at(&mut self, job: &impl Job, at: DateTime<Utc>) -> Result<JobId> {
        let row = self.queued(job, at)?;
        self.put_job(row).await?.ok_or_else(|| Error::Internal("a fresh id is taken".into()))
    }

    /// As [`Self::enqueue_at`], unless a job with this key waits or runs: then nothing happens, and nothing is answered.
    pub async fn enqueue_once(&mut self, key: &str, job: &impl Job, at: DateTime<Utc>) -> Result<Option<JobId>> {
        let row = self.queued(job, at)?;
        self.put_job(ActiveModel { unique_key: Set(Some(key.into())), ..row }).await
    }

    fn queued<J: Job>(&mut self, job: &J, at: DateTime<Utc>) -> Result<ActiveModel> {
        let payload = serde_json::to_value(job)
            .map_err(|error| Error::Internal(format!("a job of the kind {} can't be written: {error}", J::KIND)))?;
        Ok(ActiveModel {
            id: Set(self.new_id()?),
            kind: Set(J::KIND.into()),
            payload: Set(payload),
            status: Set(JobStatus::Queued),
            attempts: Set(0),
            max_attempts: Set(J::ATTEMPTS),
            run_at: Set(at),
            unique_key: Set(None),
            enqueued_at: Set(self.now),
            ..Default::default()
        })
    }

    #[expect(clippy::disallowed_methods, reason = "how jobs are written is known here alone")]
    async fn put_job(&mut self, row: ActiveModel) -> Result<Option<JobId>> {
        let id = row.id.clone().take();
        // On any conflict: the library's own clause names the primary key, and the key is another.
        let nothing = OnConflict::new().do_nothing().to_owned();
        let insert = Entity::insert_many([row]).on_conflict(nothing).try_insert();
        let done = insert.exec_without_returning(&self.conn).await?;
        let is_new = matches!(done, TryInsertResult::Inserted(rows) if rows > 0);
        self.has_enqueued |= is_new;
        Ok(id.filter(|_| is_new))
    }
}
