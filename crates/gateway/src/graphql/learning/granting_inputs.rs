//! Inputs and payloads of the mutations on other people's enrolments.

use async_graphql::{InputObject, MaybeUndefined, SimpleObject};
use chrono::{DateTime, Utc};
use kernel::{CourseId, EnrollmentId, Result, UserId};
use learning::{Grant, Named};

use super::{Enrollment, enums::GrantSource};
use crate::graphql::{
    error::UserError,
    id::{Id, PersonId},
    scalars::{EmailAddress, limit},
};

/// Who gets which course.
#[derive(Debug, InputObject)]
pub struct GrantEnrollmentInput {
    /// The person: the id of an account or of a public profile. Either this or `email`.
    pub user_id: Option<Id<PersonId>>,
    /// The person: the address of an account, verified by its owner, as a shop knows it. Either this or `userId`; with both
    /// or neither it is `ENROLLMENT_PERSON_UNNAMED`.
    pub email: Option<EmailAddress>,
    /// The course, published or unpublished.
    pub course_id: Id<CourseId>,
    /// How they come by it.
    #[graphql(default_with = "GrantSource::Grant")]
    pub source: GrantSource,
    /// An order of a shop, for example: 1 to 200 characters, unique within the course. Sent again for the same person it
    /// changes nothing and answers with the enrolment; for somebody else it is `ENROLLMENT_REFERENCE_TAKEN`.
    pub reference: Option<String>,
    /// Until when they have the course; null: for ever. Left out, for as long as its `accessDays` say. A grant takes
    /// nothing away: who has the course for longer keeps it for longer.
    pub expires_at: MaybeUndefined<DateTime<Utc>>,
    /// Let them in even when the course is full, and past those who wait.
    #[graphql(default)]
    pub over_capacity: bool,
}

impl GrantEnrollmentInput {
    /// In which course, to whom, and on which terms.
    pub fn into_domain(self) -> Result<(CourseId, Named, impl FnOnce(UserId) -> Grant)> {
        let user = self.user_id.map(|id| id.at(&["input", "userId"])).transpose()?;
        let who = Named::by(user.map(UserId::from), self.email.map(|email| email.0));
        let course = self.course_id.at(&["input", "courseId"])?;
        let (source, reference) = (self.source.into(), self.reference);
        let (expires_at, over_capacity) = (limit(self.expires_at), self.over_capacity);
        Ok((course, who, move |user| Grant { user, source, reference, expires_at, over_capacity }))
    }
}

/// For how long somebody has a course.
#[derive(Debug, InputObject)]
pub struct ExtendEnrollmentInput {
    /// Which enrolment.
    pub enrollment_id: Id<EnrollmentId>,
    /// Until when: later or sooner than before, in the future. Null: for ever. It has to be said: left out, it is
    /// `ENROLLMENT_EXPIRY_UNSAID`.
    pub expires_at: MaybeUndefined<DateTime<Utc>>,
    /// Let somebody whose time was over go on even when the course is full by now.
    #[graphql(default)]
    pub over_capacity: bool,
}

/// Who may not go on, and why.
#[derive(Debug, InputObject)]
pub struct SuspendEnrollmentInput {
    /// Which enrolment.
    pub enrollment_id: Id<EnrollmentId>,
    /// Why: 1 to 1,000 characters. The person reads it.
    pub reason: String,
}

/// Who may go on.
#[derive(Debug, InputObject)]
pub struct ResumeEnrollmentInput {
    /// Which enrolment.
    pub enrollment_id: Id<EnrollmentId>,
}

/// What came of giving somebody a course.
#[derive(SimpleObject)]
pub struct GrantEnrollmentPayload {
    /// The enrolment as it is now. Null when the input was refused.
    pub enrollment: Option<Enrollment>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// What came of saying for how long somebody has a course.
#[derive(SimpleObject)]
pub struct ExtendEnrollmentPayload {
    /// The enrolment as it is now. Null when the input was refused.
    pub enrollment: Option<Enrollment>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// What came of suspending an enrolment.
#[derive(SimpleObject)]
pub struct SuspendEnrollmentPayload {
    /// The enrolment as it is now. Null when the input was refused.
    pub enrollment: Option<Enrollment>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// What came of letting somebody go on.
#[derive(SimpleObject)]
pub struct ResumeEnrollmentPayload {
    /// The enrolment as it is now. Null when the input was refused.
    pub enrollment: Option<Enrollment>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}
