use kernel::TutorSourceId;
use sea_orm::prelude::Uuid;

use crate::{PassageKind, passages::Passage};

/// A passage that says this.
pub fn passage(words: &str) -> Passage {
    Passage {
        source_id: TutorSourceId(Uuid::nil()),
        version: 1,
        section_id: None,
        media_id: None,
        kind: PassageKind::Section,
        title: "Rust".into(),
        words: words.into(),
        starts_at: None,
        ends_at: None,
    }
}
