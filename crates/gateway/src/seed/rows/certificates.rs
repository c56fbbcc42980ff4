use learning::{certificate, certificates::serial_of};
use sea_orm::Set;

use super::{
    super::{
        dice::{Dice, Kind, MINUTE, time},
        plan::{School, courses::VIDEOS},
        publishing::Versions,
    },
    Dated,
    learning::enrollment_id,
};

pub fn certificates<'a>(
    school: &'a School,
    versions: &'a Versions,
) -> impl Iterator<Item = Dated<certificate::ActiveModel>> + 'a {
    let all = school.enrolments.iter().enumerate();
    all.filter(|(_, enrolment)| enrolment.seen == VIDEOS).map(move |(row, enrolment)| {
        let course = school.course_of(enrolment);
        let person = &school.people[enrolment.user];
        let at = enrolment.last + MINUTE;
        let mut dice = Dice::new(school.seed, Kind::Certificate, row);
        let model = certificate::ActiveModel {
            id: Set(dice.id(at)),
            enrollment_id: Set(enrollment_id(school, row, enrolment)),
            user_id: Set(person.id),
            course_id: Set(course.id),
            course_version_id: Set(versions.get(&course.id).copied()),
            serial: Set(serial_of(dice.bits())),
            recipient_name: Set(person.full_name.clone()),
            course_title: Set(course.source.title()),
            instructor_name: Set(school.people[course.teacher].full_name.clone()),
            institution_name: Set("Lectern".into()),
            duration: Set(course.duration()),
            issued_at: Set(time(at)),
            completed_at: Set(time(enrolment.last)),
            revoked_at: Set(None),
            revoked_reason: Set(String::new()),
            ..Default::default()
        };
        (at, model)
    })
}
