use async_graphql::Enum;

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "media::FileType")]
pub enum FileType {
    /// Something to watch.
    Video,
    /// Something to read.
    Document,
    /// Something to look at.
    Image,
    /// Something to listen to.
    Audio,
    /// Anything else.
    Other,
}

/// How far a file has come on its way from the upload to those who use it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "media::ProcessingStatus")]
pub enum ProcessingStatus {
    /// Waits for its turn.
    Pending,
    /// Is being worked on.
    Processing,
    /// Can be used.
    Completed,
    /// Could not be made use of.
    Failed,
}

/// What captions are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "media::CaptionKind")]
pub enum CaptionKind {
    /// What is said, for those who do not know the language.
    Subtitles,
    /// What is to be heard, for those who do not hear.
    Captions,
    /// What is to be seen, for those who do not see.
    Descriptions,
    /// The parts of the recording by name.
    Chapters,
}
