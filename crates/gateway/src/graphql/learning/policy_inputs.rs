//! On which terms a course takes people in.

use async_graphql::{InputObject, MaybeUndefined, SimpleObject};
use courses::Admission;
use kernel::{CourseId, Result};

use crate::graphql::{courses::Course, error::UserError, id::Id, scalars::limit};

/// On which terms which course takes people in. What is left out stays as it is.
#[derive(Debug, InputObject)]
pub struct SetEnrollmentPolicyInput {
    /// The course.
    pub course_id: Id<CourseId>,
    /// How many enrolments there is room for, active and completed ones, from 0 to 1,000,000; null: for all. Who completes the
    /// course keeps the seat: see `capacity`. When there are more already, nobody is sent away and nobody new comes in.
    pub capacity: MaybeUndefined<i32>,
    /// Can one wait for a seat when it is full? Who waits already goes on waiting when not.
    pub has_waitlist: Option<bool>,
    /// How long a seat is kept for somebody on the waitlist, from 1 to 720 hours; 48 at first. Offers that were made keep
    /// their deadline.
    pub offer_hours: Option<i32>,
    /// How long one has the course from the day on that one enrols, from 1 to 36,500 days; null: for ever.
    pub access_days: MaybeUndefined<i32>,
}

/// What came of it.
#[derive(SimpleObject)]
pub struct SetEnrollmentPolicyPayload {
    /// The course. Null when the input was refused.
    pub course: Option<Course>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

impl SetEnrollmentPolicyInput {
    pub fn into_domain(self) -> Result<(CourseId, Admission)> {
        let wanted = Admission {
            capacity: limit(self.capacity),
            has_waitlist: self.has_waitlist,
            offer_hours: self.offer_hours,
            access_days: limit(self.access_days),
        };
        Ok((self.course_id.at(&["input", "courseId"])?, wanted))
    }
}
