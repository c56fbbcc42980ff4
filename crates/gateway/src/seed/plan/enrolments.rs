use learning::{EnrollmentSource, EnrollmentStatus};

use super::{
    super::dice::{DAY, Dice, HOUR, Kind, Seconds, TODAY},
    classes::{Classes, DEMO_COURSES, popularity},
    courses::{Course, VIDEOS},
    people::{Person, STUDENT},
};

#[derive(Clone, Debug, PartialEq)]
pub struct Enrolment {
    pub user: usize,
    pub course: usize,
    pub at: Seconds,
    /// The last access; the time of enrolment when there was none.
    pub last: Seconds,
    pub expires: Option<Seconds>,
    pub status: EnrollmentStatus,
    pub source: EnrollmentSource,
    /// How many videos were seen to the end, from the first on.
    pub seen: usize,
    /// The one after those has been begun.
    pub begun: bool,
}

impl Enrolment {
    pub fn started(&self) -> bool {
        self.seen > 0 || self.begun
    }

    /// How many videos there is something to say about.
    pub fn watched(&self) -> usize {
        self.seen + usize::from(self.begun)
    }

    /// In hundredths of a percent.
    pub fn progress(&self) -> i32 {
        (self.seen * 10_000 / VIDEOS) as i32
    }
}

/// How far the demo student is in the first courses: videos seen, and whether the next one is begun.
const DEMO: [(usize, bool); DEMO_COURSES] = [(VIDEOS, false), (14, true), (5, false), (0, true), (0, false)];

pub fn plan(seed: u64, total: usize, people: &[Person], courses: &[Course]) -> Vec<Enrolment> {
    let mut classes = Classes::new(seed, people.len());
    let mut all = Vec::with_capacity(total);
    for (course, count) in popularity(total, people.len(), courses).into_iter().enumerate() {
        for user in classes.fill(course, courses[course].teacher, count) {
            let dice = Dice::new(seed, Kind::Enrollment, all.len());
            all.push(enrolment(dice, (user, &people[user]), (course, &courses[course])));
        }
    }
    all
}

fn enrolment(mut dice: Dice, (user, person): (usize, &Person), (row, course): (usize, &Course)) -> Enrolment {
    let open = course.published.unwrap_or(course.created);
    let at = dice.between(person.joined.max(open), TODAY - 3 * DAY);
    let (seen, begun) = match DEMO.get(row) {
        Some(far) if user == STUDENT => *far,
        _ => far(&mut dice),
    };
    let last = if seen > 0 || begun { dice.between(at + HOUR, TODAY - HOUR) } else { at };
    let source = match dice.between(0, 9) {
        _ if course.price.amount == 0 => EnrollmentSource::SelfService,
        0 => EnrollmentSource::Grant,
        _ => EnrollmentSource::Purchase,
    };
    let status = match dice.between(0, 99) {
        _ if seen == VIDEOS => EnrollmentStatus::Completed,
        _ if user == STUDENT => EnrollmentStatus::Active,
        0..8 => EnrollmentStatus::Dropped,
        8..12 => EnrollmentStatus::Expired,
        _ => EnrollmentStatus::Active,
    };
    let expires = match (status, source) {
        (EnrollmentStatus::Expired, _) => Some(dice.between(last, TODAY)),
        (EnrollmentStatus::Active, EnrollmentSource::Grant) => Some(TODAY + 365 * DAY),
        _ => None,
    };
    Enrolment { user, course: row, at, last, expires, status, source, seen, begun }
}

/// Two videos on average: many never start, most of the others stop early, one in twenty sees all.
fn far(dice: &mut Dice) -> (usize, bool) {
    match dice.between(0, 99) {
        0..35 => (0, false),
        35..60 => (0, true),
        60..90 => (1, false),
        90..95 => (dice.between(2, 7) as usize, dice.percent(50)),
        _ => (VIDEOS, false),
    }
}
