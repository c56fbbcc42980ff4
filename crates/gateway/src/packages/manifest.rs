use assessment::{PortableBank, PortableQuiz};
use courses::packaging::PortableCourse;
use kernel::{Error, Result};
use media::{PortableContent, PortableFile, PortablePicture};
use serde::{Deserialize, Serialize};

use super::Refusal;

/// What this version writes; it reads no other.
const FORMAT: &str = "lectern-course/1";

/// What is in a package. It names no person and no id: what it says is the course's wherever it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Manifest {
    format: String,
    pub course: PortableCourse,
    /// What the course is shown by.
    #[serde(default)]
    pub thumbnail: Option<PortablePicture>,
    pub files: Vec<PortableFile>,
    /// Missing in older packages.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub banks: Vec<PortableBank>,
    pub quizzes: Vec<PortableQuiz>,
}

impl Manifest {
    /// Of a course without files.
    pub fn new(course: PortableCourse, banks: Vec<PortableBank>, quizzes: Vec<PortableQuiz>) -> Self {
        Self { format: FORMAT.into(), course, thumbnail: None, files: vec![], banks, quizzes }
    }

    /// As it stands in the package.
    pub fn text(&self) -> Result<String> {
        serde_json::to_string_pretty(self).map_err(|error| Error::Internal(error.to_string()))
    }

    /// The manifest, if it is one of ours and what it says of itself fits together.
    pub fn parse(text: &[u8]) -> std::result::Result<Self, Refusal> {
        if has_nul(text) {
            return Err(Refusal::NotManifest("a text in it has the character U+0000.".into()));
        }
        let manifest: Self = serde_json::from_slice(text).map_err(|error| Refusal::NotManifest(format!("{error}.")))?;
        if manifest.format != FORMAT {
            return Err(Refusal::NotManifest(format!("its format is not `{FORMAT}`.")));
        }
        let sections = manifest.course.sections.len();
        let places = manifest.files.iter().map(|file| file.section);
        let mut places = places.chain(manifest.quizzes.iter().map(|quiz| quiz.section)).flatten();
        if places.any(|section| section >= sections) {
            return Err(Refusal::NotManifest("it puts something into a section that is not there.".into()));
        }
        Ok(manifest)
    }

    /// The names of all entries beside the manifest.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.contents().map(|content| &*content.path)
    }

    /// What lies beside the manifest.
    pub fn contents(&self) -> impl Iterator<Item = &PortableContent> {
        let files = self.files.iter().flat_map(PortableFile::contents);
        self.thumbnail.iter().map(|picture| &picture.content).chain(files)
    }
}

/// Is there a U+0000 in a text of this JSON? No column holds it. As itself it is not allowed there, and before its escape no
/// other backslash stands.
fn has_nul(mut json: &[u8]) -> bool {
    while let Some(at) = json.iter().position(|byte| *byte == b'\\') {
        json = &json[at + 1..];
        if json.starts_with(b"u0000") {
            return true;
        }
        json = json.get(1..).unwrap_or_default();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::has_nul;

    #[test]
    fn the_escape_is_told_from_what_looks_like_one() {
        for json in [r#"["\\u0000"]"#, r#"["\\\\u0000"]"#, r#"["\\""#, ""] {
            assert!(!has_nul(json.as_bytes()), "{json}");
        }
        for json in [r#"["a\u0000"]"#, r#"["\\\u0000"]"#, r#"{"\u0000":1}"#] {
            assert!(has_nul(json.as_bytes()), "{json}");
        }
    }
}
