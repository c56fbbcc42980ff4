/// Why a letter was not sent. The text is for the log: it never holds the letter's link.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Failure {
    /// Of the letter or its address: another try would end the same way.
    #[error("{0}")]
    Permanent(String),
    /// Of the moment, or of the configuration: a later try may succeed.
    #[error("{0}")]
    Transient(String),
}

impl Failure {
    /// Servers like to quote what they refuse, and filters like to quote links.
    pub(super) fn without(self, link: Option<&str>) -> Self {
        let hide = |text: String| match link {
            Some(link) if !link.is_empty() => {
                let secret = link.split_once('=').map_or(link, |(_, token)| token);
                text.replace(link, "[link]").replace(secret, "[token]")
            }
            _ => text,
        };
        match self {
            Self::Permanent(text) => Self::Permanent(hide(text)),
            Self::Transient(text) => Self::Transient(hide(text)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_that_quotes_the_letter_does_not_bring_its_token_into_the_log() {
        let said = "550 blocked: https://a.example/reset-password?token=s3cret (s3cret)";
        let failure = Failure::Permanent(said.into()).without(Some("https://a.example/reset-password?token=s3cret"));
        assert_eq!(failure, Failure::Permanent("550 blocked: [link] ([token])".into()));
        assert_eq!(Failure::Transient("451".into()).without(Some("")), Failure::Transient("451".into()));
        assert_eq!(Failure::Transient("451".into()).without(None), Failure::Transient("451".into()));
    }
}
