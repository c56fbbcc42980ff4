use crate::{CourseId, EnrollmentId, QuizId, SectionId, UserId};

/// Everything that happens in one context and matters in another, left of it. Past tense, ids only.
/// What follows from each is on one page: `gateway/src/reactions.rs`.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// Sessions or API tokens of this person may have ended, or all of them: whoever holds a connection open for them
    /// looks again once it is committed.
    SessionsEnded { user: UserId },
    /// A course became readable by everybody.
    CoursePublished { course: CourseId, by: Option<UserId> },
    /// A course was begun as a copy of another; `sections` says which section became which.
    CourseDuplicated { from: CourseId, to: CourseId, sections: Vec<(SectionId, SectionId)> },
    /// A section was deleted. What stood in it comes to the course as a whole; without `force` there may be nothing in it.
    SectionDeleted { course: CourseId, section: SectionId, force: bool },
    /// How many learners a course has moved by these.
    EnrollmentsMoved { course: CourseId, enrolled: i64, completed: i64 },
    /// Somebody has done all that a course asks for. Once per enrolment.
    CourseCompleted { enrollment: EnrollmentId, user: UserId, course: CourseId },
    /// Somebody has left a course that they took.
    CourseLeft { user: UserId, course: CourseId },
    /// A course may ask less of those who take it than before: some may have done all of it by now.
    CourseAsksLess { course: CourseId },
    /// Somebody has passed a quiz for the first time.
    QuizPassed { user: UserId, course: CourseId, quiz: QuizId },
    /// Somebody who had passed a quiz has not, since a grade was set anew.
    QuizFailed { user: UserId, course: CourseId, quiz: QuizId },
    /// A person has gone for good: what is theirs is erased, and what they taught is the heir's from now on.
    AccountErased { user: UserId, heir: Option<UserId> },
    /// A rating came, went (`to` is `None`) or changed. Stars are 1 to 5.
    RatingMoved { course: CourseId, from: Option<i32>, to: Option<i32> },
}
