use kernel::{AuditRecord, BankId, Result, Tx};
use sea_orm::{ColumnTrait, sea_query::Expr};

use super::{check, now};
use crate::{
    BankRow,
    authoring::{Edited, open_bank},
    question_bank::{Column, Entity},
    wording::clean,
};

/// What to change of a bank; `None` leaves a field as it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BankChange {
    pub name: Option<String>,
    pub description: Option<String>,
}

/// Changes what a bank is called. With an expected version that is not the current one nothing is changed.
pub async fn update_bank(
    tx: &mut Tx,
    id: BankId,
    expected: Option<i32>,
    change: BankChange,
) -> Result<Edited<BankRow>> {
    let (permit, before) = open_bank(tx, id).await?;
    let (name, description) = (change.name.as_deref().map(clean), change.description.as_deref().map(clean));
    check(name.as_deref(), description.as_deref())?;
    if expected.is_some_and(|expected| expected != before.version) {
        return Ok(Edited::Stale(now(tx, id).await?));
    }
    if change == BankChange::default() {
        return Ok(Edited::Done(now(tx, id).await?));
    }
    let texts = [(Column::Name, name), (Column::Description, description)];
    let mut sets: Vec<_> = texts.into_iter().filter_map(|(column, text)| Some((column, Expr::val(text?)))).collect();
    sets.push((Column::Version, Expr::val(before.version + 1)));
    tx.change_where::<_, _, Entity>(&permit, Column::Id.eq(id), sets).await?;
    let after = now(tx, id).await?;
    let record = AuditRecord::new("question_bank.updated", id).change("name", &*before.name, &*after.name);
    tx.record(record.change("description", &*before.description, &*after.description)).await?;
    Ok(Edited::Done(after))
}
