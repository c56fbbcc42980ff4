//! On which terms a course has a tutor.

use kernel::{AuditRecord, CourseId, Result, Tx};
use sea_orm::{ActiveEnum, ColumnTrait, ConnectionTrait, QueryFilter, Set, sea_query::Expr};

use crate::{
    Restriction,
    tutor_policy::{ActiveModel, Column, Entity},
};

/// What the tutor does during attempts, and who reads along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    pub during_attempts: Restriction,
    pub is_open_to_staff: bool,
}

impl Default for Terms {
    /// Nobody reads along, and nobody is helped where it counts.
    fn default() -> Self {
        Self { during_attempts: Restriction::Blocked, is_open_to_staff: false }
    }
}

/// What to change of it.
#[derive(Clone, Copy, Debug, Default)]
pub struct TermsChange {
    pub during_attempts: Option<Restriction>,
    pub is_open_to_staff: Option<bool>,
}

/// The terms of a course, whoever asks.
pub async fn terms_of(db: &impl ConnectionTrait, course: CourseId) -> Result<Terms> {
    use kernel::Live;
    let found = Entity::live().filter(Column::CourseId.eq(course)).one(db).await?;
    Ok(found.map_or_else(Terms::default, |row| Terms {
        during_attempts: row.during_attempts,
        is_open_to_staff: row.is_open_to_staff,
    }))
}

/// Says on which terms a course has a tutor. Who may read what was said before stays as it was.
pub async fn set_terms(tx: &mut Tx, course: CourseId, change: TermsChange) -> Result<Terms> {
    let permit = courses::edit(tx, course).await?;
    let before = terms_of(&tx.conn, course).await?;
    let after = Terms {
        during_attempts: change.during_attempts.unwrap_or(before.during_attempts),
        is_open_to_staff: change.is_open_to_staff.unwrap_or(before.is_open_to_staff),
    };
    let sets = vec![
        (Column::DuringAttempts, Expr::val(after.during_attempts)),
        (Column::IsOpenToStaff, Expr::val(after.is_open_to_staff)),
    ];
    // The course is locked: nobody else adds the row meanwhile.
    if tx.change_where::<_, _, Entity>(&permit, Column::CourseId.eq(course), sets).await? == 0 {
        let row = ActiveModel {
            id: Set(tx.new_id()?),
            course_id: Set(course),
            during_attempts: Set(after.during_attempts),
            is_open_to_staff: Set(after.is_open_to_staff),
            ..Default::default()
        };
        tx.insert(&permit, row).await?;
    }
    let record = AuditRecord::new("course.tutor_policy_set", course)
        .change("duringAttempts", before.during_attempts.to_value(), after.during_attempts.to_value())
        .change("isOpenToStaff", before.is_open_to_staff, after.is_open_to_staff);
    tx.record(record).await?;
    Ok(after)
}

/// A copy of a course has a tutor on the same terms.
pub async fn copy_terms(tx: &mut Tx, from: CourseId, to: CourseId) -> Result<()> {
    let Terms { during_attempts, is_open_to_staff } = terms_of(&tx.conn, from).await?;
    if terms_of(&tx.conn, to).await? != (Terms { during_attempts, is_open_to_staff }) {
        let all = TermsChange { during_attempts: Some(during_attempts), is_open_to_staff: Some(is_open_to_staff) };
        set_terms(tx, to, all).await?;
    }
    Ok(())
}
