//! How lists of enrolments are narrowed and ordered.

use async_graphql::{Enum, InputObject};
use chrono::{DateTime, Utc};
use kernel::{CourseId, Error, Result};
use learning::listing;

use super::enums::{EnrollmentSource, EnrollmentStatus};
use crate::graphql::{
    courses::{SortDirection, search_words},
    id::{Id, PersonId},
};

/// Narrows a list of enrolments; what is not given does not narrow, and all that is given has to hold.
#[derive(Clone, Debug, Default, InputObject)]
pub struct EnrollmentFilter {
    /// Those that stand there at this moment.
    pub status: Option<EnrollmentStatus>,
    /// Those of this person: the id of an account or of a public profile.
    pub user_id: Option<Id<PersonId>>,
    /// Those in this course.
    pub course_id: Option<Id<CourseId>>,
    /// Those that came about like this.
    pub source: Option<EnrollmentSource>,
    /// Those whose time ends before this moment; who has the course for ever is left out. With `status: ACTIVE`, those who
    /// have to be reminded.
    pub expires_before: Option<DateTime<Utc>>,
    /// Those of people who have been inactive since this moment: not at the course, or, when they never were, not enrolled
    /// in it since then.
    pub inactive_since: Option<DateTime<Utc>>,
}

/// Narrows the list of a course's learners; what is not given does not narrow, and all that is given has to hold.
#[derive(Clone, Debug, Default, InputObject)]
pub struct LearnerFilter {
    /// Who stands there at this moment.
    pub status: Option<EnrollmentStatus>,
    /// Words in the name of the public profile, capitals or not.
    pub search: Option<String>,
    /// Who has done at least so much of the course, from 0 to 100.
    pub min_progress: Option<f64>,
    /// Who has done at most so much of the course, from 0 to 100.
    pub max_progress: Option<f64>,
    /// Who has finished the course, suspended or not; or who has not.
    pub is_completed: Option<bool>,
    /// Who has been inactive since this moment: not at the course, or, when they never were, not enrolled in it since then.
    pub inactive_since: Option<DateTime<Utc>>,
}

/// What enrolments can be ordered by. Ties are broken by the id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "learning::listing::EnrollmentOrder")]
pub enum EnrollmentSortField {
    /// When the person enrolled.
    Enrolled,
    /// The name of the person's public profile, capitals or not. Who has none comes before the others.
    Name,
    /// How much of the course is done.
    Progress,
    /// When the person was last at it; who never was, when they enrolled.
    LastActive,
}

/// How a list of enrolments is ordered.
#[derive(Clone, Copy, Debug, InputObject)]
pub struct EnrollmentSort {
    /// By what.
    pub field: EnrollmentSortField,
    /// Which end comes first.
    #[graphql(default_with = "SortDirection::Descending")]
    pub direction: SortDirection,
}

impl EnrollmentSort {
    /// Who enrolled last comes first.
    pub fn latest() -> Self {
        Self { field: EnrollmentSortField::Enrolled, direction: SortDirection::Descending }
    }

    /// The order in the words of the domain. By anything but the time, only what is bounded is sorted.
    pub fn of(self, filter: &listing::EnrollmentFilter) -> Result<listing::EnrollmentSort> {
        let is_bounded = filter.course.is_some() || filter.user.is_some();
        if self.field != EnrollmentSortField::Enrolled && !is_bounded {
            let message = "by another field than ENROLLED, only the enrolments in one course or of one person are sorted: \
                           give `courseId` or `userId`";
            return Err(Error::bad_input("sort", message));
        }
        Ok(listing::EnrollmentSort {
            order: self.field.into(),
            is_descending: self.direction == SortDirection::Descending,
        })
    }
}

impl EnrollmentFilter {
    pub fn into_domain(self) -> Result<listing::EnrollmentFilter> {
        Ok(listing::EnrollmentFilter {
            status: self.status.map(Into::into),
            user: self.user_id.map(|id| id.at(&["filter", "userId"])).transpose()?.map(Into::into),
            course: self.course_id.map(|id| id.at(&["filter", "courseId"])).transpose()?,
            source: self.source.map(Into::into),
            expires_before: self.expires_before,
            inactive_since: self.inactive_since,
            ..Default::default()
        })
    }
}

impl LearnerFilter {
    pub fn into_domain(self, course: CourseId) -> Result<listing::EnrollmentFilter> {
        Ok(listing::EnrollmentFilter {
            course: Some(course),
            status: self.status.map(Into::into),
            search: self.search.map(search_words).transpose()?,
            min_progress: self.min_progress.map(|least| percent(least, "minProgress")).transpose()?,
            max_progress: self.max_progress.map(|most| percent(most, "maxProgress")).transpose()?,
            is_completed: self.is_completed,
            inactive_since: self.inactive_since,
            ..Default::default()
        })
    }
}

/// In hundredths.
fn percent(value: f64, field: &'static str) -> Result<i32> {
    if !(0.0..=100.0).contains(&value) {
        let field = vec!["filter".into(), field.into()];
        return Err(Error::BadInput { field, message: "expected a number from 0 to 100".into() });
    }
    Ok((value * 100.0).round() as i32)
}
