//! Which rows a viewer may know of.

use kernel::{Live, Viewer};
use sea_orm::{ColumnTrait, QueryFilter, Select};

use crate::ai_chat;

impl ai_chat::Entity {
    /// One's own. Nobody else reads them, whatever their rights.
    pub fn visible_to(viewer: &Viewer) -> Select<Self> {
        Self::live().filter(ai_chat::Column::UserId.eq(viewer.id()))
    }
}
