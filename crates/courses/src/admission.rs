//! How many people a course takes in, and on which terms.

use kernel::{Check, CourseId, Result, Tx};
use sea_orm::{ActiveValue, Set};

use crate::{
    course::{ActiveModel, Model},
    rules::{COURSE_ACCESS_DAYS_INVALID, COURSE_CAPACITY_INVALID, COURSE_OFFER_HOURS_INVALID},
    taught::edit,
    trail::changes,
};

/// What to change of it: `None` leaves a thing as it is, `Some(None)` takes the limit away.
#[derive(Clone, Debug, Default)]
pub struct Admission {
    /// How many enrolments there is room for.
    pub capacity: Option<Option<i32>>,
    pub has_waitlist: Option<bool>,
    /// How long a seat is kept for who waited for it.
    pub offer_hours: Option<i32>,
    /// How long one has the course from the day on that one enrols.
    pub access_days: Option<Option<i32>>,
}

const MOST_SEATS: i32 = 1_000_000;
const MOST_HOURS: i32 = 720;
const MOST_DAYS: i32 = 36_500;

/// Says on which terms the course takes people in. Those who are in stay: their seats are theirs, and so is their time.
pub async fn set_admission(tx: &mut Tx, course: CourseId, wanted: Admission) -> Result<Model> {
    wanted.check()?;
    let permit = edit(tx, course).await?;
    let (before, version) = (permit.course.clone(), permit.version + 1);
    let after: Model = tx
        .update(permit, |row: &mut ActiveModel| {
            *row = ActiveModel {
                id: row.id.clone(),
                version: Set(version),
                capacity: set(wanted.capacity),
                has_waitlist: set(wanted.has_waitlist),
                offer_hours: set(wanted.offer_hours),
                access_days: set(wanted.access_days),
                ..Default::default()
            };
        })
        .await?;
    tx.record(changes("course.enrollment_policy_set", &before, &after)).await?;
    Ok(after)
}

fn set<T: Into<sea_orm::Value>>(value: Option<T>) -> ActiveValue<T> {
    value.map_or(ActiveValue::NotSet, Set)
}

impl Admission {
    fn check(&self) -> Result<()> {
        let mut check = Check::new();
        let fits =
            |value: Option<i32>, least: i32, most: i32| value.is_none_or(|value| (least..=most).contains(&value));
        check.require(fits(self.capacity.flatten(), 0, MOST_SEATS), COURSE_CAPACITY_INVALID.at("capacity"));
        check.require(fits(self.offer_hours, 1, MOST_HOURS), COURSE_OFFER_HOURS_INVALID.at("offerHours"));
        check.require(fits(self.access_days.flatten(), 1, MOST_DAYS), COURSE_ACCESS_DAYS_INVALID.at("accessDays"));
        check.done()
    }
}
