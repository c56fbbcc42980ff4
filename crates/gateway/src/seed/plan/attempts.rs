use super::{
    super::dice::{Dice, HOUR, Kind, MINUTE, Seconds, TODAY},
    School,
    courses::QUIZZES,
    spread::Spread,
};

pub const QUESTIONS: usize = 10;
/// The last quiz of a course is its final, and the final's last question an essay.
pub const FINAL: usize = QUIZZES - 1;

/// The most enrolments of a school that keeps all answers: twice as many answers come of them.
const MOST_KEPT_WHOLE: usize = 20_000;

/// Somebody sat a quiz.
#[derive(Clone, Debug, PartialEq)]
pub struct Attempt {
    pub row: usize,
    pub enrolment: usize,
    pub quiz: usize,
    pub number: i32,
    pub at: Seconds,
    /// In seconds.
    pub taken: Seconds,
    /// Which questions were answered rightly.
    pub right: [bool; QUESTIONS],
    /// The essay is still to be read.
    pub waiting: bool,
}

impl Attempt {
    /// All have their answers kept, so that they can be graded anew; in a school that is large for measuring's sake only every
    /// tenth has: answers would be most of its rows then, and most of the time that it takes to write it.
    pub fn keeps_answers(&self, school: &School) -> bool {
        school.enrolments.len() <= MOST_KEPT_WHOLE || self.row.is_multiple_of(10)
    }

    /// In hundredths of a point; each question is worth one point.
    pub fn score(&self) -> i32 {
        100 * self.right.iter().map(|right| i32::from(*right)).sum::<i32>()
    }

    /// In hundredths of a percent.
    pub fn percentage(&self) -> i32 {
        self.score() * 100 / QUESTIONS as i32
    }

    pub fn passed(&self) -> bool {
        !self.waiting && self.percentage() >= PASSING[self.quiz]
    }
}

/// In hundredths of a percent.
pub const PASSING: [i32; QUIZZES] = [6_000, 7_000, 7_000];

/// In minutes.
pub fn time_limit(quiz: usize) -> Option<i32> {
    [None, Some(20), Some(45)][quiz]
}

/// One attempt for every five enrolments; every fourth learner who sits a quiz sits it twice.
pub fn attempts(school: &School) -> impl Iterator<Item = Attempt> {
    let wanted = school.enrolments.len() / 5;
    let started = school.enrolments.iter().filter(|it| it.started()).count();
    let mut spread = Spread::new(wanted - wanted / 5, started);
    let sitters =
        school.enrolments.iter().enumerate().filter(move |(_, enrolment)| enrolment.started() && spread.takes_next());
    sitters
        .enumerate()
        .flat_map(|(sitter, (enrolment, _))| {
            let times = if sitter % 4 == 3 { 2 } else { 1 };
            (1..=times).map(move |number| (sitter, enrolment, number, times))
        })
        .enumerate()
        .map(|(row, (sitter, enrolment, number, times))| {
            // Whoever comes back has learned something.
            let skill = match (number, times) {
                (1, 2) => 45,
                (2, _) => 90,
                _ => 80,
            };
            attempt(school, row, (sitter, enrolment), (number, skill))
        })
}

fn attempt(school: &School, row: usize, (sitter, enrolment): (usize, usize), (number, skill): (i32, i64)) -> Attempt {
    let mut dice = Dice::new(school.seed, Kind::Attempt, row);
    let (from, quiz) = (school.enrolments[enrolment].at, sitter % QUIZZES);
    // The second attempt lies in the second half of the time since.
    let half = (TODAY - HOUR - from) / 2;
    let from = from + half * Seconds::from(number - 1);
    let mut right = [false; QUESTIONS];
    for answer in &mut right {
        *answer = dice.percent(skill);
    }
    let waiting = quiz == FINAL && dice.percent(10);
    right[QUESTIONS - 1] &= !waiting;
    Attempt {
        row,
        enrolment,
        quiz,
        number,
        at: dice.between(from, from + half - HOUR),
        taken: dice.between(4 * MINUTE, 19 * MINUTE),
        right,
        waiting,
    }
}
