use courses::{course, course_section, course_tag};
use sea_orm::Set;
use serde_json::json;

use super::{
    super::{
        dice::{Dice, HOUR, Kind, time},
        plan::{
            School,
            courses::{Counts, Course, SECTIONS},
        },
        words::description::describe,
    },
    Dated, catalogue,
};

pub fn courses(school: &School) -> impl Iterator<Item = Dated<course::ActiveModel>> {
    let courses = school.courses.iter().enumerate();
    courses.map(|(row, course)| {
        let filled = counted(model(school, row, course), &course.counts);
        (course.created, filled)
    })
}

fn words_of(school: &School, row: usize) -> Dice {
    Dice::new(school.seed, Kind::CourseText, row)
}

fn model(school: &School, row: usize, course: &Course) -> course::ActiveModel {
    let words = describe(&course.source, &mut words_of(school, row), course.language);
    let title = course.source.title();
    course::ActiveModel {
        id: Set(course.id),
        seo_metadata: Set(json!({ "title": title, "description": words.short })),
        title: Set(title),
        slug: Set(course.slug.clone()),
        description: Set(words.long),
        short_description: Set(words.short),
        // There are no pictures behind made-up courses.
        thumbnail: Set(None),
        preview_video_url: Set(String::new()),
        instructor_id: Set(school.people[course.teacher].id),
        category_id: Set(Some(catalogue::id(school.seed, course.source.field()))),
        price: Set(course.price.amount),
        discount_price: Set(course.price.discounted),
        currency: Set(course.price.currency.into()),
        duration: Set(course.duration()),
        difficulty: Set(course.source.difficulty()),
        language: Set(course.language.into()),
        prerequisites: Set(json!(words.prerequisites)),
        learning_outcomes: Set(json!(words.outcomes)),
        target_audience: Set(json!(words.audience)),
        course_structure: Set(None),
        status: Set(course.status),
        published_at: Set(course.published.map(time)),
        metadata: Set(json!({})),
        version: Set(1),
        ..Default::default()
    }
}

fn counted(row: course::ActiveModel, counts: &Counts) -> course::ActiveModel {
    let [one, two, three, four, five] = counts.stars;
    let ratings = [one, two, three, four, five];
    course::ActiveModel {
        enrollment_count: Set(counts.learners),
        completion_count: Set(counts.completed),
        rating_sum: Set((1..).zip(ratings).map(|(stars, count)| stars * i64::from(count)).sum()),
        rating_count: Set(ratings.iter().sum()),
        rating_1: Set(one),
        rating_2: Set(two),
        rating_3: Set(three),
        rating_4: Set(four),
        rating_5: Set(five),
        ..row
    }
}

pub fn tags(school: &School) -> impl Iterator<Item = course_tag::ActiveModel> {
    let courses = school.courses.iter().enumerate();
    courses.flat_map(|(row, course)| {
        let words = describe(&course.source, &mut words_of(school, row), course.language);
        let tag = |tag| course_tag::ActiveModel { course_id: Set(course.id), tag: Set(tag) };
        words.tags.into_iter().map(tag)
    })
}

pub fn sections(school: &School) -> impl Iterator<Item = Dated<course_section::ActiveModel>> {
    let courses = school.courses.iter().enumerate();
    courses.flat_map(move |(row, course)| {
        course.sections.iter().enumerate().map(move |(at, id)| {
            let mut dice = Dice::new(school.seed, Kind::Section, row * SECTIONS + at);
            let section = course_section::ActiveModel {
                id: Set(*id),
                course_id: Set(course.id),
                title: Set(course.source.section(at)),
                description: Set(course.source.section_about(&mut dice, at)),
                order: Set(at as i32),
                is_published: Set(true),
                is_preview: Set(at == 0),
                ..Default::default()
            };
            (course.created + HOUR, section)
        })
    })
}
