//! Errors, told by the row that they are about.

use std::borrow::Cow;

use courses::rules::{DRAFT_TARGET_DENIED, DRAFT_TARGET_NOT_FOUND, DRAFT_VALUE_INVALID};
use kernel::{Error, Problem};

/// An operation's place in the list, and what it is called there.
#[derive(Clone, Copy)]
pub struct Row {
    pub number: usize,
    pub name: &'static str,
}

impl Row {
    /// From the input to the operation.
    fn path(self) -> [Cow<'static, str>; 3] {
        ["operations".into(), self.number.to_string().into(), self.name.into()]
    }
}

/// The same error, with the path from the input to its row. What one may not see or do there is a problem of the row.
pub fn at_row(error: Error, row: Row) -> Error {
    match error {
        Error::Broken(problems) => Error::Broken(
            problems.into_iter().map(|problem| Problem { field: below(row, problem.field), ..problem }).collect(),
        ),
        Error::NotFound => Problem { field: row.path().into(), ..DRAFT_TARGET_NOT_FOUND.at("") }.into(),
        Error::Denied => Problem { field: row.path().into(), ..DRAFT_TARGET_DENIED.at("") }.into(),
        // What is malformed in one row does not keep the others from being looked at.
        Error::BadInput { field, message } => {
            // The path of an argument begins with that of the input; the path of a rule's field does not.
            let within = field.into_iter().skip_while(|part| part == "input").collect();
            Problem { field: below(row, within), ..DRAFT_VALUE_INVALID.with("", message) }.into()
        }
        error => error,
    }
}

fn below(row: Row, field: Vec<Cow<'static, str>>) -> Vec<Cow<'static, str>> {
    row.path().into_iter().chain(field).collect()
}
