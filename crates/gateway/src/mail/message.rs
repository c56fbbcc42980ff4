use chrono::{DateTime, Utc};
use lettre::{
    Address, Message,
    message::{
        Mailbox, MultiPart,
        header::{Header, HeaderName, HeaderValue},
    },
};

use super::{Failure, Letter, Rendered, plain};

/// The message as it travels.
pub fn compose(from: &Mailbox, letter: &Letter, rendered: Rendered, now: DateTime<Utc>) -> Result<Message, Failure> {
    let name = Some(plain::name(&letter.to_name)).filter(|name| !name.is_empty());
    let builder = Message::builder()
        .from(from.clone())
        .to(Mailbox::new(name, address(&letter.to)?))
        .subject(rendered.subject)
        .date(now.into())
        .message_id(Some(format!("<{}@{}>", letter.id, from.email.domain())))
        .header(AutoSubmitted);
    let body = MultiPart::alternative_plain_html(rendered.text, rendered.html);
    builder.multipart(body).map_err(|error| Failure::Permanent(format!("the letter can't be composed: {error}")))
}

fn address(to: &str) -> Result<Address, Failure> {
    // The address itself is no business of the log.
    to.parse().map_err(|error| Failure::Permanent(format!("the letter's address can't be written to: {error}")))
}

/// So that no absence notice answers us (RFC 3834).
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".into())
    }
}
