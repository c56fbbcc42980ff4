use std::{
    collections::{HashMap, HashSet},
    fmt::Debug,
};

use kernel::CourseId;
use learning::EnrollmentStatus::{Active, Completed};
use sea_orm::prelude::Uuid;

use super::{
    Size,
    dice::TODAY,
    plan::{School, courses::VIDEOS},
    publishing::Versions,
    rows::{
        Dated, catalogue, certificates, chats, courses, learning as study, media, people, quizzes, reviews, sittings,
        staff,
    },
};

const SMALL: Size = Size { courses: 60, users: 150, enrollments: 900, seed: 7 };

/// All rows but the roles', whose ids the database knows, as text; with their time.
fn everything(school: &School) -> Vec<(i64, String)> {
    fn texts<'a, R: Debug>(rows: impl Iterator<Item = Dated<R>> + 'a) -> impl Iterator<Item = (i64, String)> + 'a {
        rows.map(|(at, row)| (at, format!("{row:?}")))
    }
    let (mut all, none) = (Vec::new(), Versions::new());
    all.extend(texts(people::users(school, "hash")));
    all.extend(texts(catalogue::categories(school.seed)));
    all.extend(texts(courses::courses(school)));
    all.extend(texts(courses::tags(school).map(|row| (0, row))));
    all.extend(texts(staff::staff(school)));
    all.extend(texts(staff::prerequisites(school).map(|row| (0, row))));
    all.extend(texts(courses::sections(school)));
    all.extend(texts(media::files(school)));
    all.extend(texts(quizzes::quizzes(school)));
    all.extend(texts(quizzes::all_questions(school)));
    all.extend(texts(study::enrollments(school, &none)));
    all.extend(texts(study::video_progress(school)));
    all.extend(texts(study::course_progress(school)));
    all.extend(texts(certificates::certificates(school, &none)));
    all.extend(texts(sittings::quiz_attempts(school)));
    all.extend(texts(sittings::quiz_answers(school)));
    all.extend(texts(reviews::reviews(school)));
    all.extend(texts(reviews::votes(school)));
    all.extend(texts(chats::conversations(school)));
    all.extend(texts(chats::chats(school)));
    all
}

#[test]
fn the_same_size_gives_the_same_rows_all_of_them_in_the_past() {
    let one = everything(&School::plan(&Size::demo()));
    assert!(one.iter().all(|(at, _)| *at <= TODAY));
    assert_eq!(one, everything(&School::plan(&Size::demo())));
    let other = Size { seed: 2, ..Size::demo() };
    assert_ne!(one, everything(&School::plan(&other)));
}

#[test]
fn there_is_what_was_asked_for_and_no_id_comes_twice() {
    let school = School::plan(&SMALL);
    assert_eq!(school.people.len(), 150);
    assert_eq!(school.courses.len(), 60);
    assert_eq!(school.enrolments.len(), 900);
    assert_eq!(school.reviews.len(), 450);
    assert_eq!(sittings::quiz_attempts(&school).count(), 180);
    assert_eq!(sittings::quiz_answers(&school).count(), 180 * 10);
    let mut ids: HashSet<Uuid> = HashSet::new();
    let mut fresh = |id: Uuid| assert!(ids.insert(id), "{id}");
    people::users(&school, "").for_each(|(_, row)| fresh((*row.id.as_ref()).into()));
    courses::sections(&school).for_each(|(_, row)| fresh((*row.id.as_ref()).into()));
    media::files(&school).for_each(|(_, row)| fresh((*row.id.as_ref()).into()));
    quizzes::all_questions(&school).for_each(|(_, row)| fresh((*row.id.as_ref()).into()));
    study::enrollments(&school, &Versions::new()).for_each(|(_, row)| fresh((*row.id.as_ref()).into()));
    study::video_progress(&school).for_each(|(_, row)| fresh((*row.id.as_ref()).into()));
    study::course_progress(&school).for_each(|(_, row)| fresh((*row.id.as_ref()).into()));
    reviews::votes(&school).for_each(|(_, row)| fresh((*row.id.as_ref()).into()));
}

