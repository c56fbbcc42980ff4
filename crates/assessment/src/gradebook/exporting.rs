use chrono::{DateTime, SecondsFormat, Utc};
use kernel::{Error, Live, QuizId, Result, UserId, Viewer};
use sea_orm::{ActiveEnum, ColumnTrait, ConnectionTrait, QueryFilter, QueryOrder};

use super::gradable;
use crate::{
    AttemptRow,
    quiz_attempt::{Column, Entity},
};

const HEADER: [&str; 11] = [
    "name",
    "attempt",
    "status",
    "started_at",
    "completed_at",
    "score",
    "earned_score",
    "max_score",
    "percentage",
    "passed",
    "released",
];

/// The grades of a quiz as CSV, one line for each attempt; two statements, however many there are. No cell begins as a formula
/// does: what a spreadsheet would compute is shown as text.
pub async fn export_grades(db: &impl ConnectionTrait, viewer: &Viewer, quiz: QuizId) -> Result<String> {
    gradable(db, viewer, quiz).await?;
    let attempts = Entity::live().filter(Column::QuizId.eq(quiz));
    let attempts = attempts.order_by_asc(Column::UserId).order_by_asc(Column::AttemptNumber);
    let attempts: Vec<AttemptRow> = attempts.into_partial_model().all(db).await?;
    let people: Vec<UserId> = attempts.iter().map(|attempt| attempt.user_id).collect();
    let names = accounts::reading::profiles(db, &people).await?;
    let mut table = csv::Writer::from_writer(vec![]);
    table.write_record(HEADER).map_err(unwritten)?;
    for attempt in &attempts {
        let name = names.get(&attempt.user_id).map(|profile| match profile.display_name.is_empty() {
            true => profile.full_name.as_str(),
            false => profile.display_name.as_str(),
        });
        table.write_record(line(name.unwrap_or_default(), attempt)).map_err(unwritten)?;
    }
    let bytes = table.into_inner().map_err(unwritten)?;
    String::from_utf8(bytes).map_err(unwritten)
}

fn line(name: &str, attempt: &AttemptRow) -> [String; 11] {
    let decimal = |value: i32| format!("{}.{:02}", value / 100, value % 100);
    let word = |is: bool| if is { "yes" } else { "no" }.to_string();
    [
        harmless(name),
        attempt.attempt_number.to_string(),
        attempt.status.to_value(),
        instant(attempt.started_at),
        attempt.completed_at.map(instant).unwrap_or_default(),
        decimal(attempt.counted_score()),
        decimal(attempt.score),
        decimal(attempt.max_score),
        decimal(attempt.percentage),
        word(attempt.is_passed),
        word(!attempt.is_held),
    ]
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
