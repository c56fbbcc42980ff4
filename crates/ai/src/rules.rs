//! What must hold of the tutor.

kernel::rules! {
    AI_UNAVAILABLE: "The language model is not available at the moment: try again later.";
    BUDGET_EXCEEDED: "There are not enough tokens left for this.";
    AI_BUDGET_INVALID: "A budget is from 0 to 2,000,000,000 tokens.";
    AI_BUDGET_ABOVE_SCHOOL: "Only who manages all courses gives a course more than the school's settings do.";
    SUGGESTION_COUNT_INVALID: "From 1 to 20 questions are suggested at a time.";
    SUGGESTIONS_UNDERWAY: "Questions for this course are being made already: wait for them.";
    SUGGESTIONS_NOTHING: "There is nothing in these texts that a question could be made of, or nothing that was not proposed before.";
    SUGGESTIONS_UNREADABLE: "The language model's answer holds no question that can be used.";
    SUGGESTION_DECIDED: "This suggestion has been accepted or rejected already.";
    SUGGESTION_QUIZ_ELSEWHERE: "The quiz is of another course than the suggestion.";
    TUTOR_MESSAGE_INVALID: "A message has 1 to 2,000 characters.";
    TUTOR_BLOCKED: "The tutor of this course does not answer while you sit a quiz that counts.";
    TUTOR_BUSY: "The tutor is still answering in this conversation.";
    TUTOR_CONVERSATION_FULL: "This conversation has 200 messages: begin another one.";
    TUTOR_NOT_ANSWERED: "Only an answer that has come to its end is rated.";
    TUTOR_COMMENT_INVALID: "A comment has at most 1,000 characters.";
}
