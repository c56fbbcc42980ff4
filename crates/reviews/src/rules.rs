//! What must hold of reviews.

kernel::rules! {
    REVIEW_EXISTS: "You have reviewed this course already: change that review, or delete it first.";
    REVIEW_RATING_INVALID: "A rating is 1 to 5 stars.";
    REVIEW_TITLE_INVALID: "A review's title is one line of at most 255 characters.";
    REVIEW_COMMENT_INVALID: "A review has at most 5,000 characters, none of them a control character but line breaks and tabs.";
    REVIEW_NEEDS_ENROLLMENT: "Only who learns in a course reviews it, or who did until their time was over; who left does not.";
    REVIEW_WHILE_SUSPENDED: "You are suspended from this course: you review it when that is over.";
    REVIEW_NEEDS_PROGRESS: "Do a little more of the course before you review it.";
    REVIEW_BY_STAFF: "Who works on a course neither reviews it nor votes on its reviews.";
    REVIEW_IS_OWN: "Nobody votes on a review of their own, or reports it.";
    REVIEW_HIDDEN: "A moderator has hidden this review.";
    REVIEW_NOT_HIDDEN: "This review is not hidden.";
    REVIEW_NOT_REPORTED: "There are no reports on this review that could be dismissed.";
    REVIEW_REPORT_EXISTS: "You have reported this review already.";
    REVIEW_REPORT_INVALID: "A report has at most 1,000 characters, none of them a control character; for `OTHER`, say what is wrong.";
    REVIEW_REASON_INVALID: "Give a reason of at most 1,000 characters, none of them a control character.";
    REVIEW_MODERATOR_PARTIAL: "Nobody moderates a review of their own, or of a course that they work on.";
    REVIEW_REPLY_EXISTS: "There is a reply to this review already: change that one.";
    REVIEW_REPLY_INVALID: "A reply has 1 to 5,000 characters, none of them a control character but line breaks and tabs.";
}
