//! What is loaded of files.

use kernel::{CaptionTrackId, CourseId, MediaId, SectionId, UploadId, UserId};
use media::{
    CaptionTrackRow, MediaDetails, MediaRow, UploadRow,
    reading::{self, count_files_of_courses, count_files_of_users, files_of_courses, files_of_users},
};

use crate::graphql::keys::{edge, key};

key! {
    /// A file.
    FileById: MediaId => MediaRow, reading::files
}
key! {
    /// The heavy columns of a file.
    DetailsOfFile: MediaId => MediaDetails, reading::file_details
}
key! {
    /// A section's files.
    FilesOfSection: SectionId => Vec<MediaRow>, reading::files_of_sections
}
key! {
    /// Captions.
    CaptionsById: CaptionTrackId => CaptionTrackRow, reading::caption_tracks
}
key! {
    /// A recording's captions.
    CaptionsOfFile: MediaId => Vec<CaptionTrackRow>, reading::captions_of_files
}
key! {
    /// An upload.
    UploadById: UploadId => UploadRow, reading::uploads
}
edge! {
    /// A course's files.
    FilesOfCourse, FileCountOfCourse: CourseId => MediaRow, files_of_courses, count_files_of_courses
}
edge! {
    /// What a person uploaded.
    FilesOfUser, FileCountOfUser: UserId => MediaRow, files_of_users, count_files_of_users
}
