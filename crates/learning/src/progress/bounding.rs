//! What of somebody's watching counts: no more than there was time for, over all that they take.

use chrono::{DateTime, Utc};
use kernel::{CourseId, MediaId};

use super::rules::MAX_RATE;

/// What somebody has watched of a course, and in which time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sea_orm::FromQueryResult)]
pub struct Budget {
    pub course: CourseId,
    /// In seconds of the recordings, each bounded by itself.
    pub watched: i64,
    /// What of that does not count so far.
    pub excess: i64,
    /// In seconds of the clock.
    pub seconds: i64,
    /// What remains of those when others claim the same ones and each has its part, in thousandths.
    pub share: i64,
    /// It was completed, once and for all: what counted there can't be taken back.
    pub is_over: bool,
}

/// A recording that somebody has watched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Film {
    pub course: CourseId,
    pub media: MediaId,
    /// In seconds, bounded by itself.
    pub watched: i64,
    /// The time and the number of the latest packet.
    pub latest: Option<(DateTime<Utc>, i64)>,
}

const THOUSAND: i64 = 1_000;

/// Does all count, now as before?
pub fn is_within(budgets: &[Budget]) -> bool {
    let fits = |budget: &Budget| budget.excess == 0 && budget.watched <= budget.seconds * MAX_RATE;
    budgets.iter().all(fits) && is_shared(budgets.iter()) && is_shared(budgets.iter().filter(|it| !it.is_over))
}

fn is_shared<'a>(budgets: impl Iterator<Item = &'a Budget>) -> bool {
    let (watched, share) = budgets.fold((0, 0), |sums, it| (sums.0 + it.watched, sums.1 + it.share));
    watched * THOUSAND <= share * MAX_RATE
}

/// What does not count of each recording, in seconds: what exceeds twice the time of its course; then that of all courses that
/// are not completed, so that time which was enough for one long ago does not serve another; then that of all. What was
/// watched last is left out first, so that it takes nothing from what came before. It follows from what all packets say together,
/// and not from the order in which they came.
pub fn excesses(budgets: &[Budget], films: &[Film]) -> Vec<i64> {
    let mut left = Left::of(films);
    for budget in budgets {
        let over = left.over(budget.seconds * THOUSAND, |film| film.course == budget.course);
        left.take_off(over, |film| film.course == budget.course);
    }
    let is_open = |film: &Film| !budgets.iter().any(|it| it.course == film.course && it.is_over);
    let open = budgets.iter().filter(|it| !it.is_over).map(|it| it.share).sum();
    let over = left.over(open, is_open);
    left.take_off(over, is_open);
    let over = left.over(budgets.iter().map(|it| it.share).sum(), |_| true);
    let rest = left.take_off(over, is_open);
    left.take_off(rest, |_| true);
    left.excesses
}

struct Left<'a> {
    films: &'a [Film],
    /// The last first.
    order: Vec<usize>,
    excesses: Vec<i64>,
}

impl<'a> Left<'a> {
    fn of(films: &'a [Film]) -> Self {
        let mut order: Vec<usize> = (0..films.len()).collect();
        order.sort_by_key(|at| std::cmp::Reverse((films[*at].latest, films[*at].media, films[*at].course)));
        Self { films, order, excesses: vec![0; films.len()] }
    }

    /// By how many seconds these exceed what can be watched in so many thousandths.
    fn over(&self, time: i64, is_meant: impl Fn(&Film) -> bool) -> i64 {
        let these = self.films.iter().zip(&self.excesses).filter(|(film, _)| is_meant(film));
        let watched: i64 = these.map(|(film, excess)| film.watched - excess).sum();
        (watched - time * MAX_RATE / THOUSAND).max(0)
    }

