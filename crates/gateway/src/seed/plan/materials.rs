//! What a course is made of.

use kernel::{QuizId, SectionId};

use super::{
    super::{
        dice::{DAY, Dice, HOUR, Kind, MINUTE, Seconds},
        words::outline::Source,
    },
    courses::{FILES, File, QUIZZES, SECTIONS, VIDEOS_A_SECTION},
};

pub fn sections(seed: u64, course: usize, created: Seconds) -> Vec<SectionId> {
    (0..SECTIONS).map(|at| Dice::new(seed, Kind::Section, course * SECTIONS + at).id(created + HOUR)).collect()
}

/// An author uploads one every two hours.
pub fn files(seed: u64, course: usize, created: Seconds, source: &Source) -> Vec<File> {
    (0..SECTIONS * FILES)
        .map(|at| {
            let mut dice = Dice::new(seed, Kind::Media, course * SECTIONS * FILES + at);
            let created = created + 2 * HOUR * (at as Seconds + 1);
            let plays =
                at % FILES < VIDEOS_A_SECTION || at % FILES == FILES - 1 && source.extra(at / FILES).ends_with(".mp3");
            let duration = dice.between(3 * MINUTE, 22 * MINUTE);
            File { id: dice.id(created), created, duration: if plays { duration as i32 } else { 0 } }
        })
        .collect()
}

pub fn quizzes(seed: u64, course: usize, created: Seconds) -> Vec<QuizId> {
    (0..QUIZZES).map(|at| Dice::new(seed, Kind::Quiz, course * QUIZZES + at).id(created + 4 * DAY)).collect()
}
