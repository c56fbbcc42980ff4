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

/// What an upload is to become.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "media::UploadPurpose")]
pub enum UploadPurpose {
    /// A file for courses: `attachMedia` puts it where it belongs.
    MediaFile,
    /// The picture that a course is shown by, for everybody.
    CourseThumbnail,
    /// Your own picture, for everybody: once it is taken, you are shown by it. Not for API tokens.
    Avatar,
}

/// How far an upload has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "media::UploadStatus")]
pub enum UploadStatus {
    /// Waits for its parts, and for `completeUpload`.
    Open,
    /// All parts are there: the file is looked at.
    Verifying,
    /// It is a file now: `media`.
    Completed,
    /// It was not taken: `reason` says why. Its bytes are gone.
    Rejected,
    /// You have given it up. Its bytes are gone.
    Aborted,
    /// It was not completed in time. Its bytes are gone.
    Expired,
}
