use assessment::{PortableBank, PortableQuiz};
use courses::packaging::PortableCourse;
use kernel::{Error, Result};
use media::PortableFile;
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
    pub files: Vec<PortableFile>,
    /// Missing in older packages.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub banks: Vec<PortableBank>,
    pub quizzes: Vec<PortableQuiz>,
}

impl Manifest {
    pub fn new(
        course: PortableCourse,
        files: Vec<PortableFile>,
        banks: Vec<PortableBank>,
        quizzes: Vec<PortableQuiz>,
    ) -> Self {
        Self { format: FORMAT.into(), course, files, banks, quizzes }
    }

    /// As it stands in the package.
    pub fn text(&self) -> Result<String> {
        serde_json::to_string_pretty(self).map_err(|error| Error::Internal(error.to_string()))
    }

    /// The manifest, if it is one of ours and what it says of itself fits together.
    pub fn parse(text: &[u8]) -> std::result::Result<Self, Refusal> {
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
        let contents = self.files.iter().flat_map(PortableFile::contents);
        contents.map(|content| &*content.path)
    }
}
