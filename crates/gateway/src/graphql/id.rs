//! Typed ids in arguments: `Id<CourseId>` in a resolver, plain `ID` in the schema.

use std::borrow::Cow;

use async_graphql::{ID, InputType, InputValueError, InputValueResult, Value, registry::Registry};
use kernel::{EntityId, Error};

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
