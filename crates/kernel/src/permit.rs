use std::{marker::PhantomData, ops::Deref};

use crate::{Error, Result, Viewer};

/// May `viewer` do `Action` to this? Pure: load the facts first, then ask.
pub trait Policy<Action> {
    fn permits(&self, viewer: &Viewer) -> bool;
}

/// Proof that the policy said yes. Only [`allow`] makes one, and every write asks for one.
pub struct Permit<Action, T> {
    pub(crate) row: T,
    action: PhantomData<fn() -> Action>,
}

/// Asks the policy. What the viewer may see but not do is [`Error::Denied`].
pub fn allow<A, T: Policy<A>>(viewer: &Viewer, row: T) -> Result<Permit<A, T>> {
    if !row.permits(viewer) {
        return Err(Error::Denied);
    }
    Ok(Permit { row, action: PhantomData })
}

impl<Action, T> Permit<Action, T> {
    /// The permitted row, when the permit has served.
    pub fn into_row(self) -> T {
        self.row
    }
}

impl<Action, T> Deref for Permit<Action, T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.row
    }
}
