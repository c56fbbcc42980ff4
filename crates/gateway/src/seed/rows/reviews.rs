use kernel::ReviewId;
use learning::EnrollmentSource;
use reviews::{helpful_score, review, review_vote};
use sea_orm::Set;

use super::{
    super::{
        dice::{Dice, Kind, TODAY},
        plan::{
            School,
            courses::SECTIONS,
            reviews::{Review, voters},
        },
        words::opinions::opinion,
    },
    Dated,
};

pub fn reviews(school: &School) -> impl Iterator<Item = Dated<review::ActiveModel>> {
    let all = school.reviews.iter().enumerate();
    all.map(|(row, review)| {
        let enrolment = &school.enrolments[review.enrolment];
        let course = school.course_of(enrolment);
        let mut dice = Dice::new(school.seed, Kind::Review, row);
        let section = course.source.section(dice.early(SECTIONS));
        let opinion = opinion(&mut dice, review.stars, &section);
        let helpful = voters(school, row, review).count() as i32;
        let model = review::ActiveModel {
            id: Set(id(school, row, review)),
            user_id: Set(school.people[enrolment.user].id),
            course_id: Set(course.id),
            rating: Set(review.stars.into()),
            title: Set(opinion.title.into()),
            comment: Set(opinion.comment),
            is_verified_purchase: Set(enrolment.source == EnrollmentSource::Purchase),
            is_hidden: Set(false),
            helpful_count: Set(helpful),
            helpful_score: Set(helpful_score(helpful, 0)),
            reported_count: Set(0),
            ..Default::default()
        };
        (review.at, model)
    })
}

fn id(school: &School, row: usize, review: &Review) -> ReviewId {
    Dice::new(school.seed, Kind::Review, row).id(review.at)
}

pub fn votes(school: &School) -> impl Iterator<Item = Dated<review_vote::ActiveModel>> {
    let all = school.reviews.iter().enumerate();
    all.flat_map(move |(row, review)| {
        let votes = voters(school, row, review).enumerate();
        votes.map(move |(nth, user)| {
            let mut dice = Dice::new(school.seed, Kind::Vote, row * 4 + nth);
            let at = dice.between(review.at, TODAY);
            let model = review_vote::ActiveModel {
                id: Set(dice.id(at)),
                review_id: Set(id(school, row, review)),
                user_id: Set(school.people[user].id),
                ..Default::default()
            };
            (at, model)
        })
    })
}
