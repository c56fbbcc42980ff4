use courses::CourseStatus;
use kernel::{CourseId, MediaId, QuizId, SectionId};

use super::{
    super::{
        dice::{DAY, Dice, Kind, OPENED, Seconds, TODAY},
        prose::PROSE,
        words::outline::Source,
    },
    materials::{files, quizzes, sections},
    people::{Part, Person, TEACHER},
    pricing::{Price, price},
    titles::titles,
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
    let instructors: Vec<usize> = (0..people.len()).filter(|at| people[*at].part == Part::Instructor).collect();
    let titles = titles(seed, count).into_iter().enumerate();
    titles
        .map(|(row, title)| {
            let teacher = teacher(row, &instructors);
            course(seed, row, title, (teacher, &people[teacher]))
        })
        .collect()
}

fn course(seed: u64, row: usize, (source, slug): (Source, String), (teacher, instructor): (usize, &Person)) -> Course {
    let mut dice = Dice::new(seed, Kind::Course, row);
    let by_hand = row < PROSE.len();
    let status = status(row, by_hand);
    let joined = instructor.joined;
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
fn teacher(row: usize, instructors: &[usize]) -> usize {
    const OWN: usize = 4;
    if row < OWN { TEACHER } else { instructors[(row - OWN + 1) % instructors.len()] }
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
