//! What an author may have forgotten of a quiz.

kernel::rules! {
    QUIZ_WITHOUT_DESCRIPTION: "The quiz says nothing of itself.";
    QUIZ_QUESTION_UNEXPLAINED: "Learners will be shown what is right, but a question has no explanation.";
    QUIZ_COURSE_UNPUBLISHED: "Nobody sees the quiz before its course is published.";
    QUIZ_SECTION_UNPUBLISHED: "Nobody sees the quiz before its section is published.";
}
