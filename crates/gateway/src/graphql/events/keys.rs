//! What is loaded of the feed.

use kernel::{
    EventId,
    events::{self, EventRow},
};

use crate::graphql::keys::key;

key! {
    /// An event.
    EventById: EventId => EventRow, events::events
}
