//! Many people at once do all that can be done to reviews, in an order that nobody knows: whatever it was, the numbers are
//! those of the rows.

use std::{collections::HashMap, sync::Arc};

use courses::course;
use kernel::{EntityId, Live};
use reviews::{helpful_score, review, review_vote};
use sea_orm::EntityTrait;
use serde_json::json;
use testkit::{Answer, Person, TestApp, on_both};

use super::{does, learner, moderates, moderator, votes};

const TASKS: u64 = 32;
const STEPS: usize = 14;

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % bound as u64) as usize
    }

    fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

struct School {
    app: TestApp,
    courses: Vec<String>,
    learners: Vec<Person>,
    moderators: Vec<Person>,
    owner: Person,
}

async fn school(app: TestApp) -> School {
    let owner = app.instructor("Tomas").await;
    let courses = vec![owner.publishes("Rust").await, owner.publishes("Go").await];
    let mut learners = vec![];
    for n in 0..8 {
        let person = learner(&app, &format!("Learner{n}"), &courses[0]).await;
        let enrolled =
            super::Enrolled(learning::EnrollmentStatus::Completed, learning::EnrollmentSource::Purchase, 100);
        super::enrol(&app, &person, &courses[1], enrolled).await;
        learners.push(person);
    }
    let moderators = vec![moderator(&app, "Mo").await, moderator(&app, "Mia").await];
    School { app, courses, learners, moderators, owner }
}

impl School {
    /// Any review that is there at this moment.
    async fn review(&self, dice: &mut Dice) -> Option<String> {
        let all = review::Entity::live().all(self.app.db().read()).await.unwrap();
        (!all.is_empty()).then(|| dice.pick(&all).id.to_wire())
    }

    /// A review of this person, if they have one.
    async fn own(&self, dice: &mut Dice, person: &Person) -> Option<String> {
        let all = review::Entity::live().all(self.app.db().read()).await.unwrap();
        let own: Vec<_> = all.into_iter().filter(|row| row.user_id == person.id).collect();
        (!own.is_empty()).then(|| dice.pick(&own).id.to_wire())
    }

    async fn step(&self, dice: &mut Dice) -> Option<Answer> {
        let (person, moderator) = (dice.pick(&self.learners), dice.pick(&self.moderators));
        let rating = 1 + dice.below(5);
        Some(match dice.below(12) {
            0 | 1 => {
                let input = json!({"courseId": dice.pick(&self.courses), "rating": rating});
                does(person, "submitReview", input, "").await
            }
            2 | 3 => {
                let input = json!({"id": self.own(dice, person).await?, "rating": rating});
                does(person, "updateReview", input, "").await
            }
            4 => does(person, "deleteReview", json!({"id": self.own(dice, person).await?}), "").await,
            5 => moderates(moderator, &self.review(dice).await?, "HIDE").await,
            6 => moderates(moderator, &self.review(dice).await?, "RESTORE").await,
            7 => does(person, "removeReviewVote", json!({"reviewId": self.review(dice).await?}), "").await,
            8 => {
                // Whoever changes the course meanwhile locks it, too.
                let input = json!({"id": dice.pick(&self.courses), "shortDescription": format!("{rating}")});
                does(&self.owner, "updateCourse", input, "").await
            }
            9 => {
                let input = json!({"reviewId": self.review(dice).await?, "reason": "SPAM"});
                does(person, "reportReview", input, "").await
            }
            _ => votes(person, &self.review(dice).await?, dice.below(2) == 0).await,
        })
    }
}

#[on_both]
async fn whatever_32_do_at_once_the_numbers_are_those_of_the_rows(app: TestApp) {
    let school = Arc::new(school(app.clone()).await);
    let tasks: Vec<_> = (0..TASKS)
        .map(|seed| {
            let school = school.clone();
            tokio::spawn(async move {
                let (mut dice, mut done) = (Dice(seed * 7_919 + 5), 0);
                for _ in 0..STEPS {
                    let Some(answer) = school.step(&mut dice).await else { continue };
                    // Somebody else may have deleted or hidden it in between, and nothing else goes wrong.
                    assert!(answer.codes().iter().all(|code| *code == "NOT_FOUND"), "{answer:?}");
                    done += usize::from(answer.codes().is_empty() && answer.user_errors().is_empty());
                }
                done
            })
        })
        .collect();
    let mut done = 0;
    for task in tasks {
        done += task.await.unwrap();
    }
    assert!(done > 100, "only {done} of them did anything");
    agree(&app).await;
}

/// Counters against the rows they count, all worked out here.
#[expect(clippy::disallowed_methods, reason = "what is deleted has counts as well")]
async fn agree(app: &TestApp) {
    let db = app.db().read();
    let rows = review::Entity::find().all(db).await.unwrap();
    let votes = review_vote::Entity::live().all(db).await.unwrap();
    let reports = reviews::review_report::Entity::live().all(db).await.unwrap();
    for row in &rows {
        let count =
            |kind| votes.iter().filter(|vote| vote.review_id == row.id && vote.is_helpful == kind).count() as i32;
        let (helpful, unhelpful) = (count(true), count(false));
        assert_eq!((row.helpful_count, row.unhelpful_count), (helpful, unhelpful), "{row:?}");
        assert_eq!(row.helpful_score, helpful_score(helpful, unhelpful), "{row:?}");
        let open = reports.iter().filter(|report| report.review_id == row.id && report.settled_at.is_none()).count();
        assert_eq!(row.reported_count, open as i32, "{row:?}");
        assert_eq!(row.is_hidden, row.hidden_at.is_some(), "{row:?}");
        assert!(row.queued_at.is_some() || row.reported_count < reviews::REPORTS_TO_QUEUE, "{row:?}");
    }
    let mut shown: HashMap<_, Vec<i32>> = HashMap::new();
    for row in rows.iter().filter(|row| !row.is_deleted && !row.is_hidden) {
        shown.entry(row.course_id).or_default().push(row.rating);
    }
    assert!(!shown.is_empty());
    for course in course::Entity::live().all(db).await.unwrap() {
        let stars = shown.remove(&course.id).unwrap_or_default();
        let (sum, count) = (stars.iter().map(|stars| i64::from(*stars)).sum::<i64>(), stars.len() as i32);
        assert_eq!((course.rating_sum, course.rating_count), (sum, count), "{}", course.title);
        let each = |star| stars.iter().filter(|stars| **stars == star).count() as i32;
        let counted = [course.rating_1, course.rating_2, course.rating_3, course.rating_4, course.rating_5];
        assert_eq!(counted, [1, 2, 3, 4, 5].map(each), "{}", course.title);
        assert_eq!(i64::from(course.rating_score), (sum * 10_000 + 350_000) / i64::from(count + 10));
    }
    // No two living reviews of one person and course, no two votes of one person on one review.
    let mut pairs: Vec<_> = rows.iter().filter(|row| !row.is_deleted).map(|row| (row.user_id, row.course_id)).collect();
    let mut cast: Vec<_> = votes.iter().map(|vote| (vote.user_id, vote.review_id)).collect();
    let (reviews, votes) = (pairs.len(), cast.len());
    pairs.sort();
    pairs.dedup();
    cast.sort();
    cast.dedup();
    assert_eq!((pairs.len(), cast.len()), (reviews, votes));
    let drift = app.app.write_as_system(async |tx| courses::recount_ratings(tx, ::reviews::ratings_of_courses()).await);
    assert_eq!(drift.await.unwrap(), []);
}
