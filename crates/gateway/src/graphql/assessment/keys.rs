//! What is loaded of quizzes.

use std::collections::HashMap;

use assessment::{
    AccommodationRow, AttemptRow, BankRow, DrawRow, QuestionRow, QuizRow, QuizVersionDetails, QuizVersionRow,
    accommodating::{self, accommodations_of_quizzes, count_accommodations_of_quizzes},
    attempting::{self, QuizGrade, Sheet},
    banking::{self, banks_of_courses, count_banks_of_courses, count_questions_of_banks, questions_of_banks},
    hand_grading::{self, ScoreOverride},
    reading::{
        self, attempts_of_quizzes, attempts_of_users, count_attempts_of_quizzes, count_attempts_of_users,
        count_own_attempts_of_quizzes, count_quizzes_of_courses, own_attempts_of_quizzes, quizzes_of_courses,
    },
    regrading::{
        self, RegradeRow, RegradedAttemptRow, attempts_of_regrades, count_attempts_of_regrades,
        count_regrades_of_quizzes, regrades_of_quizzes,
    },
    versions::{self, count_versions_of_quizzes, versions_of_quizzes},
};
use chrono::{DateTime, Utc};
use kernel::{
    AccommodationId, AnswerId, AttemptId, BankId, CourseId, DrawId, QuestionId, QuizId, QuizVersionId, RegradeId,
    SectionId, UserId, Viewer,
};
use sea_orm::ConnectionTrait;

use crate::graphql::keys::{edge, key};

key! {
    /// A quiz.
    QuizById: QuizId => QuizRow, reading::quizzes
}
key! {
    /// A section's quizzes.
    QuizzesOfSection: SectionId => Vec<QuizRow>, reading::quizzes_of_sections
}
key! {
    /// A question, with its key.
    QuestionById: QuestionId => QuestionRow, reading::questions
}
key! {
    /// A quiz's questions, with their keys.
    QuestionsOfQuiz: QuizId => Vec<QuestionRow>, reading::questions_of_quizzes
}
key! {
    /// How many questions a quiz has.
    QuestionCountOfQuiz: QuizId => i64, question_counts
}
key! {
    /// An attempt.
    AttemptById: AttemptId => AttemptRow, reading::attempts
}
key! {
    /// A question bank.
    BankById: BankId => BankRow, banking::banks
}
key! {
    /// A place for drawn questions.
    DrawById: DrawId => DrawRow, banking::draws
}
key! {
    /// A quiz's places for drawn questions.
    DrawsOfQuiz: QuizId => Vec<DrawRow>, banking::draws_of_quizzes
}
key! {
    /// A version of a quiz.
    QuizVersionById: QuizVersionId => QuizVersionRow, versions::versions
}
key! {
    /// What a version of a quiz holds.
    DetailsOfQuizVersion: QuizVersionId => QuizVersionDetails, versions::version_details
}
key! {
    /// What lies before who makes an attempt.
    SheetOfAttempt: AttemptId => Sheet, attempting::papers
}
key! {
    /// How many questions of an attempt are answered.
    AnsweredCountOfAttempt: AttemptId => i64, reading::answered_counts
}
key! {
    /// What the viewer has of a quiz over all attempts.
    GradeOfViewer: QuizId => QuizGrade, attempting::own_grades
}
key! {
    /// What is granted to somebody at a quiz.
    AccommodationById: AccommodationId => AccommodationRow, accommodating::accommodations
}
key! {
    /// What the viewer is granted at a quiz.
    AccommodationOfViewer: QuizId => AccommodationRow, accommodating::own_accommodations
}
key! {
    /// What was set instead of what an attempt earned.
    OverrideOfAttempt: AttemptId => ScoreOverride, hand_grading::overrides_of_attempts
}
key! {
    /// Who is at an answer, and until when.
    ClaimOfAnswer: AnswerId => (Option<UserId>, DateTime<Utc>), hand_grading::claims_of_answers
}
key! {
    /// A regrade of a quiz.
    RegradeById: RegradeId => RegradeRow, regrading::regrades
}
key! {
    /// The regrade that takes another one back.
    UndoOfRegrade: RegradeId => RegradeRow, regrading::undone_by
}
key! {
    /// What regrades made of an attempt, and why.
    RegradesOfAttempt: AttemptId => Vec<(RegradedAttemptRow, String)>, regrading::regrades_of_attempts
}
edge! {
    /// A quiz's regrades.
    RegradesOfQuiz, RegradeCountOfQuiz: QuizId => RegradeRow, regrades_of_quizzes, count_regrades_of_quizzes
}
edge! {
    /// What a regrade made of attempts.
    AttemptsOfRegrade, AttemptCountOfRegrade: RegradeId => RegradedAttemptRow, attempts_of_regrades, count_attempts_of_regrades
}
edge! {
    /// The viewer's own attempts at a quiz.
    AttemptsOfViewer, AttemptCountOfViewer: QuizId => AttemptRow, own_attempts_of_quizzes, count_own_attempts_of_quizzes
}
edge! {
    /// What is granted at a quiz.
    AccommodationsOfQuiz, AccommodationCountOfQuiz: QuizId => AccommodationRow, accommodations_of_quizzes, count_accommodations_of_quizzes
}
edge! {
    /// A course's question banks.
    BanksOfCourse, BankCountOfCourse: CourseId => BankRow, banks_of_courses, count_banks_of_courses
}
edge! {
    /// A bank's questions, with their keys.
    QuestionsOfBank, QuestionCountOfBank: BankId => QuestionRow, questions_of_banks, count_questions_of_banks
}
edge! {
    /// A quiz's versions.
    VersionsOfQuiz, VersionCountOfQuiz: QuizId => QuizVersionRow, versions_of_quizzes, count_versions_of_quizzes
}
edge! {
    /// A course's quizzes.
    QuizzesOfCourse, QuizCountOfCourse: CourseId => QuizRow, quizzes_of_courses, count_quizzes_of_courses
}
edge! {
    /// A person's attempts.
    AttemptsOfUser, AttemptCountOfUser: UserId => AttemptRow, attempts_of_users, count_attempts_of_users
}
edge! {
    /// The attempts at a quiz.
    AttemptsOfQuiz, AttemptCountOfQuiz: QuizId => AttemptRow, attempts_of_quizzes, count_attempts_of_quizzes
}

/// Asked only of quizzes that have been loaded, and so may be seen.
async fn question_counts(
    db: &impl ConnectionTrait,
    _: &Viewer,
    quizzes: &[QuizId],
) -> kernel::Result<HashMap<QuizId, i64>> {
    reading::question_counts(db, quizzes).await
}
