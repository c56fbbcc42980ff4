use std::sync::Arc;

use async_graphql::{Context, Object};
use courses::CourseRow;
use kernel::Viewer;

use super::{
    Enrollment, WaitlistEntry,
    keys::{OwnEnrollment, OwnWaitlistEntry},
};
use crate::graphql::{context::Req, error::Result, node::one};

/// How one gets into a course. They are fields of `Course`; a file of their own keeps both short.
pub struct CourseSeats(pub Arc<CourseRow>);

/// How one gets into a course.
#[Object]
impl CourseSeats {
    /// How many people there is room for at a time. Null without a limit. A seat is held from the enrolment on: by who takes
    /// the course, also while suspended, and by who has completed it, because they go on opening it. Only who drops it, or
    /// whose time is over before they complete it, gives the seat back. To run one course for cohort after cohort, give it
    /// `accessDays` and raise the capacity by those who are done, or use `duplicateCourse`.
    async fn capacity(&self) -> Option<i32> {
        self.0.capacity
    }

    /// How many more people are taken in; seats that are kept for people on the waitlist are not among them. Null without
    /// a limit.
    async fn seats_left(&self) -> Option<i32> {
        self.0.seats_left()
    }

    /// Can one wait for a seat when it is full?
    async fn has_waitlist(&self) -> bool {
        self.0.has_waitlist
    }

    /// How long a seat is kept for somebody on the waitlist, in hours.
    async fn offer_hours(&self) -> i32 {
        self.0.offer_hours
    }

    /// How long one has the course from the day on that one enrols, in days. Null when it is for ever.
    async fn access_days(&self) -> Option<i32> {
        self.0.access_days
    }

    /// Your own enrolment in it, whatever became of that. Null when you never enrolled.
    async fn viewer_enrollment(&self, ctx: &Context<'_>) -> Option<Result<Enrollment>> {
        one(ctx, is_person(ctx).then_some(OwnEnrollment(self.0.id))).await
    }

    /// Your own place on its waitlist. Null when you are not on it.
    async fn viewer_waitlist_entry(&self, ctx: &Context<'_>) -> Option<Result<WaitlistEntry>> {
        one(ctx, is_person(ctx).then_some(OwnWaitlistEntry(self.0.id))).await
    }
}

/// Nobody else has anything of their own.
fn is_person(ctx: &Context<'_>) -> bool {
    matches!(ctx.req().viewer(), Viewer::User(_))
}
