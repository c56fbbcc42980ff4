use async_graphql::{Context, InputValueError, InputValueResult, Scalar, ScalarType, Value};
use kernel::{Error, Result};
use tempfile::NamedTempFile;

/// A file that came with the request. It is gone with the request.
pub struct SentFile {
    pub file_name: String,
    pub file: NamedTempFile,
}

/// All of them, in the order they came in.
#[derive(Default)]
pub struct SentFiles(Vec<SentFile>);

const PREFIX: &str = "sent-file:";

impl SentFiles {
    /// What stands in the variables for the file that is added next.
    pub fn next_name(&self) -> String {
        format!("{PREFIX}{}", self.0.len())
    }

    pub fn add(&mut self, file: SentFile) {
        self.0.push(file);
    }
}

/// A file that comes with the request itself, at most 5 MiB: the request is `multipart/form-data` as
/// <https://github.com/jaydenseric/graphql-multipart-request-spec> says, the variable is null there, and the header
/// `x-lectern-csrf` has any value.
#[derive(Clone, Debug)]
pub struct Upload(usize);

/// A file that comes with the request itself, at most 5 MiB: the request is `multipart/form-data` as
/// <https://github.com/jaydenseric/graphql-multipart-request-spec> says, the variable is null there, and the header
/// `x-lectern-csrf` has any value.
#[Scalar(specified_by_url = "https://github.com/jaydenseric/graphql-multipart-request-spec")]
impl ScalarType for Upload {
    fn parse(value: Value) -> InputValueResult<Self> {
        let number = match &value {
            Value::String(name) => name.strip_prefix(PREFIX).and_then(|number| number.parse().ok()),
            _ => None,
        };
        number.map(Self).ok_or_else(|| InputValueError::custom("a file has to come with the request"))
    }

    fn to_value(&self) -> Value {
        Value::Null
    }
}

impl Upload {
    /// The file itself, given in this field.
    pub fn of<'a>(&self, ctx: &Context<'a>, field: &'static str) -> Result<&'a SentFile> {
        let files = ctx.data_opt::<SentFiles>();
        files.and_then(|files| files.0.get(self.0)).ok_or_else(|| Error::BadInput {
            field: vec!["input".into(), field.into()],
            message: "a file has to come with the request".into(),
        })
    }
}
