use std::sync::Arc;

use kernel::World;
use lettre::message::Mailbox;

use super::{Failure, Letter, Settings, Templates, message, outbox::Outbox, smtp::Smtp};

/// Sends letters.
pub struct Mailer {
    world: Arc<dyn World>,
    templates: Templates,
    from: Mailbox,
    way: Way,
}

enum Way {
    Smtp(Smtp),
    Outbox(Outbox),
}

impl Mailer {
    /// Fails on settings that can't work, with a sentence for whoever made them. Connects to nothing yet.
    pub fn new(settings: Settings, world: Arc<dyn World>) -> Result<Self, String> {
        let from: Mailbox =
            settings.from.parse().map_err(|error| format!("LECTERN_MAIL_FROM is no `Name <address>`: {error}"))?;
        let site = from.name.clone().unwrap_or_else(|| "Lectern".into());
        let way = match &settings.smtp_url {
            Some(url) => Way::Smtp(Smtp::new(url, settings.timeout)?),
            None => Way::Outbox(Outbox::new(settings.outbox)),
        };
        Ok(Self { world, templates: Templates::new(&site)?, from, way })
    }

    /// Talks to the mail server, as far as that goes without a letter.
    pub async fn reach(&self) -> Result<String, String> {
        match &self.way {
            Way::Smtp(smtp) => smtp.reach().await.map(|()| "the mail server answers".into()),
            Way::Outbox(_) => Ok("no mail server: they are files in the outbox".into()),
        }
    }

    /// May take as long as the settings allow; not for a transaction.
    pub async fn send(&self, letter: Letter) -> Result<(), Failure> {
        let now = self.world.now();
        let rendered = self.templates.render(&letter)?;
        let message = message::compose(&self.from, &letter, rendered, now)?;
        match &self.way {
            Way::Smtp(smtp) => smtp.send(message).await.map_err(|failure| failure.without(letter.link.as_deref())),
            Way::Outbox(outbox) => outbox.put(&letter, message, now).await,
        }
    }
}
