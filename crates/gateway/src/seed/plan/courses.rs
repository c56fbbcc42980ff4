use std::collections::HashSet;

use courses::{CourseStatus, slug_of};
use kernel::{CourseId, MediaId, QuizId, SectionId};

use super::{
    super::{
        dice::{DAY, Dice, HOUR, Kind, MINUTE, OPENED, Seconds, TODAY},
        fields::fields,
        prose::PROSE,
        words::{outline::Source, titles::APPROACHES},
    },
    people::{Part, Person, TEACHER},
};

pub const SECTIONS: usize = 8;
pub const FILES: usize = 5;
pub const QUIZZES: usize = 3;

/// The first files of a section are videos; notes and an extra follow.
pub const VIDEOS_A_SECTION: usize = 3;
pub const VIDEOS: usize = SECTIONS * VIDEOS_A_SECTION;

pub struct Course {
    pub id: CourseId,
    pub source: Source,
    pub slug: String,
    pub teacher: usize,
    pub created: Seconds,
    pub published: Option<Seconds>,
    pub status: CourseStatus,
    pub price: Price,
    /// A BCP 47 tag.
    pub language: &'static str,
    /// In percent: how much people like it.
    pub quality: i64,
    pub sections: Vec<SectionId>,
    pub files: Vec<File>,
    pub quizzes: Vec<QuizId>,
    pub counts: Counts,
}

#[derive(Clone, Copy)]
pub struct Price {
    /// In minor units.
    pub amount: i64,
    pub discounted: Option<i64>,
    pub currency: &'static str,
}

#[derive(Clone, Copy)]
pub struct File {
    pub id: MediaId,
    pub created: Seconds,
    /// In seconds; 0 for what does not play.
    pub duration: i32,
}

#[derive(Debug, Default, PartialEq)]
pub struct Counts {
    pub learners: i32,
    pub completed: i32,
    /// How many reviews gave one star, two stars, ...
    pub stars: [i32; 5],
}

impl Course {
    /// The n-th video of the course.
    pub fn video(&self, n: usize) -> File {
        self.files[n / VIDEOS_A_SECTION * FILES + n % VIDEOS_A_SECTION]
    }

    pub fn duration(&self) -> i32 {
        self.files.iter().map(|file| file.duration).sum()
    }
}

pub fn plan(seed: u64, count: usize, people: &[Person]) -> Vec<Course> {
    let mut slugs = HashSet::new();
    let composed = all_titles(seed);
    (0..count)
        .map(|row| {
            let source = PROSE.get(row).map_or_else(
                || {
                    let at = row - PROSE.len();
                    let (part, at) = (at / composed.len(), at % composed.len());
                    composed[at].in_part(part)
                },
                |prose| Source::Prose(prose),
            );
            let slug = free_slug(&mut slugs, &source.title());
            course(seed, row, source, slug, people)
        })
        .collect()
}

/// Every subject in every approach, in an order that mixes both.
fn all_titles(seed: u64) -> Vec<Source> {
    let subjects = fields().flat_map(|field| field.subjects.iter().map(move |it| (field, it)));
    let mut all: Vec<Source> = subjects
        .flat_map(|(field, subject)| {
            APPROACHES.iter().map(move |approach| Source::Composed {
                field,
                subject,
                approach,
                part: 0,
            })
        })
        .collect();
    Dice::new(seed, Kind::Titles, 0).shuffle(&mut all);
    all
}

fn free_slug(taken: &mut HashSet<String>, title: &str) -> String {
    let base = slug_of(title);
    let mut slug = base.clone();
    let mut suffix = 0;
    while !taken.insert(slug.clone()) {
        suffix += 1;
        slug = format!("{base}-{suffix}");
    }
    slug
}

