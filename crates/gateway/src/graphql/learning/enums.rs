use async_graphql::Enum;

/// Where an enrolment stands at this moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "learning::Standing")]
pub enum EnrollmentStatus {
    /// The person takes the course.
    Active,
    /// The person has finished the course. It stays so when the time to open it is over.
    Completed,
    /// The person has left the course.
    Dropped,
    /// The time to take the course is over.
    Expired,
    /// The person may not go on for the time being.
    Suspended,
}

/// Why an item of a course is not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "learning::progress::Reason")]
pub enum RemainingReason {
    /// Nothing of the recording was watched.
    NotStarted,
    /// The recording was watched in part: less than nine tenths of it.
    InProgress,
    /// It is completed by `completeItem`.
    NotCompleted,
    /// The quiz was not passed.
    NotPassed,
    /// More of it is said to have been watched than can be: more than twice the time that your packets say was spent, over
    /// all recordings that you watch, in this course or in all that you take. Watch on.
    TooFast,
}

/// How somebody came by a course.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "learning::EnrollmentSource")]
pub enum EnrollmentSource {
    /// Enrolled by themselves.
    SelfService,
    /// Paid for it.
    Purchase,
    /// Was given it.
    Grant,
}

/// How somebody comes by a course that others give them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum GrantSource {
    /// They have paid for it.
    Purchase,
    /// They are given it.
    Grant,
}

impl From<GrantSource> for learning::EnrollmentSource {
    fn from(source: GrantSource) -> Self {
        match source {
            GrantSource::Purchase => Self::Purchase,
            GrantSource::Grant => Self::Grant,
        }
    }
}

/// What becomes of the others when a row is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "learning::ErrorPolicy")]
pub enum BulkErrorPolicy {
    /// They are enrolled all the same.
    SkipBadRows,
    /// Nobody is enrolled.
    AllOrNothing,
}

/// How somebody's waiting for a seat goes at this moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "learning::waitlist::Waiting")]
pub enum WaitlistStatus {
    /// There is no seat yet.
    Waiting,
    /// A seat is kept for them: `enroll` takes it.
    Offered,
    /// They got a seat.
    Enrolled,
    /// They have left the list.
    Left,
    /// They did not take the seat in time, and are off the list.
    Lapsed,
}
