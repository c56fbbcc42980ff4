use std::fmt;

/// What was found.
#[derive(Debug, Default)]
pub struct Report(Vec<Finding>);

#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    pub what: &'static str,
    pub verdict: Verdict,
    pub says: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Fine,
    /// Perhaps as it is meant to be.
    Note,
    Wrong,
}

impl Report {
    pub fn fine(&mut self, what: &'static str, says: impl Into<String>) {
        self.0.push(Finding { what, verdict: Verdict::Fine, says: says.into() });
    }

    pub fn note(&mut self, what: &'static str, says: impl Into<String>) {
        self.0.push(Finding { what, verdict: Verdict::Note, says: says.into() });
    }

    pub fn wrong(&self) -> usize {
        self.0.iter().filter(|finding| finding.verdict == Verdict::Wrong).count()
    }

    /// As a check of it came out.
    pub fn add<E: fmt::Display>(&mut self, what: &'static str, outcome: Result<impl Into<String>, E>) {
        match outcome {
            Ok(says) => self.fine(what, says),
            Err(error) => self.0.push(Finding { what, verdict: Verdict::Wrong, says: error.to_string() }),
        }
    }

    pub fn findings(&self) -> &[Finding] {
        &self.0
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for Finding { what, verdict, says } in &self.0 {
            let verdict = match verdict {
                Verdict::Fine => "ok",
                Verdict::Note => "note",
                Verdict::Wrong => "WRONG",
            };
            writeln!(f, "{verdict:<6} {what:<13} {says}")?;
        }
        Ok(())
    }
}
