use serde_json::{Map, Value};
use uuid::Uuid;

/// A letter before it is rendered. It can't be printed for debugging: its link is as good as a password.
#[derive(Clone)]
pub struct Letter {
    /// New at every try, as the letter's token is: its Message-ID is made of it.
    pub id: Uuid,
    /// One of [`LETTERS`](super::LETTERS).
    pub template: String,
    /// The address.
    pub to: String,
    /// The `name` of the templates; may be empty.
    pub to_name: String,
    /// The `link` of the templates.
    pub link: Option<String>,
    /// What else the template speaks of: texts and whole numbers.
    pub values: Map<String, Value>,
}
