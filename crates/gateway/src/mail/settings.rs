use std::{path::PathBuf, time::Duration};

/// How letters leave the house.
#[derive(Clone)]
pub struct Settings {
    /// lettre's form: `smtps://user:password@host`, `smtp://host:587?tls=required`. Without it letters go to the outbox.
    pub smtp_url: Option<String>,
    /// `Name <address>`; the name also signs the letters.
    pub from: String,
    pub outbox: PathBuf,
    /// The longest that a letter may take, from looking up the server to its last word.
    pub timeout: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            smtp_url: None,
            from: "Lectern <lectern@localhost>".into(),
            outbox: "./data/outbox".into(),
            timeout: Duration::from_secs(30),
        }
    }
}