#[test]
fn a_large_school_keeps_the_answers_of_every_tenth_attempt() {
    let school = School::plan(&Size { courses: 60, users: 1_500, enrollments: 20_005, seed: 7 });
    assert_eq!(sittings::quiz_attempts(&school).count(), 4_001);
    assert_eq!(sittings::quiz_answers(&school).count(), 401 * 10);
}

#[test]
fn the_counters_of_a_course_equal_its_rows() {
    let school = School::plan(&SMALL);
    let mut counts: HashMap<CourseId, [i64; 5]> = HashMap::new();
    for (_, row) in study::enrollments(&school, &Versions::new()) {
        let count = counts.entry(*row.course_id.as_ref()).or_default();
        let status = row.status.as_ref();
        count[0] += i64::from(matches!(status, Active | Completed));
        count[1] += i64::from(*status == Completed);
    }
    for (_, row) in reviews::reviews(&school) {
        let count = counts.entry(*row.course_id.as_ref()).or_default();
        count[2] += i64::from(*row.rating.as_ref());
        count[3] += 1;
    }
    for (_, row) in media::files(&school) {
        let course = row.course_id.as_ref().unwrap();
        counts.entry(course).or_default()[4] += i64::from(row.duration.as_ref().unwrap_or(0));
    }
    for (_, row) in courses::courses(&school) {
        let stored = [
            (*row.enrollment_count.as_ref()).into(),
            (*row.completion_count.as_ref()).into(),
            *row.rating_sum.as_ref(),
            (*row.rating_count.as_ref()).into(),
            (*row.duration.as_ref()).into(),
        ];
        assert_eq!(stored, counts[row.id.as_ref()], "{}", row.title.as_ref());
    }
}

#[test]
fn the_votes_of_a_review_equal_its_rows_and_none_is_its_authors() {
    let school = School::plan(&SMALL);
    let mut votes = HashMap::new();
    for (_, row) in reviews::votes(&school) {
        let voters: &mut Vec<_> = votes.entry(*row.review_id.as_ref()).or_default();
        voters.push(*row.user_id.as_ref());
    }
    for (_, row) in reviews::reviews(&school) {
        let voters = votes.remove(row.id.as_ref()).unwrap_or_default();
        assert_eq!(*row.helpful_count.as_ref() as usize, voters.len());
        assert!(!voters.contains(row.user_id.as_ref()));
    }
    assert!(votes.is_empty());
}

#[test]
fn nobody_takes_a_course_twice_or_before_it_is_there_and_no_teacher_their_own() {
    let school = School::plan(&SMALL);
    let mut pairs = HashSet::new();
    for it in &school.enrolments {
        let course = school.course_of(it);
        assert!(pairs.insert((it.user, it.course)));
        assert_ne!(it.user, course.teacher);
        assert!(course.published.is_some_and(|published| published <= it.at));
        assert!(it.at <= it.last && it.last < TODAY);
        assert_eq!(it.status == Completed, it.seen == VIDEOS);
    }
}

#[test]
fn thousands_of_titles_differ_and_all_words_fit_their_columns() {
    let school = School::plan(&Size { courses: 2_000, users: 10, enrollments: 0, seed: 3 });
    let mut titles = HashSet::new();
    let mut slugs = HashSet::new();
    for (_, row) in courses::courses(&school) {
        let title = row.title.as_ref();
        assert!(title.len() <= 255 && !title.contains("The The "), "{title}");
        assert!(row.short_description.as_ref().len() <= 500, "{title}");
        assert!(!row.description.as_ref().contains('{'), "{title}");
        assert!(titles.insert(title.clone()), "{title}");
        assert!(slugs.insert(row.slug.as_ref().clone()));
    }
    assert!(courses::tags(&school).all(|row| row.tag.as_ref().len() <= 50));
    assert!(media::files(&school).all(|(_, row)| row.file_name.as_ref().len() <= 255));
}

#[test]
fn the_smallest_schools_stand() {
    for (courses, users, enrollments) in [(0, 0, 0), (0, 9, 9), (1, 1, 1), (7, 4, 1_000)] {
        let school = School::plan(&Size { courses, users, enrollments, seed: 1 });
        assert_eq!(school.people.len(), users.max(4));
        assert!(!everything(&school).is_empty());
    }
}
