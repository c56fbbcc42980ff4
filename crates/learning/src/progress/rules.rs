//! What must hold of progress, and the numbers that it is made with.

use chrono::TimeDelta;

/// How fast one may watch and still have all of it counted.
pub const MAX_RATE: i64 = 2;

/// A recording is completed when so much of it was watched, in hundredths of a percent.
pub const COMPLETED_AT: i64 = 9_000;

/// The whole, in hundredths of a percent.
pub const WHOLE: i64 = 10_000;

/// What a recording counts for at least, in seconds.
pub const LEAST_WEIGHT: i32 = 60;

/// What everything counts for that has no duration, in seconds.
pub const FLAT_WEIGHT: i32 = 300;

/// How many packets a batch may hold.
pub const MAX_BATCH: usize = 100;

/// How far a device's clock may be ahead.
pub const MAX_AHEAD: TimeDelta = TimeDelta::minutes(5);

/// How far a device's clock may be behind: more than any time zone that it takes for another.
pub const MAX_BEHIND: TimeDelta = TimeDelta::days(1);

/// No recording is longer, in seconds.
pub const MAX_SECONDS: f64 = i32::MAX as f64;

/// How many gaps the numbers of a playback's packets may have: those that are under way, and those that were lost.
pub const MAX_GAPS: usize = 5_000;

kernel::rules! {
    PLAYBACK_RANGE_INVALID: "What was watched begins at 0 or later, and ends where it begins or later, at 2147483647 at most.";
    PLAYBACK_POSITION_INVALID: "A position is a number of seconds, from 0 to 2147483647.";
    PLAYBACK_SEQUENCE_INVALID: "Packets are counted from 0.";
    PLAYBACK_SEQUENCE_SPARSE: "Too many numbers were left out in this playback: send what is missing, or begin another `playbackId`.";
    PLAYBACK_TIME_INVALID: "The time lies in the future, or more than a day before you came to the course.";
    PLAYBACK_MEDIA_NOT_FOUND: "There is no such file, or not for you.";
    PLAYBACK_MEDIA_NOT_TIMED: "The file has no duration (yet): nobody can watch it.";
    PLAYBACK_COURSE_MISMATCH: "The file is not one of this course.";
    PLAYBACK_NOT_ENROLLED: "You don't take the course that the file belongs to, or not any more.";
    ITEM_NOT_FOUND: "There is no such item in this course, or not for you.";
    ITEM_IS_WATCHED: "This one is completed by watching it.";
    ITEM_COURSE_COMPLETED: "You have completed the course: what you have done for it stays done.";
}
