use crate::Outcome;

/// The tests that need PostgreSQL have this in their name.
const NEEDS_POSTGRES: &str = "on_postgres";

#[derive(Debug, Default, PartialEq)]
pub struct Options {
    pub sqlite_only: bool,
    pub no_clients: bool,
    pub passed_on: Vec<String>,
}

impl Options {
    pub fn read(words: &[String]) -> Outcome<Self> {
        let mut options = Self::default();
        let mut rest = words.iter();
        while let Some(word) = rest.next() {
            match word.as_str() {
                "--sqlite-only" => options.sqlite_only = true,
                "--no-clients" => options.no_clients = true,
                "--" => options.passed_on = rest.by_ref().cloned().collect(),
                other => {
                    return Err(format!("test does not know `{other}`; see `cargo xtask help`"));
                }
            }
        }
        Ok(options)
    }

    /// What is said to the test runner, cargo-nextest and cargo test alike.
    pub fn runner_words(&self) -> Vec<&str> {
        let mut words: Vec<&str> = self.passed_on.iter().map(String::as_str).collect();
        if self.sqlite_only {
            if !words.contains(&"--") {
                words.push("--");
            }
            words.extend(["--skip", NEEDS_POSTGRES]);
        }
        words
    }
}

#[cfg(test)]
mod tests {
    use super::Options;

    fn read(line: &str) -> Result<Options, String> {
        let words: Vec<String> = line.split_whitespace().map(String::from).collect();
        Options::read(&words)
    }

    #[test]
    fn sqlite_only_skips_postgres_beside_the_callers_own_filters() {
        let plain = read("--sqlite-only").unwrap();
        assert_eq!(plain.runner_words(), ["--", "--skip", "on_postgres"]);
        let filtered = read("--sqlite-only -- -E test(slug) -- --skip slow").unwrap();
        assert_eq!(filtered.runner_words(), ["-E", "test(slug)", "--", "--skip", "slow", "--skip", "on_postgres"]);
    }

    #[test]
    fn words_after_the_dashes_are_the_runners() {
        let options = read("--no-clients -- --sqlite-only").unwrap();
        assert_eq!((options.sqlite_only, options.no_clients), (false, true));
        assert_eq!(options.runner_words(), ["--sqlite-only"]);
    }

    #[test]
    fn unknown_words_are_refused() {
        assert_eq!(read("--fast").unwrap_err(), "test does not know `--fast`; see `cargo xtask help`");
    }
}
