use async_graphql::{Enum, InputObject};
use kernel::Result;

use super::user::UserStatus;
use crate::graphql::courses::{SortDirection, search_words};

/// Narrows the directory of accounts; what is not given does not narrow, and all that is given has to hold.
#[derive(Clone, Debug, Default, InputObject)]
pub struct UserFilter {
    /// Of this status.
    pub status: Option<UserStatus>,
    /// Working for the school, or not.
    pub is_staff: Option<bool>,
    /// With an e-mail address that was shown to be theirs, or not.
    pub email_verified: Option<bool>,
    /// With the role of this name: `instructor`.
    pub role: Option<String>,
}

/// What accounts can be ordered by. Ties are broken by the id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "accounts::UserOrder")]
pub enum UserSortField {
    /// The e-mail address.
    Email,
    /// The full name.
    FullName,
    /// When they joined.
    Joined,
}

/// How the directory of accounts is ordered.
#[derive(Clone, Copy, Debug, InputObject)]
pub struct UserSort {
    /// By what.
    pub field: UserSortField,
    /// Which end comes first.
    #[graphql(default_with = "SortDirection::Descending")]
    pub direction: SortDirection,
}

impl UserFilter {
    /// The filter in the words of the domain. `search` comes from an argument of its own.
    pub fn into_domain(self, search: Option<String>) -> Result<accounts::UserFilter> {
        Ok(accounts::UserFilter {
            status: self.status.map(Into::into),
            is_staff: self.is_staff,
            email_verified: self.email_verified,
            role: self.role,
            search: search.map(search_words).transpose()?,
        })
    }
}

impl UserSort {
    /// Who joined last comes first.
    pub fn newest() -> Self {
        Self { field: UserSortField::Joined, direction: SortDirection::Descending }
    }
}

impl From<UserSort> for accounts::UserSort {
    fn from(sort: UserSort) -> Self {
        Self { order: sort.field.into(), is_descending: sort.direction == SortDirection::Descending }
    }
}
