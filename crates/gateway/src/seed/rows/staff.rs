use courses::{StaffRole, course_prerequisite, course_staff};
use kernel::UserId;
use sea_orm::Set;

use super::{
    super::{
        dice::{Dice, HOUR, Kind, Seconds, TODAY},
        plan::{
            School,
            courses::Course,
            people::{Part, STUDENT},
        },
    },
    Dated,
};

/// Some courses have a colleague of the teacher's on their staff, some a student who helps.
pub fn staff(school: &School) -> impl Iterator<Item = Dated<course_staff::ActiveModel>> {
    let (colleagues, students) = (who_are(school, Part::Instructor), who_are(school, Part::Student));
    let courses = school.courses.iter().enumerate();
    courses.flat_map(move |(row, course)| {
        let mut dice = Dice::new(school.seed, Kind::Staff, row * 2);
        let role = if dice.percent(50) { StaffRole::Instructor } else { StaffRole::Editor };
        let colleague = member(school, dice, course, &colleagues, role);
        let dice = Dice::new(school.seed, Kind::Staff, row * 2 + 1);
        colleague.into_iter().chain(member(school, dice, course, &students, StaffRole::Assistant))
    })
}

/// The demo student is a student everywhere.
fn who_are(school: &School, part: Part) -> Vec<usize> {
    (0..school.people.len()).filter(|at| *at != STUDENT && school.people[*at].part == part).collect()
}

fn member(
    school: &School,
    mut dice: Dice,
    course: &Course,
    people: &[usize],
    role: StaffRole,
) -> Option<Dated<course_staff::ActiveModel>> {
    let at = *people.get(dice.below(people.len()))?;
    if at == course.teacher || !dice.percent(30) {
        return None;
    }
    let person = &school.people[at];
    let since = (course.created.max(person.joined) + HOUR).min(TODAY);
    Some((since, row(&dice, course, person.id, role, since)))
}

fn row(dice: &Dice, course: &Course, user: UserId, role: StaffRole, since: Seconds) -> course_staff::ActiveModel {
    course_staff::ActiveModel {
        id: Set(dice.id(since)),
        course_id: Set(course.id),
        user_id: Set(user),
        role: Set(role),
        ..Default::default()
    }
}

/// Every fourth course asks for the two before it, which ask for none of those after them.
pub fn prerequisites(school: &School) -> impl Iterator<Item = course_prerequisite::ActiveModel> {
    let courses = school.courses.windows(3).enumerate().filter(|(row, _)| row % 4 == 1);
    courses.flat_map(|(_, courses)| {
        let link = |(order, before): (i32, &Course)| course_prerequisite::ActiveModel {
            course_id: Set(courses[2].id),
            prerequisite_id: Set(before.id),
            order: Set(order),
        };
        (0..).zip(&courses[..2]).map(link).collect::<Vec<_>>()
    })
}
