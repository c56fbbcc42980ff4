use async_graphql::InputObject;
use chrono::{DateTime, Utc};
use courses::SortDirection as Direction;
use kernel::{CategoryId, Error, ProfileId, Result, Words};

use super::enums::{CourseSortField, CourseStatus, DifficultyLevel, SortDirection};
use crate::graphql::{
    id::Id,
    scalars::{Locale, MoneyInput},
};

/// Narrows a list of courses; what is not given does not narrow, and all that is given has to hold.
#[derive(Clone, Debug, Default, InputObject)]
pub struct CourseFilter {
    /// In this category or one below it.
    pub category_id: Option<Id<CategoryId>>,
    /// Taught by this person: the id of a public profile.
    pub instructor_id: Option<Id<ProfileId>>,
    /// With this tag.
    pub tag: Option<String>,
    /// Of this difficulty.
    pub difficulty: Option<DifficultyLevel>,
    /// In this language; `pt` also finds `pt-BR`, but not the other way round.
    pub language: Option<Locale>,
    /// Of this status; others than `PUBLISHED` find one's own courses, or all with the permission `courses.manage`.
    pub status: Option<CourseStatus>,
    /// Without a price, or with one.
    pub is_free: Option<bool>,
    /// Costing at least this at present, in the same currency.
    pub min_price: Option<MoneyInput>,
    /// Costing at most this at present, in the same currency.
    pub max_price: Option<MoneyInput>,
    /// Rated at least this, from 0 to 5.
    pub min_rating: Option<f64>,
    /// With at least so many seconds of videos and recordings.
    pub min_duration_seconds: Option<i32>,
    /// With at most so many seconds of videos and recordings.
    pub max_duration_seconds: Option<i32>,
}

/// How a list of courses is ordered.
#[derive(Clone, Copy, Debug, InputObject)]
pub struct CourseSort {
    /// By what.
    pub field: CourseSortField,
    /// Which end comes first.
    #[graphql(default_with = "SortDirection::Descending")]
    pub direction: SortDirection,
}

impl CourseFilter {
    /// The filter in the words of the domain. `search` comes from an argument of its own.
    pub fn into_domain(self, search: Option<String>, now: DateTime<Utc>) -> Result<courses::CourseFilter> {
        let currency = match (&self.min_price, &self.max_price) {
            (Some(min), Some(max)) if min.currency() != max.currency() => {
                return Err(Error::bad_input("filter", "`minPrice` and `maxPrice` have to be of one currency"));
            }
            (Some(price), _) | (_, Some(price)) => Some(price.currency()),
            _ => None,
        };
        Ok(courses::CourseFilter {
            now,
            category: self.category_id.map(|id| id.at(&["filter", "categoryId"])).transpose()?,
            instructor: self.instructor_id.map(|id| id.at(&["filter", "instructorId"])).transpose()?.map(Into::into),
            tag: self.tag.map(|tag| tag.trim().to_lowercase()),
            difficulty: self.difficulty.map(Into::into),
            language: self.language.map(|language| language.0),
            status: self.status.map(Into::into),
            is_free: self.is_free,
            min_price: minor(self.min_price.as_ref(), "minPrice")?,
            max_price: minor(self.max_price.as_ref(), "maxPrice")?,
            currency,
            min_rating: self.min_rating.map(rating).transpose()?,
            min_duration: self.min_duration_seconds,
            max_duration: self.max_duration_seconds,
            search: search.filter(|text| !text.trim().is_empty()).map(|text| Words::of(&text)),
        })
    }
}

impl CourseSort {
    /// The order in the words of the domain. When nothing is said, what is searched for comes by how well it answers, and
    /// everything else by how popular it is.
    pub fn into_domain(sort: Option<Self>) -> courses::CourseSort {
        sort.map_or(courses::CourseSort::RELEVANT, Into::into)
    }
}

impl From<CourseSort> for courses::CourseSort {
    fn from(sort: CourseSort) -> Self {
        Self { order: sort.field.into(), direction: Direction::from(sort.direction) }
    }
}

/// Each word is a condition of its own, so their number has an end.
const MAX_WORDS: usize = 10;

pub fn search_words(search: String) -> Result<String> {
    if search.split_whitespace().count() > MAX_WORDS || search.chars().count() > 200 {
        let message = format!("a search has at most {MAX_WORDS} words and 200 characters");
        return Err(Error::bad_input("search", message));
    }
    Ok(search)
}

fn minor(price: Option<&MoneyInput>, field: &'static str) -> Result<Option<i64>> {
    let Some(price) = price else {
        return Ok(None);
    };
    let minor = price.minor();
    if minor < 0 {
        let message =
            "a price is a decimal number that is not negative and no finer than the currency's minor unit".into();
        return Err(Error::BadInput { field: vec!["filter".into(), field.into()], message });
    }
    Ok(Some(minor))
}

/// In hundredths of a star.
fn rating(stars: f64) -> Result<i32> {
    if !(0.0..=5.0).contains(&stars) {
        return Err(Error::BadInput {
            field: vec!["filter".into(), "minRating".into()],
            message: "a rating is from 0 to 5".into(),
        });
    }
    Ok((stars * 100.0).round() as i32)
}
