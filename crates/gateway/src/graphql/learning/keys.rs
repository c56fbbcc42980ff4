//! What is loaded of learning.

use std::collections::HashMap;

use kernel::{
    CertificateId, CourseId, CourseProgressId, CourseVersionId, EnrollmentId, MediaId, SectionId, UserId,
    VideoProgressId, Viewer, WaitlistEntryId,
};
use learning::{
    CertificateRow, CourseProgressRow, EnrollmentRow, GrantRow, VideoProgressRow, WaitlistRow,
    progress::{Standing, reading::own_standings},
    reading::{
        self, all_certificates_of_enrollments, certificates_of_users, count_certificates_of_enrollments,
        count_certificates_of_users, count_enrollments_of_courses, count_enrollments_of_users,
        count_progress_of_courses, count_progress_of_sections, count_progress_of_users,
        count_video_progress_of_courses, count_video_progress_of_users, count_video_progress_of_videos,
        enrollments_of_courses, enrollments_of_users, progress_of_courses, progress_of_sections, progress_of_users,
        video_progress_of_courses, video_progress_of_users, video_progress_of_videos,
    },
    waitlist,
};
use sea_orm::ConnectionTrait;

use crate::graphql::keys::{edge, key};

key! {
    /// An enrolment.
    EnrollmentById: EnrollmentId => EnrollmentRow, reading::enrollments
}
key! {
    /// The viewer's own enrolment in a course.
    OwnEnrollment: CourseId => EnrollmentRow, reading::own_enrollments
}
key! {
    /// The number of a version of a course.
    VersionNumber: CourseVersionId => i32, version_numbers
}
key! {
    /// A place on a waitlist.
    WaitlistEntryById: WaitlistEntryId => WaitlistRow, waitlist::reading::entries
}
key! {
    /// The viewer's own place on the waitlist of a course.
    OwnWaitlistEntry: CourseId => WaitlistRow, waitlist::reading::own_entries
}
key! {
    /// Where somebody stands on a waitlist.
    WaitlistPosition: WaitlistEntryId => i64, waitlist::reading::positions
}
key! {
    /// Progress in a course or section.
    CourseProgressById: CourseProgressId => CourseProgressRow, reading::course_progress
}
key! {
    /// Progress in a video.
    VideoProgressById: VideoProgressId => VideoProgressRow, reading::video_progress
}
key! {
    /// A certificate.
    CertificateById: CertificateId => CertificateRow, reading::certificates
}
key! {
    /// The valid certificate of an enrolment.
    CertificateOfEnrollment: EnrollmentId => CertificateRow, reading::certificates_of_enrollments
}
key! {
    /// What an enrolment was given by.
    GrantsOfEnrollment: EnrollmentId => Vec<GrantRow>, reading::grants_of_enrollments
}
key! {
    /// How far an enrolment has come in each section.
    SectionsOfEnrollment: EnrollmentId => Vec<CourseProgressRow>, reading::sections_of_enrollments
}
edge! {
    /// All certificates of an enrolment.
    CertificatesOfEnrollment, CertificateCountOfEnrollment: EnrollmentId => CertificateRow, all_certificates_of_enrollments, count_certificates_of_enrollments
}
key! {
    /// How far an enrolment has come.
    ProgressOfEnrollment: EnrollmentId => CourseProgressRow, reading::progress_of_enrollments
}
key! {
    /// Where an enrolment of one's own stands.
    StandingOfEnrollment: EnrollmentId => Standing, own_standings
}
key! {
    /// The videos that a progress counts as watched to the end.
    CompletedVideos: CourseProgressId => Vec<MediaId>, reading::completed_videos
}
edge! {
    /// A person's enrolments.
    EnrollmentsOfUser, EnrollmentCountOfUser: UserId => EnrollmentRow, enrollments_of_users, count_enrollments_of_users
}
edge! {
    /// The enrolments in a course.
    EnrollmentsOfCourse, EnrollmentCountOfCourse: CourseId => EnrollmentRow, enrollments_of_courses, count_enrollments_of_courses
}
edge! {
    /// A person's progress in courses and sections.
    ProgressOfUser, ProgressCountOfUser: UserId => CourseProgressRow, progress_of_users, count_progress_of_users
}
edge! {
    /// Everybody's progress in a course and its sections.
    ProgressOfCourse, ProgressCountOfCourse: CourseId => CourseProgressRow, progress_of_courses, count_progress_of_courses
}
edge! {
    /// Everybody's progress in a section.
    ProgressOfSection, ProgressCountOfSection: SectionId => CourseProgressRow, progress_of_sections, count_progress_of_sections
}
edge! {
    /// A person's progress in videos.
    VideoProgressOfUser, VideoProgressCountOfUser: UserId => VideoProgressRow, video_progress_of_users, count_video_progress_of_users
}
edge! {
    /// Everybody's progress in the videos of a course.
    VideoProgressOfCourse, VideoProgressCountOfCourse: CourseId => VideoProgressRow, video_progress_of_courses, count_video_progress_of_courses
}
edge! {
    /// Everybody's progress in a video.
    VideoProgressOfVideo, VideoProgressCountOfVideo: MediaId => VideoProgressRow, video_progress_of_videos, count_video_progress_of_videos
}
edge! {
    /// The certificates that a person earned.
    CertificatesOfUser, CertificateCountOfUser: UserId => CertificateRow, certificates_of_users, count_certificates_of_users
}

/// A number tells nothing of the version.
async fn version_numbers(
    db: &impl ConnectionTrait,
    _: &Viewer,
    versions: &[CourseVersionId],
) -> kernel::Result<HashMap<CourseVersionId, i32>> {
    reading::version_numbers(db, versions).await
}
