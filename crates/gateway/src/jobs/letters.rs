use std::sync::Arc;

use accounts::{Composed, Letter};

use serde_json::Map;
use uuid::Uuid;

use super::Failure;
use crate::{
    app::App,
    mail::{self, Page},
};

/// Composes the letter, which makes its token, and sends it. When it can't be sent it is composed anew the next time.
pub async fn send(app: &Arc<App>, letter: Letter) -> Result<(), Failure> {
    let composed = app.write_as_system(async |tx| Ok((accounts::compose(tx, letter).await?, tx.random()?))).await?;
    let (Some(composed), random) = composed else {
        return Ok(());
    };
    app.mailer.send(addressed(app, composed, Uuid::from_bytes(random))).await.map_err(Failure::from)
}

fn addressed(app: &App, composed: Composed, id: Uuid) -> mail::Letter {
    let link = Page::of_letter(composed.template).map(|page| link(app, page, &composed));
    let values = composed.values.into_iter().map(|(name, value)| (name.into(), value));
    mail::Letter {
        id,
        template: composed.template.into(),
        to: composed.to,
        to_name: composed.name,
        link,
        values: values.collect::<Map<_, _>>(),
    }
}

fn link(app: &App, page: Page, composed: &Composed) -> String {
    let serial = composed.values.iter().find(|(name, _)| *name == "serial").and_then(|(_, serial)| serial.as_str());
    match (page, serial) {
        (Page::Certificate, Some(serial)) => app.school.issuer.page(serial),
        _ => app.links.to(page, composed.token.as_deref()),
    }
}

/// What the server will never take is not sent again and again.
impl From<mail::Failure> for Failure {
    fn from(failure: mail::Failure) -> Self {
        match failure {
            mail::Failure::Permanent(says) => Self { says, is_final: true },
            mail::Failure::Transient(says) => Self { says, is_final: false },
        }
    }
}
