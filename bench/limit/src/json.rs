//! JSON as it is sent, written straight into its bytes.

use std::io::Write;

use uuid::Uuid;

use crate::Failure;

const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

#[derive(Default)]
pub struct Json(Vec<u8>);

impl Json {
    pub fn with_room(bytes: usize) -> Self {
        Self(Vec::with_capacity(bytes))
    }

    pub fn done(self) -> Vec<u8> {
        self.0
    }

    /// As it is: brackets, commas and names.
    pub fn raw(&mut self, text: &str) -> &mut Self {
        self.0.extend_from_slice(text.as_bytes());
        self
    }

    /// A comma before all but the first.
    pub fn comma(&mut self, place: usize) -> &mut Self {
        if place > 0 { self.raw(",") } else { self }
    }

    pub fn text(&mut self, text: &str) -> Result<&mut Self, Failure> {
        serde_json::to_writer(&mut self.0, text)?;
        Ok(self)
    }

    /// Constants of the database in the manner of the API: in capitals.
    pub fn constant(&mut self, text: &str) -> &mut Self {
        self.0.push(b'"');
        self.0.extend(text.bytes().map(|byte| byte.to_ascii_uppercase()));
        self.0.push(b'"');
        self
    }

    pub fn number(&mut self, number: impl std::fmt::Display) -> Result<&mut Self, Failure> {
        write!(self.0, "{number}")?;
        Ok(self)
    }

    pub fn number_or_null(&mut self, number: Option<impl std::fmt::Display>) -> Result<&mut Self, Failure> {
        match number {
            Some(number) => self.number(number),
            None => Ok(self.raw("null")),
        }
    }

    /// An id as clients see it: a word, and the UUID in 26 characters.
    pub fn id(&mut self, prefix: &str, id: Uuid) -> &mut Self {
        let bits = id.as_u128();
        self.0.push(b'"');
        self.raw(prefix);
        self.0.push(b'_');
        self.0.extend((0..26).rev().map(|digit| DIGITS[(bits >> (digit * 5)) as usize & 31]));
        self.0.push(b'"');
        self
    }
}
