//! Addresses of a file for one viewer and a short time. Everything of it lies below one signed path, so that a playlist's
//! own relative addresses are good as they are.

use std::sync::Arc;

use accounts::still_there;
use chrono::{DateTime, Utc};
use kernel::{ApiTokenId, EntityId, MediaId, Permissions, Result, Service, SessionId, SignedIn, UserId, Viewer};

use crate::app::App;

/// What one does at the address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// Watch, listen, read: the file, its stream, its pictures, its captions.
    Play,
    /// Keep a copy of the file.
    Download,
}

/// Whose the address is: the person and the session, or the program, or nobody in particular.
#[derive(Clone, Debug, PartialEq)]
pub struct MediaLink {
    pub media: MediaId,
    pub is_for: Use,
    pub holder: Viewer,
    /// In seconds since 1970.
    pub expires: i64,
}

impl MediaLink {
    pub fn new(media: MediaId, is_for: Use, holder: &Viewer, until: DateTime<Utc>) -> Self {
        Self { media, is_for, holder: holder.clone(), expires: until.timestamp() }
    }

    /// The path that everything of it lies below, without a slash at its end.
    pub fn path(&self, app: &App) -> Result<String> {
        let (base, claims) = (self.base(), self.claims());
        let mark = app.secret_key()?.sign(&format!("{base}\n{claims}"));
        Ok(format!("{base}/{claims}~{mark}"))
    }

    /// Reads what [`Self::path`] wrote. None when it is not ours, or not good any more.
    pub fn read(app: &App, is_for: Use, media: &str, token: &str) -> Result<Option<Self>> {
        let Some((claims, mark)) = token.rsplit_once('~') else {
            return Ok(None);
        };
        let base = format!("/{}/{media}", is_for.word());
        if !app.secret_key()?.has_signed(&format!("{base}\n{claims}"), mark) {
            return Ok(None);
        }
        let link = Self::parse(is_for, media, claims);
        Ok(link.filter(|link| app.world.now().timestamp() < link.expires))
    }

    /// Is who it was made for still there (the session not ended, the account not suspended), and may they still open the
    /// file? Asked again at every piece; that they may is remembered for a few seconds.
    pub async fn is_held(&self, app: &App) -> Result<bool> {
        let now = app.world.now();
        match still_there(&app.db, &self.holder, now).await? {
            Some(viewer) => app.opened.may_open(&app.db, &viewer, self.media, now).await,
            None => Ok(false),
        }
    }

    /// May this viewer use it? A player that shows no credential is not asked for one: the address is its own, for a while.
    pub fn is_for(&self, viewer: &Viewer) -> bool {
        match (viewer, &self.holder) {
            (Viewer::Anonymous, _) | (_, Viewer::Anonymous) => true,
            (viewer, holder) => viewer.actor() == holder.actor(),
        }
    }

    fn base(&self) -> String {
        format!("/{}/{}", self.is_for.word(), self.media.to_wire())
    }

    fn claims(&self) -> String {
        let (who, by) = match &self.holder {
            Viewer::User(known) => (known.user.to_wire(), known.session.to_wire()),
            Viewer::Service(known) => (known.owner.to_wire(), known.token.to_wire()),
            Viewer::Anonymous | Viewer::System => (String::new(), String::new()),
        };
        format!("{}~{who}~{by}", self.expires)
    }

    fn parse(is_for: Use, media: &str, claims: &str) -> Option<Self> {
        let mut claims = claims.split('~');
        let expires = claims.next()?.parse().ok()?;
        let (who, by) = (claims.next()?, claims.next()?);
        let permissions = Permissions::default();
        let holder = match UserId::from_wire(who) {
            Err(_) => Viewer::Anonymous,
            Ok(user) => match SessionId::from_wire(by) {
                Ok(session) => Viewer::User(Arc::new(SignedIn { user, session, permissions })),
                Err(_) => {
                    let token = ApiTokenId::from_wire(by).ok()?;
                    Viewer::Service(Arc::new(Service { owner: user, token, permissions }))
                }
            },
        };
        Some(Self { media: MediaId::from_wire(media).ok()?, is_for, holder, expires })
    }
}

impl Use {
    fn word(self) -> &'static str {
        match self {
            Self::Play => "media",
            Self::Download => "downloads",
        }
    }
}
