//! Questions that a machine proposes to authors, each with the words of the course that it stands on. They are in no quiz until
//! an author puts them there. With a language model it writes them; without one they are made of the course's own sentences.

mod asking;
mod built_in;
mod deciding;
mod draft;
mod making;
mod prompting;
mod reading;
mod repeating;
mod requesting;
mod rows;
#[cfg(test)]
mod samples;
mod sentences;

pub use asking::{Answered, Asking};
pub use built_in::propose;
pub use deciding::{accept, reject};
pub use draft::{Draft, DraftContent, GAP_NAME};
pub use making::{Wanted, fail, finish, wanted};
pub use reading::{SuggestionList, count_suggestions, runs, suggestions, suggestions_by_id, suggestions_of_runs};
pub use repeating::{Known, known};
pub use requesting::{MOST_WANTED, NewRun, SuggestQuestions, request};
pub use rows::{RunRow, SuggestionRow};
