//! Files that come with a request: <https://github.com/jaydenseric/graphql-multipart-request-spec>.

use std::collections::BTreeMap;

use axum::{
    body::Body,
    http::{HeaderMap, header},
};
use futures_util::TryStreamExt;
use multer::{Constraints, Field, Multipart, SizeLimit};
use serde_json::Value;
use tempfile::NamedTempFile;
use tokio::io::AsyncWriteExt;

use super::MAX_BODY;
use crate::{
    app::App,
    graphql::{SentFile, SentFiles},
};

/// More than any operation of ours takes.
const MOST_FILES: u64 = 4;
const MAP_SIZE: u64 = 16 << 10;

/// Why such a request is not taken.
#[derive(Debug)]
pub enum Refusal {
    /// Not as the specification has it.
    Malformed(&'static str),
    TooLarge(String),
    Failed(kernel::Error),
}

impl From<multer::Error> for Refusal {
    fn from(error: multer::Error) -> Self {
        match error {
            multer::Error::FieldSizeExceeded { .. } | multer::Error::StreamSizeExceeded { .. } => {
                Self::TooLarge("A part of the request is too large.".into())
            }
            _ => Self::Malformed("The body is not well-formed `multipart/form-data`, or was cut off."),
        }
    }
}

/// Is it such a request?
pub fn is_multipart(headers: &HeaderMap) -> bool {
    boundary(headers).is_some()
}

fn boundary(headers: &HeaderMap) -> Option<String> {
    let content_type = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    multer::parse_boundary(content_type).ok()
}

/// The request's members with its files in their places, and the files, on the disk. First comes `operations`, then `map`,
/// then the files that it names.
pub async fn read(app: &App, headers: &HeaderMap, body: Body) -> Result<(Value, SentFiles), Refusal> {
    let boundary = boundary(headers).ok_or(Refusal::Malformed("The boundary is missing."))?;
    let largest = u64::try_from(app.uploads.largest_picture).unwrap_or(u64::MAX);
    let sizes = SizeLimit::new()
        .whole_stream(MOST_FILES * largest + 2 * MAX_BODY as u64)
        .for_field("operations", MAX_BODY as u64)
        .for_field("map", MAP_SIZE);
    let constraints = Constraints::new().size_limit(sizes);
    let mut parts = Multipart::with_constraints(body.into_data_stream(), boundary, constraints);
    let mut operations = json(parts.next_field().await?, "operations").await?;
    let mut map = places(json(parts.next_field().await?, "map").await?)?;
    let mut files = SentFiles::default();
    while let Some(field) = parts.next_field().await? {
        let of_field = field.name().and_then(|name| map.remove(name));
        let places = of_field.ok_or(Refusal::Malformed("`map` does not name every file, or one comes twice."))?;
        for place in &places {
            put(&mut operations, place, files.next_name())?;
        }
        files.add(store(app, field, largest).await?);
    }
    if map.is_empty() {
        Ok((operations, files))
    } else {
        Err(Refusal::Malformed("A file that `map` names is missing."))
    }
}

async fn json(field: Option<Field<'_>>, name: &'static str) -> Result<Value, Refusal> {
    let malformed = Refusal::Malformed("The body begins with `operations`, then `map`: both are JSON.");
    match field.filter(|field| field.name() == Some(name)) {
        Some(field) => serde_json::from_slice(&field.bytes().await?).map_err(|_| malformed),
        None => Err(malformed),
    }
}

/// Where each file belongs.
fn places(map: Value) -> Result<BTreeMap<String, Vec<String>>, Refusal> {
    let map: BTreeMap<String, Vec<String>> = serde_json::from_value(map)
        .map_err(|_| Refusal::Malformed("`map` is an object of lists of paths, such as `variables.input.file`."))?;
    let is_small = map.len() as u64 <= MOST_FILES && map.values().all(|places| places.len() == 1);
    if is_small { Ok(map) } else { Err(Refusal::Malformed("At most 4 files are taken, each in one place.")) }
}

/// Puts the name of a file where the operation has null for it.
fn put(operations: &mut Value, place: &str, name: String) -> Result<(), Refusal> {
    let mut at = place.starts_with("variables.").then_some(operations);
    for step in place.split('.') {
        at = match at {
            Some(Value::Array(list)) => step.parse::<usize>().ok().and_then(|index| list.get_mut(index)),
            Some(Value::Object(members)) => members.get_mut(step),
            _ => None,
        };
    }
    match at {
        Some(at @ Value::Null) => {
            *at = name.into();
            Ok(())
        }
        _ => Err(Refusal::Malformed("`map` names a place in `variables` that is not there, or not null.")),
    }
}

/// Writes a file to the disk as it comes, and no more of it than may be.
async fn store(app: &App, mut field: Field<'_>, largest: u64) -> Result<SentFile, Refusal> {
    let broken = |error| Refusal::Failed(kernel::Error::Internal(format!("no room for what is sent: {error}")));
    let file_name = field.file_name().unwrap_or_default().to_string();
    let file = NamedTempFile::new_in(&app.scratch).map_err(broken)?;
    let mut out = tokio::fs::File::from_std(file.reopen().map_err(broken)?);
    let mut size = 0;
    while let Some(bytes) = field.try_next().await? {
        size += bytes.len() as u64;
        if size > largest {
            return Err(Refusal::TooLarge(format!("A file that comes with a request has at most {largest} bytes.")));
        }
        out.write_all(&bytes).await.map_err(broken)?;
    }
    out.flush().await.map_err(broken)?;
    Ok(SentFile { file_name, file })
}
