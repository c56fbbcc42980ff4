//! Enrolling many at once.

use async_graphql::{InputObject, MaybeUndefined, SimpleObject};
use chrono::{DateTime, Utc};
use kernel::{CourseId, UserId};
use learning::{BulkOrder, BulkResult, BulkRow, ErrorPolicy, Named};

use super::{
    Enrollment,
    enums::{BulkErrorPolicy, GrantSource},
};
use crate::graphql::{
    context::RequestContext,
    error::{Result, UserError, outcome},
    id::{Id, PersonId},
    scalars::{check_length, limit},
};

/// Who gets which course.
#[derive(Debug, InputObject)]
pub struct BulkEnrollInput {
    /// The course, published or unpublished.
    pub course_id: Id<CourseId>,
    /// Who gets it: at most 100 rows, done in their order.
    pub rows: Vec<BulkEnrollRow>,
    /// How they come by it.
    #[graphql(default_with = "GrantSource::Grant")]
    pub source: GrantSource,
    /// Let them in even when the course is full, and past those who wait.
    #[graphql(default)]
    pub over_capacity: bool,
    /// What becomes of the others when a row is refused.
    #[graphql(default_with = "BulkErrorPolicy::SkipBadRows")]
    pub error_policy: BulkErrorPolicy,
    /// Say what would come of it, and do nothing.
    #[graphql(default)]
    pub dry_run: bool,
}

/// One person who gets the course.
#[derive(Debug, InputObject)]
pub struct BulkEnrollRow {
    /// Who: the id of an account or of a public profile. Either this or `email`.
    pub user_id: Option<Id<PersonId>>,
    /// Who: the address of an account, verified by its owner. Either this or `userId`.
    pub email: Option<String>,
    /// As in `grantEnrollment`.
    pub reference: Option<String>,
    /// As in `grantEnrollment`: null is for ever, left out is as the course has it.
    pub expires_at: MaybeUndefined<DateTime<Utc>>,
}

/// What came of enrolling many.
#[derive(SimpleObject)]
pub struct BulkEnrollPayload {
    /// What came of each row, in the order of the input.
    results: Vec<BulkEnrollResult>,
    /// How many rows were not refused.
    accepted_count: i32,
    /// How many rows were refused.
    rejected_count: i32,
    /// Is anything done? False after a dry run, and when one row was refused with `ALL_OR_NOTHING`.
    is_applied: bool,
    /// What is wrong with the input as a whole; a row's own errors are with its result.
    user_errors: Vec<UserError>,
}

/// What came of one row.
#[derive(SimpleObject)]
pub struct BulkEnrollResult {
    /// The place of the row in the input, from 0.
    index: i32,
    /// The enrolment. Null when the row was refused, and when nothing is applied.
    enrollment: Option<Enrollment>,
    /// Why the row is refused, with paths from the row down: `["input", "rows", "email"]`; empty when it is not.
    errors: Vec<UserError>,
}

impl BulkEnrollInput {
    fn into_domain(self) -> kernel::Result<(CourseId, BulkOrder)> {
        check_length("rows", self.rows.len())?;
        let order = BulkOrder {
            rows: self.rows.into_iter().map(BulkEnrollRow::into_domain).collect(),
            source: self.source.into(),
            over_capacity: self.over_capacity,
            error_policy: self.error_policy.into(),
        };
        Ok((self.course_id.at(&["input", "courseId"])?, order))
    }
}

impl BulkEnrollRow {
    fn into_domain(self) -> BulkRow {
        let user = self.user_id.map(|id| UserId::from(id.or_nobodys()));
        let who = Named::by(user, self.email);
        BulkRow { who, reference: self.reference, expires_at: limit(self.expires_at) }
    }
}

pub async fn enroll(req: &RequestContext, input: BulkEnrollInput) -> Result<BulkEnrollPayload> {
    let dry_run = input.dry_run;
    let (course, order) = input.into_domain()?;
    let policy = order.error_policy;
    let done = if dry_run {
        req.rehearse(async |tx| learning::bulk_enroll(tx, course, order).await).await
    } else {
        req.write(async |tx| learning::bulk_enroll(tx, course, order).await).await
    };
    let (results, user_errors) = outcome(done)?;
    Ok(told(results.unwrap_or_default(), user_errors, policy, dry_run))
}

fn told(rows: Vec<BulkResult>, user_errors: Vec<UserError>, policy: ErrorPolicy, dry_run: bool) -> BulkEnrollPayload {
    let rejected = rows.iter().filter(|row| row.is_err()).count();
    let is_void = policy == ErrorPolicy::AllOrNothing && rejected > 0;
    let is_applied = !dry_run && !is_void && user_errors.is_empty();
    let accepted = rows.len() - rejected;
    let results = (0..).zip(rows).map(|(index, row)| result(index, row, is_applied)).collect();
    BulkEnrollPayload {
        results,
        accepted_count: accepted as i32,
        rejected_count: rejected as i32,
        is_applied,
        user_errors,
    }
}

/// An enrolment that was taken back is nobody's.
fn result(index: i32, row: BulkResult, is_applied: bool) -> BulkEnrollResult {
    match row {
        Ok(row) => BulkEnrollResult { index, enrollment: is_applied.then(|| row.into()), errors: vec![] },
        Err(problems) => {
            let below = |problem: &kernel::Problem| {
                let mut problem = problem.clone();
                problem.field.insert(0, "rows".into());
                UserError::from(&problem)
            };
            BulkEnrollResult { index, enrollment: None, errors: problems.iter().map(below).collect() }
        }
    }
}
