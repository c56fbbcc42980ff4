//! Typed ids in arguments: `Id<CourseId>` in a resolver, plain `ID` in the schema.

use std::borrow::Cow;

use async_graphql::{ID, InputType, InputValueError, InputValueResult, Value, registry::Registry};
use kernel::{EntityId, Error, ProfileId, UserId};
use uuid::Uuid;

/// An id in an argument. A malformed one is kept until the resolver asks for it with [`Id::at`]: only
/// there is it known which input field it came from.
#[derive(Clone, Debug)]
pub struct Id<T>(Result<T, String>);

impl<T: EntityId> Id<T> {
    /// The id, or `BAD_USER_INPUT` with the path of the field it was given in.
    pub fn at(self, path: &[&'static str]) -> Result<T, Error> {
        self.0.map_err(|message| Error::BadInput {
            field: path.iter().map(|part| Cow::Borrowed(*part)).collect(),
            message,
        })
    }
}

impl<T: EntityId> Id<T> {
    /// The id as one of many in a list: a malformed one is nobody's, as one that was made up is, and is said to be so where the
    /// others of the list are answered.
    pub fn or_nobodys(self) -> T {
        self.0.unwrap_or_else(|_| Uuid::nil().into())
    }
}

impl<T: EntityId> InputType for Id<T> {
    type RawValueType = Self;

    fn type_name() -> Cow<'static, str> {
        <ID as InputType>::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        <ID as InputType>::create_type_info(registry)
    }

    fn parse(value: Option<Value>) -> InputValueResult<Self> {
        let id = <ID as InputType>::parse(value).map_err(InputValueError::propagate)?;
        Ok(Self(T::from_wire(&id)))
    }

    fn to_value(&self) -> Value {
        self.0.as_ref().map_or(Value::Null, |id| Value::String(id.to_wire()))
    }

    fn as_raw_value(&self) -> Option<&Self> {
        Some(self)
    }
}

/// A person by either of their ids, that of the account or that of the public profile: most people see of others only the
/// second. Both name one UUID.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PersonId(Uuid);

impl EntityId for PersonId {
    const PREFIX: &'static str = ProfileId::PREFIX;

    fn from_wire(text: &str) -> Result<Self, String> {
        let account = UserId::from_wire(text).map(Uuid::from);
        let found = account.or_else(|_| ProfileId::from_wire(text).map(Uuid::from));
        found.map(Self).map_err(|_| format!("expected an id of a person: `{}_` or `{}_`", UserId::PREFIX, Self::PREFIX))
    }
}

impl From<Uuid> for PersonId {
    fn from(id: Uuid) -> Self {
        Self(id)
    }
}

impl From<PersonId> for Uuid {
    fn from(id: PersonId) -> Self {
        id.0
    }
}

impl From<PersonId> for UserId {
    fn from(id: PersonId) -> Self {
        Self(id.0)
    }
}
