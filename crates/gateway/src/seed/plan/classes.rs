//! Who takes which course.

use courses::CourseStatus;

use super::{
    super::dice::{Dice, Kind},
    courses::Course,
    people::{ADMIN, STUDENT},
    share::shares,
};

/// The demo student takes the first ones.
pub const DEMO_COURSES: usize = 5;

/// How many take each course: the n-th about 1/n of what the first has. Everybody but the administrator and its teacher
/// can.
pub fn popularity(total: usize, people: usize, courses: &[Course]) -> Vec<usize> {
    const UNIT: usize = 1_000_000;
    let head = courses.len() / 40 + 2;
    let weights = courses.iter().enumerate().map(|(row, course)| {
        let weight = UNIT / (row + head) + 1;
        match course.status {
            CourseStatus::Published => weight,
            CourseStatus::Draft => 0,
            CourseStatus::Unpublished | CourseStatus::Archived => weight / 4,
        }
    });
    shares(total, &weights.collect::<Vec<_>>(), people - 2)
}

/// Draws the members of one class after the other.
pub struct Classes {
    seed: u64,
    people: usize,
    /// The last course that the person was taken into.
    taken: Vec<usize>,
}

impl Classes {
    pub fn new(seed: u64, people: usize) -> Self {
        Self { seed, people, taken: vec![usize::MAX; people] }
    }

    /// As many people as wanted, all of them different.
    pub fn fill(&mut self, course: usize, teacher: usize, count: usize) -> Vec<usize> {
        self.taken[ADMIN] = course;
        self.taken[teacher] = course;
        let mut dice = Dice::new(self.seed, Kind::Class, course);
        let mut class = Vec::with_capacity(count);
        if course < DEMO_COURSES && count > 0 {
            self.take(course, STUDENT, &mut class);
        }
        if count * 2 > self.people {
            let mut rest: Vec<usize> = (0..self.people).filter(|user| self.taken[*user] != course).collect();
            let missing = count - class.len();
            dice.shuffle_first(&mut rest, missing);
            class.extend(rest.into_iter().take(missing));
            return class;
        }
        while class.len() < count {
            // Those who came first take more courses.
            let user = dice.early(self.people);
            self.take(course, user, &mut class);
        }
        class
    }

    fn take(&mut self, course: usize, user: usize, class: &mut Vec<usize>) {
        if self.taken[user] != course {
            self.taken[user] = course;
            class.push(user);
        }
    }
}
