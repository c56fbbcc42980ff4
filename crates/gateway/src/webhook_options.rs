//! Where webhooks may go, as the settings say.

use clap::{Args, builder::FalseyValueParser};
use kernel::Result;
use webhooks::{Reach, sending::Sender};

/// What programs of others are sent, see the README.
#[derive(Args, Clone, Debug, Default)]
pub struct WebhookOptions {
    /// Let webhooks go to private addresses, too, and by http. Whoever may keep webhooks can then reach what is in this
    /// network.
    #[arg(long, env = "LECTERN_WEBHOOK_PRIVATE", value_parser = FalseyValueParser::new())]
    pub webhook_private: bool,
}

impl WebhookOptions {
    pub fn sender(&self) -> Result<Sender> {
        Sender::new(if self.webhook_private { Reach::Anywhere } else { Reach::Public })
    }
}
