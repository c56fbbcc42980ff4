use std::collections::HashMap;

use accounts::{ProfileRow, UserRow};
use chrono::{DateTime, SecondsFormat, Utc};
use kernel::{EntityId, Error, Live, Permission, QuizId, Result, UserId, Viewer};
use sea_orm::{ActiveEnum, ColumnTrait, ConnectionTrait, QueryFilter};

use super::gradable;
use crate::{
    AttemptRow,
    quiz_attempt::{Column, Entity},
};

/// A column, and what it says of a line.
type ColumnOf = (&'static str, fn(&Line) -> String);

const COLUMNS: [ColumnOf; 14] = [
    ("user_id", |line| line.attempt.user_id.to_wire()),
    ("name", |line| harmless(line.name)),
    ("email", |line| harmless(line.email)),
    ("attempt_id", |line| line.attempt.id.to_wire()),
    ("attempt_number", |line| line.attempt.attempt_number.to_string()),
    ("status", |line| line.attempt.status.to_value()),
    ("started_at", |line| instant(line.attempt.started_at)),
    ("completed_at", |line| line.attempt.completed_at.map(instant).unwrap_or_default()),
    ("score", |line| decimal(line.attempt.counted_score())),
    ("earned_score", |line| decimal(line.attempt.score)),
    ("max_score", |line| decimal(line.attempt.max_score)),
    ("percentage", |line| decimal(line.attempt.percentage)),
    ("passed", |line| word(line.attempt.is_passed)),
    ("released", |line| word(!line.attempt.is_held)),
];

struct Line<'a> {
    name: &'a str,
    email: &'a str,
    attempt: &'a AttemptRow,
}

/// The grades of a quiz as CSV, one line for each attempt, by the names of who sat it; who they are is told by the ids of their
/// accounts. E-mail addresses are there for those who may see everybody's. A fixed number of statements, however many attempts
/// there are. No cell begins as a formula does: what a spreadsheet would compute is shown as text.
pub async fn export_grades(db: &impl ConnectionTrait, viewer: &Viewer, quiz: QuizId) -> Result<String> {
    gradable(db, viewer, quiz).await?;
    let mut attempts: Vec<AttemptRow> =
        Entity::live().filter(Column::QuizId.eq(quiz)).into_partial_model().all(db).await?;
    let people: Vec<UserId> = attempts.iter().map(|attempt| attempt.user_id).collect();
    let names = accounts::reading::profiles(db, &people).await?;
    let has_email = viewer.has(Permission::UsersRead);
    let accounts = if has_email { accounts::reading::users(db, viewer, &people).await? } else { HashMap::new() };
    attempts
        .sort_by_cached_key(|attempt| (name(&names, attempt).to_lowercase(), attempt.user_id, attempt.attempt_number));
    let columns = || COLUMNS.iter().filter(|(title, _)| has_email || *title != "email");
    let mut table = csv::Writer::from_writer(vec![]);
    table.write_record(columns().map(|(title, _)| *title)).map_err(unwritten)?;
    for attempt in &attempts {
        let line = Line { name: name(&names, attempt), email: email(&accounts, attempt), attempt };
        table.write_record(columns().map(|(_, cell)| cell(&line))).map_err(unwritten)?;
    }
    let bytes = table.into_inner().map_err(unwritten)?;
    String::from_utf8(bytes).map_err(unwritten)
}

/// Empty when the account is not active.
fn name<'a>(names: &'a HashMap<UserId, ProfileRow>, attempt: &AttemptRow) -> &'a str {
    names.get(&attempt.user_id).map_or("", |profile| match profile.display_name.is_empty() {
        true => profile.full_name.as_str(),
        false => profile.display_name.as_str(),
    })
}

fn email<'a>(accounts: &'a HashMap<UserId, UserRow>, attempt: &AttemptRow) -> &'a str {
    accounts.get(&attempt.user_id).map_or("", |account| account.email.as_str())
}

fn decimal(value: i32) -> String {
    format!("{}.{:02}", value / 100, value % 100)
}

fn word(is: bool) -> String {
    if is { "yes" } else { "no" }.into()
}

fn instant(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// Spreadsheets take an apostrophe before a cell for the sign that it is text.
fn harmless(cell: &str) -> String {
    let starts = cell.trim_start().starts_with(['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}']);
    if starts || cell.starts_with(['\t', '\r', '\n']) { format!("'{cell}") } else { cell.into() }
}

fn unwritten(error: impl std::fmt::Display) -> Error {
    Error::Internal(format!("grades can't be written: {error}"))
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn no_cell_begins_as_a_formula_does() {
        for bad in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\u{ff1d}1", "\r=1"] {
            assert_eq!(harmless(bad), format!("'{bad}"));
        }
        for good in ["Ada", "A=1", "", "O'Hara", "7"] {
            assert_eq!(harmless(good), good);
        }
    }
}