    /// Takes so much off these; answers what is left to take off.
    fn take_off(&mut self, mut seconds: i64, is_meant: impl Fn(&Film) -> bool) -> i64 {
        for at in self.order.iter().copied().filter(|at| is_meant(&self.films[*at])) {
            let most = seconds.min(self.films[at].watched - self.excesses[at]);
            self.excesses[at] += most;
            seconds -= most;
        }
        seconds
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use sea_orm::prelude::Uuid;

    use super::*;

    fn course(n: u128) -> CourseId {
        CourseId(Uuid::from_u128(n))
    }

    fn film(of: u128, n: u128, watched: i64, at: i64) -> Film {
        let latest = DateTime::from_timestamp(at, 0).map(|at| (at, 0));
        Film { course: course(of), media: MediaId(Uuid::from_u128(n)), watched, latest }
    }

    fn budget(n: u128, films: &[Film], seconds: i64, share: i64, is_over: bool) -> Budget {
        let watched = films.iter().filter(|film| film.course == course(n)).map(|film| film.watched).sum();
        Budget { course: course(n), watched, excess: 0, seconds, share: share * THOUSAND, is_over }
    }

    #[test]
    fn what_was_watched_last_is_left_out_first() {
        let films = [film(1, 1, 20, 100), film(1, 2, 20, 300), film(1, 3, 20, 200)];
        assert_eq!(excesses(&[budget(1, &films, 15, 15, false)], &films), [0, 20, 10]);
        assert_eq!(excesses(&[budget(1, &films, 30, 30, false)], &films), [0, 0, 0]);
    }

    #[test]
    fn five_courses_at_once_take_the_time_of_one() {
        let films: Vec<_> = (1..=5).map(|n| film(n, n, 20, 10)).collect();
        let budgets: Vec<_> = (1..=5).map(|n| budget(n, &films, 10, 2, false)).collect();
        assert!(!is_within(&budgets));
        assert_eq!(excesses(&budgets, &films), [0, 20, 20, 20, 20]);
    }

    #[test]
    fn what_completed_a_course_is_gone() {
        let films = [film(1, 1, 20, 500), film(2, 2, 20, 10)];
        let budgets = |is_over| [budget(1, &films, 10, 5, is_over), budget(2, &films, 10, 5, false)];
        assert_eq!(excesses(&budgets(false), &films), [20, 0]);
        // All of the time went into the first.
        assert_eq!(excesses(&budgets(true), &films), [0, 20]);
    }

    #[test]
    fn time_that_was_left_over_does_not_serve_another_course() {
        let films = [film(1, 1, 1_000, 10), film(2, 2, 20, 2_000), film(3, 3, 20, 2_000)];
        let first = budget(1, &films, 1_000, 1_000, true);
        let budgets = [first, budget(2, &films, 10, 5, false), budget(3, &films, 10, 5, false)];
        assert!(!is_within(&budgets));
        assert_eq!(excesses(&budgets, &films), [0, 0, 20]);
    }

    prop_compose! {
        fn persons()(
            films in proptest::collection::vec((0u128..4, 0i64..500, 0i64..50), 0..30),
            times in proptest::collection::vec((0i64..900, 1i64..4, any::<bool>()), 4),
        ) -> (Vec<Budget>, Vec<Film>) {
            let films: Vec<_> = (0..).zip(films).map(|(n, (of, watched, at))| film(of, n, watched, at)).collect();
            let budgets = (0..).zip(times).map(|(n, (time, by, over))| budget(n, &films, time, time / by, over));
            (budgets.collect(), films)
        }
    }

    proptest! {
        #[test]
        fn never_more_than_there_was_time_for((budgets, films) in persons()) {
            let found = excesses(&budgets, &films);
            let counted = |is_meant: &dyn Fn(&Film) -> bool| -> i64 {
                films.iter().zip(&found).filter(|(film, _)| is_meant(film)).map(|(film, excess)| film.watched - excess).sum()
            };
            prop_assert!(films.iter().zip(&found).all(|(film, excess)| (0..=film.watched).contains(excess)));
            for budget in &budgets {
                prop_assert!(counted(&|film| film.course == budget.course) <= budget.seconds * MAX_RATE);
            }
            prop_assert!(counted(&|_| true) * THOUSAND <= budgets.iter().map(|it| it.share).sum::<i64>() * MAX_RATE);
            prop_assert_eq!(is_within(&budgets), found.iter().all(|excess| *excess == 0));
            // In another order it is the same.
            let mut backwards: Vec<_> = films.iter().rev().copied().collect();
            let mut others = excesses(&budgets, &backwards);
            others.reverse();
            backwards.reverse();
            prop_assert_eq!(others, found);
        }
    }
}
