use std::{error::Error as _, time::Duration};

use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor, transport::smtp::Error};
use tokio::time::timeout;

use super::Failure;

/// Replies that begin with 5 but are about us, not about the letter: who runs Lectern can mend them.
const ABOUT_US: [u16; 4] = [530, 534, 535, 538];

/// A connection per letter: nothing to keep alive, nothing to go stale.
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    timeout: Duration,
}

impl Smtp {
    pub fn new(url: &str, timeout: Duration) -> Result<Self, String> {
        // The address can hold a password: it is not repeated.
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url);
        let builder = builder.map_err(|error| format!("LECTERN_SMTP_URL can't be used: {}", reason(&error)))?;
        Ok(Self { transport: builder.timeout(Some(timeout)).build(), timeout })
    }

    /// Connects, says who we are and that we want nothing.
    pub async fn reach(&self) -> Result<(), String> {
        match timeout(self.timeout, self.transport.test_connection()).await {
            Ok(Ok(true)) => Ok(()),
            Ok(Ok(false)) => Err("LECTERN_SMTP_URL: the mail server does not want to talk".into()),
            Ok(Err(error)) => Err(format!("LECTERN_SMTP_URL: {}", reason(&error))),
            Err(_) => Err(format!("LECTERN_SMTP_URL: the mail server took longer than {:?}", self.timeout)),
        }
    }

    /// lettre's own time limit ends with the connection; ours covers every answer of the server.
    pub async fn send(&self, message: Message) -> Result<(), Failure> {
        match timeout(self.timeout, self.transport.send(message)).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(sort(&error)),
            Err(_) => Err(Failure::Transient(format!("the mail server took longer than {:?}", self.timeout))),
        }
    }
}

fn sort(error: &Error) -> Failure {
    let code = error.status().map(u16::from);
    let is_final = error.is_permanent() && code.is_none_or(|code| !ABOUT_US.contains(&code));
    let said = format!("the mail server: {}", reason(error));
    if is_final { Failure::Permanent(said) } else { Failure::Transient(said) }
}

/// The error with what caused it; a long reply is cut.
fn reason(error: &Error) -> String {
    const LONGEST: usize = 300;
    let mut said = error.to_string();
    let mut cause = error.source();
    while let Some(deeper) = cause {
        let words = deeper.to_string();
        if !said.contains(&words) {
            said = format!("{said}: {words}");
        }
        cause = deeper.source();
    }
    said.chars().map(|c| if c.is_control() { ' ' } else { c }).take(LONGEST).collect()
}
