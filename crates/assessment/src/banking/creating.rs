use courses::edit;
use kernel::{AuditRecord, CourseId, EntityId, Live, Result, Tx};
use sea_orm::{ColumnTrait, PaginatorTrait, QueryFilter, Set};

use super::{check, now};
use crate::{
    BankRow,
    question_bank::{ActiveModel, Column, Entity},
    rules::BANK_TOO_MANY,
    wording::clean,
};

/// A bank to be.
#[derive(Clone, Debug)]
pub struct NewBank {
    pub course: CourseId,
    pub name: String,
    pub description: String,
}

const MOST_BANKS: u64 = 200;

/// Adds an empty bank to a course.
pub async fn create_bank(tx: &mut Tx, new: NewBank) -> Result<BankRow> {
    let permit = edit(tx, new.course).await?;
    let (name, description) = (clean(&new.name), clean(&new.description));
    check(Some(&name), Some(&description))?;
    if Entity::live().filter(Column::CourseId.eq(new.course)).count(&tx.conn).await? >= MOST_BANKS {
        return Err(BANK_TOO_MANY.at("courseId").into());
    }
    let row = ActiveModel {
        id: Set(tx.new_id()?),
        course_id: Set(new.course),
        name: Set(name),
        description: Set(description),
        version: Set(1),
        ..Default::default()
    };
    let bank = tx.insert(&permit, row).await?;
    let record = AuditRecord::new("question_bank.created", bank.id).with("courseId", new.course.to_wire());
    tx.record(record.with("name", &*bank.name)).await?;
    now(tx, bank.id).await
}
