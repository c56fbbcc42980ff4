use crate::{Error, Problem, Result};

/// Collects all that is wrong with an input, so that a person mends it in one go.
#[derive(Default)]
pub struct Check(Vec<Problem>);

impl Check {
    pub fn new() -> Self {
        Self::default()
    }

    /// Notes the problem unless the condition holds.
    pub fn require(&mut self, holds: bool, problem: Problem) {
        if !holds {
            self.0.push(problem);
        }
    }

    /// Keeps the good value, notes the problem otherwise.
    pub fn keep<T>(&mut self, value: Result<T, Problem>) -> Option<T> {
        value.map_err(|problem| self.0.push(problem)).ok()
    }

    /// All well, or every problem found.
    pub fn done(self) -> Result<()> {
        if self.0.is_empty() { Ok(()) } else { Err(Error::Broken(self.0)) }
    }
}
