//! A table with a line for each question. The columns have names and any order; `option_1`, `match_1`, `feedback_1`,
//! `option_2` ... are as many as there have to be. What they hold depends on the type:
//!
//! | type | option_n | match_n | answer |
//! |---|---|---|---|
//! | single_choice, multiple_choice | an option | | the numbers of the right ones: `1;3` |
//! | true_false | | | `true` or `false` |
//! | short_answer | what is accepted | | |
//! | numeric | | | the number; `tolerance` beside it |
//! | matching | a prompt; blank for a distractor | what is right for it | |
//! | ordering | the items in their right order | | |
//! | fill_in | the name of a gap, once for each accepted answer | what is accepted | |
//! | essay | | | |
//!
//! A cell that a spreadsheet would take for a formula is written after a `'`, which is taken away again.

mod reading;
mod writing;

pub use reading::read;
pub use writing::write;

/// What a spreadsheet takes a cell for a formula by, and what we keep that away with.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\''];
