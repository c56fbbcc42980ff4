//! The facts of the school, all of which fit into memory: who is there, who teaches what, who takes it, who liked it.
//! Rows are made from them later, a few at a time.

pub mod attempts;
mod classes;
pub mod courses;
pub mod enrolments;
mod materials;
pub mod people;
mod pricing;
pub mod reviews;
mod share;
mod spread;
mod titles;

use self::{
    courses::{Counts, Course},
    enrolments::Enrolment,
    people::Person,
    reviews::Review,
};
use super::Size;

pub struct School {
    pub seed: u64,
    pub people: Vec<Person>,
    pub courses: Vec<Course>,
    pub enrolments: Vec<Enrolment>,
    pub reviews: Vec<Review>,
    /// The kind of store that has a sample of each kind of file; none when the files are as made up as all the rest.
    pub samples_in: Option<&'static str>,
}

impl School {
    pub fn plan(size: &Size) -> Self {
        let seed = size.seed;
        let mut people = people::plan(seed, size.users);
        let mut courses = courses::plan(seed, size.courses, &people);
        let enrolments = enrolments::plan(seed, size.enrollments, &people, &courses);
        let reviews = reviews::plan(seed, &courses, &enrolments);
        for enrolment in &enrolments {
            let person = &mut people[enrolment.user];
            person.seen = person.seen.max(enrolment.last);
            courses[enrolment.course].counts.count(enrolment);
        }
        for review in &reviews {
            let course = enrolments[review.enrolment].course;
            courses[course].counts.stars[usize::from(review.stars) - 1] += 1;
        }
        Self { seed, people, courses, enrolments, reviews, samples_in: None }
    }

    pub fn course_of(&self, enrolment: &Enrolment) -> &Course {
        &self.courses[enrolment.course]
    }
}

impl Counts {
    fn count(&mut self, enrolment: &Enrolment) {
        use learning::EnrollmentStatus::{Active, Completed};
        self.learners += i32::from(matches!(enrolment.status, Active | Completed));
        self.completed += i32::from(enrolment.status == Completed);
    }
}
