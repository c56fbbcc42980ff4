//! Grading what was handed in otherwise than the quiz was published: a key was wrong, or a question bad. A regrade lies over the
//! versions of its quiz, which stay as they are; it is a row that is never changed, and so is what it made of each attempt. To
//! take one back is another row.

mod applying;
mod change;
mod checking;
mod keying;
mod marking;
mod overlay;
mod reading;
mod rows;
mod undoing;

pub use applying::{Changed, Mark, Regrade, Regraded, regrade_quiz};
pub use change::{Change, DropCredit, Effect, Further, NewChange, Seen, Wanted};
pub use overlay::Credit;
pub(crate) use reading::changes_of;
pub use reading::{
    attempts_of_regrades, count_attempts_of_regrades, count_regrades_of_quizzes, regrades, regrades_of_attempts,
    regrades_of_quizzes, undone_by,
};
pub use rows::{RegradeRow, RegradedAttemptRow};
pub use undoing::undo_regrade;
