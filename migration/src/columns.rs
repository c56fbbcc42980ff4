//! Columns and references that many tables have alike. Every text here serves SQLite and PostgreSQL.

use sea_orm_migration::{prelude::*, schema::*, sea_orm::DbBackend};

/// A number of things: never negative, none at first.
pub fn count(name: &'static str) -> ColumnDef {
    not_negative(integer(name)).default(0).take()
}

/// Hundredths of a percent: 10000 is all.
pub fn percentage(name: &'static str) -> ColumnDef {
    integer(name).default(0).check(Expr::cust(format!("\"{name}\" BETWEEN 0 AND 10000"))).take()
}

pub fn not_negative(mut column: ColumnDef) -> ColumnDef {
    let name = column.get_column_name();
    column.check(Expr::cust(format!("\"{name}\" >= 0"))).take()
}

pub fn positive(mut column: ColumnDef) -> ColumnDef {
    let name = column.get_column_name();
    column.check(Expr::cust(format!("\"{name}\" > 0"))).take()
}

/// One word of a closed list.
pub fn one_of(name: &'static str, words: &[&str]) -> ColumnDef {
    let words = words.join("', '");
    string_len(name, 20).check(Expr::cust(format!("\"{name}\" IN ('{words}')"))).take()
}

/// A text of limited length that may be left out.
pub fn blank(name: &'static str, length: u32) -> ColumnDef {
    string_len(name, length).default("").take()
}

/// A text that may be left out.
pub fn blank_text(name: &'static str) -> ColumnDef {
    text(name).default("").take()
}

pub fn flag(name: &'static str, at_first: bool) -> ColumnDef {
    boolean(name).default(at_first).take()
}

pub fn json_object(name: &'static str) -> ColumnDef {
    json_binary(name).default("{}").take()
}

pub fn json_list(name: &'static str) -> ColumnDef {
    json_binary(name).default("[]").take()
}

/// A text that sorts by its bytes, as all texts do on SQLite, whatever language PostgreSQL was set up in.
pub fn bytewise(db: &SchemaManager<'_>, mut column: ColumnDef) -> ColumnDef {
    if db.get_database_backend() == DbBackend::Postgres {
        column.extra("COLLATE \"C\"");
    }
    column
}

/// A column that the database computes and keeps.
pub fn generated(mut column: ColumnDef, expression: &'static str) -> ColumnDef {
    column.generated(Expr::cust(expression), true).take()
}

/// Rows that name a row of another table by its `id`. As long as they do, that row stays.
pub trait References {
    fn belongs_to(&mut self, column: &'static str, parent: &'static str) -> &mut Self;
    fn may_belong_to(&mut self, column: &'static str, parent: &'static str) -> &mut Self;
}

impl References for TableCreateStatement {
    fn belongs_to(&mut self, column: &'static str, parent: &'static str) -> &mut Self {
        self.col(uuid(column));
        refer(self, column, parent)
    }

    fn may_belong_to(&mut self, column: &'static str, parent: &'static str) -> &mut Self {
        self.col(uuid_null(column));
        refer(self, column, parent)
    }
}

/// A table that refers to itself could never be emptied under RESTRICT.
fn refer<'a>(
    table: &'a mut TableCreateStatement,
    column: &'static str,
    parent: &'static str,
) -> &'a mut TableCreateStatement {
    let itself = table.get_table_name() == Some(&parent.into_table_ref());
    let action = if itself { ForeignKeyAction::NoAction } else { ForeignKeyAction::Restrict };
    let mut reference = ForeignKey::create();
    reference.from_col(column).to(parent, "id").on_delete(action).on_update(action);
    table.foreign_key(&mut reference)
}

/// Drops tables, the first first.
pub async fn drop_tables(db: &SchemaManager<'_>, tables: &[&'static str]) -> Result<(), DbErr> {
    for table in tables {
        db.drop_table(Table::drop().table(*table).take()).await?;
    }
    Ok(())
}
