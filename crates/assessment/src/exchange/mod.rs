//! Questions as files of other programs: read and written without the database. What is read is all or nothing, and each thing
//! that is wrong has its line.

mod aiken;
mod csv;
mod exporting;
mod gift;
mod importing;
mod qti;
#[cfg(test)]
mod round_trip;

pub use exporting::{Refused, export_questions};
pub use importing::{Imported, import_questions};

use crate::question::Question;

/// A form that questions have in files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Gift,
    Aiken,
    Csv,
    Qti,
}

/// What is wrong with a file, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineError {
    /// From 1.
    pub line: usize,
    pub code: LineCode,
    pub message: String,
}

/// What kind of thing is wrong with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineCode {
    /// It is not in the format.
    Malformed,
    /// It is in the format, but not a thing that there is here.
    Unsupported,
    /// The question would not be accepted if an author wrote it.
    Invalid,
    /// There is too much of it.
    TooLarge,
}

/// What is read at a time: it has room in a request, escaped as JSON.
pub const MOST_BYTES: usize = 500_000;
pub const MOST_QUESTIONS: usize = 500;

/// A question, and the line that it begins at.
pub(crate) type Read = (usize, Question);

/// Reads questions. Either all of them or everything that is wrong.
pub fn read(format: Format, content: &str) -> Result<Vec<Question>, Vec<LineError>> {
    if content.len() > MOST_BYTES {
        return Err(vec![too_large(1)]);
    }
    let content = content.strip_prefix('\u{feff}').unwrap_or(content).replace("\r\n", "\n").replace('\r', "\n");
    let (read, mut errors) = match format {
        Format::Gift => gift::read(&content),
        Format::Aiken => aiken::read(&content),
        Format::Csv => csv::read(&content),
        Format::Qti => qti::read(&content),
    };
    if let Some((line, _)) = read.get(MOST_QUESTIONS) {
        errors.push(too_large(*line));
    }
    let mut questions = vec![];
    for (line, question) in read {
        match question.checked() {
            Ok(question) => questions.push(question),
            Err(error) => errors.push(error_at(line, LineCode::Invalid, error.to_string())),
        }
    }
    errors.sort_by_key(|error| error.line);
    if errors.is_empty() { Ok(questions) } else { Err(errors) }
}

/// Writes questions, or says which of them the format has no form for: by their places, from 0.
pub fn write(format: Format, questions: &[Question]) -> Result<String, Vec<(usize, String)>> {
    match format {
        Format::Gift => Ok(gift::write(questions)),
        Format::Aiken => aiken::write(questions),
        Format::Csv => Ok(csv::write(questions)),
        Format::Qti => qti::write(questions),
    }
}

fn too_large(line: usize) -> LineError {
    let message = "At most 500,000 bytes and 500 questions are read at a time.";
    error_at(line, LineCode::TooLarge, message)
}

fn error_at(line: usize, code: LineCode, message: impl Into<String>) -> LineError {
    LineError { line, code, message: message.into() }
}

fn malformed(line: usize, message: impl Into<String>) -> LineError {
    error_at(line, LineCode::Malformed, message)
}

fn unsupported(line: usize, message: impl Into<String>) -> LineError {
    error_at(line, LineCode::Unsupported, message)
}

/// Points as people write them: `1`, `2.5`. In hundredths.
fn points(text: &str) -> Option<i32> {
    use rust_decimal::prelude::ToPrimitive;
    let hundredths = crate::number(text)?.checked_mul(100.into())?.normalize();
    (hundredths.scale() == 0).then(|| hundredths.to_i32())?
}

fn points_text(points: i32) -> String {
    rust_decimal::Decimal::new(points.into(), 2).normalize().to_string()
}