fn course(seed: u64, row: usize, source: Source, slug: String, people: &[Person]) -> Course {
    let mut dice = Dice::new(seed, Kind::Course, row);
    let by_hand = row < PROSE.len();
    let teacher = teacher(row, people);
    let status = status(row, by_hand);
    let joined = people[teacher].joined;
    let created = match status {
        _ if by_hand => dice.between(joined + DAY, OPENED + 240 * DAY),
        CourseStatus::Draft => dice.between(TODAY - 60 * DAY, TODAY - 10 * DAY),
        _ => dice.between(joined + DAY, TODAY - 80 * DAY),
    };
    let delay = dice.between(5 * DAY, 60 * DAY);
    Course {
        id: dice.id(created),
        price: price(&mut dice, &source),
        language: language(&mut dice, by_hand),
        quality: if by_hand { 92 } else { dice.between(35, 95) },
        slug,
        teacher,
        created,
        published: (status != CourseStatus::Draft).then_some(created + delay),
        status,
        sections: sections(seed, row, created),
        files: files(seed, row, created, &source),
        quizzes: quizzes(seed, row, created),
        counts: Counts::default(),
        source,
    }
}

/// The demo teacher has the first four; the rest go round.
fn teacher(row: usize, people: &[Person]) -> usize {
    const OWN: usize = 4;
    let instructors: Vec<usize> = (0..people.len())
        .filter(|at| people[*at].part == Part::Instructor)
        .collect();
    if row < OWN {
        TEACHER
    } else {
        instructors[(row - OWN + 1) % instructors.len()]
    }
}

/// Four in five are published.
fn status(row: usize, by_hand: bool) -> CourseStatus {
    match row % 20 {
        _ if by_hand => CourseStatus::Published,
        8 | 18 => CourseStatus::Draft,
        9 => CourseStatus::Unpublished,
        19 => CourseStatus::Archived,
        _ => CourseStatus::Published,
    }
}

const PRICES: [i64; 8] = [1_500, 1_900, 2_500, 2_900, 3_900, 4_900, 6_900, 9_900];

fn price(dice: &mut Dice, source: &Source) -> Price {
    let amount = match source {
        Source::Prose(prose) => prose.price,
        Source::Composed { .. } if dice.percent(25) => 0,
        Source::Composed { .. } => dice.pick(&PRICES),
    };
    let currency = match dice.between(0, 99) {
        _ if matches!(source, Source::Prose(_)) => "USD",
        0..70 => "USD",
        70..85 => "EUR",
        85..95 => "GBP",
        // No minor unit: 2900 are 2,900 yen.
        _ => "JPY",
    };
    let discounted = (amount > 0 && dice.percent(25)).then(|| amount * dice.between(5, 8) / 10);
    Price {
        amount,
        discounted,
        currency,
    }
}

fn language(dice: &mut Dice, by_hand: bool) -> &'static str {
    match dice.between(0, 99) {
        _ if by_hand => "en",
        0..76 => "en",
        76..84 => "es",
        84..89 => "fr",
        89..93 => "de",
        93..97 => "pt-BR",
        _ => "ja",
    }
}

fn sections(seed: u64, course: usize, created: Seconds) -> Vec<SectionId> {
    (0..SECTIONS)
        .map(|at| Dice::new(seed, Kind::Section, course * SECTIONS + at).id(created + HOUR))
        .collect()
}

/// An author uploads one every two hours.
fn files(seed: u64, course: usize, created: Seconds, source: &Source) -> Vec<File> {
    (0..SECTIONS * FILES)
        .map(|at| {
            let mut dice = Dice::new(seed, Kind::Media, course * SECTIONS * FILES + at);
            let created = created + 2 * HOUR * (at as Seconds + 1);
            let plays = at % FILES < VIDEOS_A_SECTION
                || at % FILES == FILES - 1 && source.extra(at / FILES).ends_with(".mp3");
            let duration = dice.between(3 * MINUTE, 22 * MINUTE);
            File {
                id: dice.id(created),
                created,
                duration: if plays { duration as i32 } else { 0 },
            }
        })
        .collect()
}

fn quizzes(seed: u64, course: usize, created: Seconds) -> Vec<QuizId> {
    (0..QUIZZES)
        .map(|at| Dice::new(seed, Kind::Quiz, course * QUIZZES + at).id(created + 4 * DAY))
        .collect()
}
