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
