//! Who may do what with webhooks. Everything about it is on this page.

use kernel::{Permission, Policy, Viewer};

use crate::webhook;

/// Have something sent to an address of one's own.
pub struct Add;
/// A webhook that is to be made; with a query it sees all that its owner may see.
pub struct Planned {
    pub has_query: bool,
}

impl Policy<Add> for Planned {
    fn permits(&self, viewer: &Viewer) -> bool {
        viewer.has(Permission::WebhooksManage) && viewer.actor().is_some() && is_enough(viewer, self.has_query)
    }
}

/// Send it elsewhere, or something else; try it out, send something again, have another secret.
pub struct Change;

impl Policy<Change> for webhook::Model {
    /// Its owner alone: whoever could change another's address or query would see with their eyes.
    fn permits(&self, viewer: &Viewer) -> bool {
        viewer.has(Permission::WebhooksManage)
            && viewer.actor() == Some(self.user_id)
            && is_enough(viewer, self.query.is_some())
    }
}

/// Put an end to it.
pub struct Remove;

impl Policy<Remove> for webhook::Model {
    fn permits(&self, viewer: &Viewer) -> bool {
        viewer.has(Permission::WebhooksManage)
    }
}

/// A program has some of its owner's rights, and a query all of them.
fn is_enough(viewer: &Viewer, has_query: bool) -> bool {
    !has_query || viewer.id().is_some()
}

/// Tell it what there is to tell, and forget what was told.
pub struct Tell;

impl Policy<Tell> for webhook::Model {
    fn permits(&self, viewer: &Viewer) -> bool {
        *viewer == Viewer::System
    }
}

/// All that was told.
pub struct Told;

impl Policy<Tell> for Told {
    fn permits(&self, viewer: &Viewer) -> bool {
        *viewer == Viewer::System
    }
}

/// See all webhooks, and how they do.
pub fn sees_webhooks(viewer: &Viewer) -> bool {
    viewer.has(Permission::WebhooksManage)
}
