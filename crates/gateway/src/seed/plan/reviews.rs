use super::{
    super::dice::{Dice, Kind, Seconds, TODAY},
    School,
    courses::Course,
    enrolments::Enrolment,
    spread::Spread,
};

#[derive(Clone, Debug, PartialEq)]
pub struct Review {
    pub enrolment: usize,
    pub at: Seconds,
    pub stars: u8,
}

/// Half of those who enrolled have something to say: those who started first.
pub fn plan(seed: u64, courses: &[Course], enrolments: &[Enrolment]) -> Vec<Review> {
    let quota = enrolments.len() / 2;
    let started = enrolments.iter().filter(|it| it.started()).count();
    let mut first = Spread::new(quota, started);
    let mut then = Spread::new(quota.saturating_sub(started), enrolments.len() - started);
    let reviewed = enrolments
        .iter()
        .enumerate()
        .filter(|(_, enrolment)| if enrolment.started() { first.takes_next() } else { then.takes_next() });
    let reviews = reviewed.enumerate().map(|(row, (at, enrolment))| {
        let mut dice = Dice::new(seed, Kind::Review, row);
        Review {
            enrolment: at,
            at: dice.between(enrolment.last, TODAY - 1),
            stars: stars(&mut dice, courses[enrolment.course].quality),
        }
    });
    reviews.collect()
}

/// The better the course the more stars, but there is always somebody who disagrees.
fn stars(dice: &mut Dice, quality: i64) -> u8 {
    let mood = dice.between(0, 100) + quality;
    match mood {
        _ if dice.percent(3) => 1,
        ..45 => 1,
        45..60 => 2,
        60..85 => 3,
        85..120 => 4,
        _ => 5,
    }
}

/// Who found the review helpful: mostly nobody, and never its author.
pub fn voters(school: &School, row: usize, review: &Review) -> impl Iterator<Item = usize> {
    const MOST: i64 = 4;
    let mut dice = Dice::new(school.seed, Kind::Vote, row * MOST as usize);
    let people = school.people.len();
    let author = school.enrolments[review.enrolment].user;
    let count = if dice.percent(10) { dice.between(1, MOST.min(people as i64 - 1)) } else { 0 };
    let start = dice.below(people);
    (0..people).map(move |step| (start + step) % people).filter(move |user| *user != author).take(count as usize)
}
