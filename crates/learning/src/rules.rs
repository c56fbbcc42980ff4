//! What must hold of enrolments.

kernel::rules! {
    ENROLLMENT_COURSE_CLOSED: "Nobody is taken into this course: it is not published, or it has been archived.";
    ENROLLMENT_PAYMENT_REQUIRED: "This course costs something: who buys it is enrolled, as long as there is a seat.";
    ENROLLMENT_PREREQUISITES_MISSING: "There are courses that have to be completed before this one.";
    ENROLLMENT_COURSE_FULL: "There is no seat left in this course.";
    ENROLLMENT_OF_STAFF: "Who works on a course sees all of it, and is not enrolled in it.";
    ENROLLMENT_SUSPENDED: "This enrolment is suspended.";
    ENROLLMENT_EXPIRED: "The time to take this course is over: who runs it can extend it.";
    ENROLLMENT_NOT_FOUND: "This person is not enrolled in the course.";
    ENROLLMENT_EXISTS: "This person is enrolled in the course already.";
    ENROLLMENT_PERSON_NOT_ACTIVE: "There is no such person, or their account is not active.";
    ENROLLMENT_EMAIL_UNKNOWN: "Nobody with an active account has verified this address.";
    ENROLLMENT_PERSON_UNNAMED: "Say who it is: by `userId` or by `email`, not by both.";
    ENROLLMENT_REFERENCE_INVALID: "A reference has 1 to 200 characters.";
    ENROLLMENT_REFERENCE_TAKEN: "Somebody else was enrolled in this course by this reference.";
    ENROLLMENT_EXPIRY_UNSAID: "Say until when: a time, or null for ever.";
    ENROLLMENT_EXPIRY_NOT_AHEAD: "An enrolment ends in the future.";
    ENROLLMENT_REASON_INVALID: "A reason has 1 to 1,000 characters: the person reads it.";
    ENROLLMENT_NOT_SUSPENDED: "This enrolment is not suspended.";
    WAITLIST_NONE: "This course has no waitlist.";
    WAITLIST_NOT_NEEDED: "There are seats: enrol.";
    WAITLIST_NOT_ON_IT: "You are not on the waitlist of this course.";
}
