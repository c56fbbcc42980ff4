use async_graphql::Enum;

/// Where an enrolment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "learning::EnrollmentStatus")]
pub enum EnrollmentStatus {
    /// The person takes the course.
    Active,
    /// The person has finished the course.
    Completed,
    /// The person has left the course.
    Dropped,
    /// The time to take the course is over.
    Expired,
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
