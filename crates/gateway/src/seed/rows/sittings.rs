//! Who sat which quiz, and what they answered.

use assessment::{AttemptStatus, QuestionType, quiz_answer, quiz_attempt};
use kernel::AttemptId;
use sea_orm::Set;

use super::{
    super::{
        dice::{Dice, Kind, MINUTE, Seconds, time},
        plan::{
            School,
            attempts::{Attempt, QUESTIONS, attempts, time_limit},
        },
        words::questions::right_answer,
    },
    Dated,
    quizzes::{question_id, questions_of},
};

pub fn quiz_attempts(school: &School) -> impl Iterator<Item = Dated<quiz_attempt::ActiveModel>> {
    attempts(school).map(|attempt| {
        let enrolment = &school.enrolments[attempt.enrolment];
        let quiz = school.course_of(enrolment).quizzes[attempt.quiz];
        let limit = time_limit(attempt.quiz).map(Seconds::from);
        let mut dice = Dice::new(school.seed, Kind::Attempt, attempt.row);
        let model = quiz_attempt::ActiveModel {
            id: Set(id(school, &attempt)),
            user_id: Set(school.people[enrolment.user].id),
            quiz_id: Set(quiz),
            attempt_number: Set(attempt.number),
            status: Set(if attempt.waiting { AttemptStatus::Submitted } else { AttemptStatus::Graded }),
            started_at: Set(time(attempt.at)),
            expires_at: Set(limit.map(|limit| time(attempt.at + limit * MINUTE))),
            completed_at: Set(Some(time(attempt.at + attempt.taken))),
            score: Set(attempt.score()),
            percentage: Set(attempt.percentage()),
            is_passed: Set(attempt.passed()),
            max_score: Set(100 * QUESTIONS as i32),
            time_taken: Set(attempt.taken as i32),
            quiz_version: Set(1),
            seed: Set(dice.between(0, i64::from(i32::MAX))),
            ..Default::default()
        };
        (attempt.at, model)
    })
}

fn id(school: &School, attempt: &Attempt) -> AttemptId {
    Dice::new(school.seed, Kind::Attempt, attempt.row).id(attempt.at)
}

pub fn quiz_answers(school: &School) -> impl Iterator<Item = Dated<quiz_answer::ActiveModel>> {
    attempts(school).filter(|attempt| attempt.keeps_answers(school)).flat_map(|attempt| answers(school, &attempt))
}

fn answers(school: &School, attempt: &Attempt) -> Vec<Dated<quiz_answer::ActiveModel>> {
    let course = school.enrolments[attempt.enrolment].course;
    let questions = questions_of(school, course, attempt.quiz).into_iter().enumerate();
    let answers = questions.map(|(at, question)| {
        // One after the other.
        let steps = QUESTIONS as Seconds + 1;
        let saved = attempt.at + attempt.taken * (at as Seconds + 1) / steps;
        let waiting = attempt.waiting && at + 1 == QUESTIONS;
        // A person has read it, or will.
        let by_hand = question.kind == QuestionType::Essay;
        let dice = Dice::new(school.seed, Kind::Answer, attempt.row * QUESTIONS + at);
        let model = quiz_answer::ActiveModel {
            id: Set(dice.id(saved)),
            attempt_id: Set(id(school, attempt)),
            question_id: Set(question_id(school, course, attempt.quiz, at)),
            answer: Set(if attempt.right[at] { right_answer(&question) } else { question.wrong }),
            client_sequence: Set(at as i64 + 1),
            saved_at: Set(time(saved)),
            points: Set((!waiting).then_some(i32::from(attempt.right[at]) * 100)),
            needs_person: Set(by_hand),
            is_manual: Set(by_hand && !waiting),
            ..Default::default()
        };
        (saved, model)
    });
    answers.collect()
}
