use kernel::{EnrollmentId, SectionId};
use learning::{course_progress, enrollment, video_progress};
use sea_orm::Set;

use super::{
    super::{
        dice::{Dice, Kind, Seconds, time},
        plan::{
            School,
            courses::{SECTIONS, VIDEOS, VIDEOS_A_SECTION},
            enrolments::Enrolment,
        },
        publishing::Versions,
    },
    Dated,
};

pub fn enrollments<'a>(
    school: &'a School,
    versions: &'a Versions,
) -> impl Iterator<Item = Dated<enrollment::ActiveModel>> + 'a {
    let all = school.enrolments.iter().enumerate();
    all.map(move |(row, enrolment)| {
        let course = school.course_of(enrolment).id;
        let model = enrollment::ActiveModel {
            id: Set(enrollment_id(school, row, enrolment)),
            user_id: Set(school.people[enrolment.user].id),
            course_id: Set(course),
            course_version_id: Set(versions.get(&course).copied()),
            enrolled_at: Set(time(enrolment.at)),
            completed_at: Set((enrolment.seen == VIDEOS).then(|| time(enrolment.last))),
            expires_at: Set(enrolment.expires.map(time)),
            status: Set(enrolment.status),
            source: Set(enrolment.source),
            progress_percentage: Set(enrolment.progress()),
            last_accessed: Set(enrolment.started().then(|| time(enrolment.last))),
            ..Default::default()
        };
        (enrolment.at, model)
    })
}

pub fn enrollment_id(school: &School, row: usize, enrolment: &Enrolment) -> EnrollmentId {
    Dice::new(school.seed, Kind::Enrollment, row).id(enrolment.at)
}

/// When and for how long somebody watched a video.
struct Watched {
    at: Seconds,
    /// In seconds.
    time: i32,
    /// In hundredths of a percent.
    percentage: i32,
}

/// The videos of an enrolment lie evenly between its first and its last day.
fn watched(school: &School, row: usize, nth: usize) -> (Dice, Watched) {
    let enrolment = &school.enrolments[row];
    let mut dice = Dice::new(school.seed, Kind::VideoProgress, row * VIDEOS + nth);
    let percentage = if nth < enrolment.seen { 10_000 } else { dice.between(500, 9_000) as i32 };
    let duration = school.course_of(enrolment).video(nth).duration;
    let span = enrolment.last - enrolment.at;
    let watched = Watched {
        at: enrolment.at + span * (nth as Seconds + 1) / enrolment.watched() as Seconds,
        time: (i64::from(duration) * i64::from(percentage) / 10_000) as i32,
        percentage,
    };
    (dice, watched)
}

pub fn video_progress(school: &School) -> impl Iterator<Item = Dated<video_progress::ActiveModel>> {
    let all = school.enrolments.iter().enumerate();
    all.flat_map(move |(row, enrolment)| {
        (0..enrolment.watched()).map(move |nth| {
            let (dice, watched) = watched(school, row, nth);
            let course = school.course_of(enrolment);
            let model = video_progress::ActiveModel {
                id: Set(dice.id(watched.at)),
                user_id: Set(school.people[enrolment.user].id),
                video_id: Set(course.video(nth).id),
                course_id: Set(course.id),
                watch_time: Set(watched.time),
                last_position: Set(watched.time),
                completed: Set(watched.percentage == 10_000),
                completion_percentage: Set(watched.percentage),
                ..Default::default()
            };
            (watched.at, model)
        })
    })
}

/// One row for the whole course and, for every fifth learner, one for each section that they have been in.
pub fn course_progress(school: &School) -> impl Iterator<Item = Dated<course_progress::ActiveModel>> {
    let all = school.enrolments.iter().enumerate();
    all.filter(|(_, enrolment)| enrolment.started()).flat_map(move |(row, enrolment)| {
        let whole = progress(school, row, 0..VIDEOS, None);
        let sections = if row.is_multiple_of(5) { enrolment.watched().div_ceil(VIDEOS_A_SECTION) } else { 0 };
        let sections = (0..sections).map(move |at| {
            let videos = at * VIDEOS_A_SECTION..(at + 1) * VIDEOS_A_SECTION;
            progress(school, row, videos, Some(at))
        });
        std::iter::once(whole).chain(sections)
    })
}

/// What became of these videos.
fn progress(
    school: &School,
    row: usize,
    videos: std::ops::Range<usize>,
    section: Option<usize>,
) -> Dated<course_progress::ActiveModel> {
    let enrolment = &school.enrolments[row];
    let course = school.course_of(enrolment);
    let touched = videos.start..videos.end.min(enrolment.watched());
    let seen = videos.end.min(enrolment.seen).saturating_sub(videos.start);
    let section_id: Option<SectionId> = section.map(|at| course.sections[at]);
    let place = row * (SECTIONS + 1) + section.map_or(0, |at| at + 1);
    let first = watched(school, row, touched.start).1.at;
    let last = watched(school, row, touched.end - 1).1.at;
    let model = course_progress::ActiveModel {
        id: Set(Dice::new(school.seed, Kind::CourseProgress, place).id(first)),
        user_id: Set(school.people[enrolment.user].id),
        course_id: Set(course.id),
        section_id: Set(section_id),
        last_video_id: Set(Some(course.video(touched.end - 1).id)),
        completion_percentage: Set((seen * 10_000 / videos.len()) as i32),
        total_watch_time: Set(touched.map(|nth| watched(school, row, nth).1.time).sum()),
        last_updated: Set(time(last)),
        ..Default::default()
    };
    (first, model)
}
