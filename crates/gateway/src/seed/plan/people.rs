use courses::slug_of;
use kernel::UserId;

use super::super::{
    DEMO_LOGINS,
    dice::{DAY, Dice, HOUR, Kind, OPENED, Seconds, TODAY},
    words::names,
};

pub const ADMIN: usize = 0;
pub const TEACHER: usize = 1;
pub const STUDENT: usize = 2;

/// Those who can be signed in as are always there, and so is a second instructor.
const FEWEST: usize = 4;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Admin,
    Instructor,
    Student,
}

#[derive(Debug, PartialEq)]
pub struct Person {
    pub id: UserId,
    pub part: Part,
    pub email: String,
    pub full_name: String,
    pub display_name: String,
    pub username: Option<String>,
    pub joined: Seconds,
    /// When last.
    pub seen: Seconds,
}

impl Person {
    /// Takes a course.
    pub fn is_busy(&self) -> bool {
        self.seen > self.joined + HOUR
    }
}

pub fn plan(seed: u64, count: usize) -> Vec<Person> {
    let count = count.max(FEWEST);
    // The teacher is one of them.
    let last_instructor = STUDENT + (count / 20).max(2) - 1;
    (0..count)
        .map(|row| {
            let part = match row {
                ADMIN => Part::Admin,
                TEACHER => Part::Instructor,
                STUDENT => Part::Student,
                _ if row <= last_instructor => Part::Instructor,
                _ => Part::Student,
            };
            person(Dice::new(seed, Kind::User, row), row, part)
        })
        .collect()
}

fn person(mut dice: Dice, row: usize, part: Part) -> Person {
    let joined = match (row, part) {
        (ADMIN, _) => OPENED,
        (TEACHER, _) => OPENED + DAY,
        (STUDENT, _) => TODAY - 270 * DAY,
        (_, Part::Student) => dice.between(OPENED + 30 * DAY, TODAY - 7 * DAY),
        _ => dice.between(OPENED + 2 * DAY, OPENED + 180 * DAY),
    };
    let seen = if part == Part::Admin { TODAY - HOUR } else { joined + HOUR };
    let id = dice.id(joined);
    let Some((full_name, display_name)) = known(row) else {
        let name = names::name(&mut dice);
        let latin = format!("{}.{}{row}", slug_of(name.given), slug_of(name.family));
        return Person {
            id,
            part,
            email: format!("{latin}@example.org"),
            display_name: displayed(&mut dice, &name),
            full_name: name.full,
            username: dice.percent(40).then_some(latin),
            joined,
            seen,
        };
    };
    Person {
        id,
        part,
        email: DEMO_LOGINS[row].1.into(),
        full_name: full_name.into(),
        display_name: display_name.into(),
        username: Some(slug_of(display_name)),
        joined,
        seen,
    }
}

/// Those who can be signed in as.
fn known(row: usize) -> Option<(&'static str, &'static str)> {
    [("Ada Moreau", "Ada"), ("Tomás Herrera", "Tomás"), ("Mina Sato", "Mina")].get(row).copied()
}

fn displayed(dice: &mut Dice, name: &names::Name) -> String {
    if dice.percent(60) { name.given.into() } else { name.full.clone() }
}
