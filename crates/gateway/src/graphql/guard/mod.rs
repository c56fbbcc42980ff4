//! What a document may cost, checked before the GraphQL library sees it, in time linear in its size:
//! `scan` on the text (the library's parser recurses without limit), `shape` on the parsed document with fragments
//! memoised (the library's own depth and complexity walks expand them again and again).

mod scan;
mod shape;
mod weights;

pub use scan::{scan, scan_variables};
pub use shape::{Shape, shape};
pub use weights::Weights;

/// The limits of one document. All of them can be set in the configuration.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Length of the document in bytes.
    pub bytes: usize,
    pub tokens: usize,
    /// How deep brackets of any kind nest.
    pub nesting: usize,
    /// Fields and fragments, with fragments expanded.
    pub selections: u64,
    pub depth: u64,
    pub aliases: u64,
    pub directives: u64,
    pub root_fields: u64,
    /// Root fields of a mutation.
    pub mutations: u64,
    /// Fields, a connection's multiplied by its page size.
    pub cost: u64,
    /// Length of the variables as JSON, in bytes.
    pub variables: usize,
    /// May the schema be asked for?
    pub introspection: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 64 << 10,
            tokens: 5_000,
            nesting: 64,
            selections: 2_000,
            depth: 20,
            aliases: 30,
            directives: 50,
            root_fields: 20,
            mutations: 5,
            cost: 10_000,
            variables: 768 << 10,
            introspection: true,
        }
    }
}

/// A limit that a document exceeds.
#[derive(Clone, Debug, PartialEq)]
pub struct Exceeded {
    pub code: &'static str,
    /// The limit's name, as in the configuration.
    pub limit: &'static str,
    pub allowed: u64,
    /// What the document has; for limits on the text, where counting stopped.
    pub found: u64,
}

impl Exceeded {
    fn document(limit: &'static str, allowed: u64, found: u64) -> Self {
        Self { code: "DOCUMENT_LIMIT_EXCEEDED", limit, allowed, found }
    }

    pub fn message(&self) -> String {
        format!("The document exceeds the limit of {} for {}: it has {}.", self.allowed, self.limit, self.found)
    }
}

fn within(limit: &'static str, allowed: u64, found: u64) -> Result<(), Exceeded> {
    if found > allowed { Err(Exceeded::document(limit, allowed, found)) } else { Ok(()) }
}
