//! What a list of courses could be narrowed to.

use async_graphql::{Context, Object, SimpleObject};
use courses::facets;
use futures_util::future::join_all;

use super::{CourseCategory, enums::DifficultyLevel, keys::CategoryById};
use crate::graphql::{
    accounts::PublicProfile,
    context::Req,
    error::Result,
    scalars::{Locale, Money, hundredths},
};

/// What a list of courses could be narrowed to.
pub struct CourseFacets(pub courses::CourseFilter);

/// A category, and how many courses are in it.
#[derive(SimpleObject)]
pub struct CategoryFacet {
    /// The category.
    category: CourseCategory,
    /// How many courses are in it or in one below it.
    count: i64,
}

/// A tag, and how many courses have it.
#[derive(SimpleObject)]
pub struct TagFacet {
    /// The tag.
    tag: String,
    /// How many courses have it.
    count: i64,
}

/// A difficulty, and how many courses are of it.
#[derive(SimpleObject)]
pub struct DifficultyFacet {
    /// The difficulty.
    difficulty: DifficultyLevel,
    /// How many courses are of it.
    count: i64,
}

/// A language, and how many courses are taught in it.
#[derive(SimpleObject)]
pub struct LanguageFacet {
    /// The language.
    language: Locale,
    /// How many courses are taught in exactly this.
    count: i64,
}

/// A person, and how many courses they teach.
#[derive(SimpleObject)]
pub struct InstructorFacet {
    /// Who teaches.
    instructor: PublicProfile,
    /// How many courses they teach.
    count: i64,
}

/// A rating, and how many courses reach it.
#[derive(SimpleObject)]
pub struct RatingFacet {
    /// From 0 to 5: pass it as `minRating`.
    min_rating: f64,
    /// How many courses are rated at least this.
    count: i64,
}

/// A range of durations, and how many courses are in it.
#[derive(SimpleObject)]
pub struct DurationFacet {
    /// Where it begins: pass it as `minDurationSeconds`.
    min_duration_seconds: i64,
    /// Where it ends, this included: pass it as `maxDurationSeconds`. Null for the range without an end.
    max_duration_seconds: Option<i64>,
    /// How many courses are in it.
    count: i64,
}

/// What courses cost at present.
#[derive(SimpleObject)]
pub struct PriceFacet {
    /// How many have no price.
    free_count: i64,
    /// How many have a price.
    paid_count: i64,
    /// How many are in which range, by currency, the cheapest first.
    ranges: Vec<PriceRangeFacet>,
}

/// A range of prices, and how many courses are in it.
#[derive(SimpleObject)]
pub struct PriceRangeFacet {
    /// Where it begins: pass it as `minPrice`.
    min_price: Money,
    /// Where it ends, this included: pass it as `maxPrice`. Null for the range without an end.
    max_price: Option<Money>,
    /// How many courses are in it.
    count: i64,
}

/// What a list of courses could be narrowed to: each dimension is counted over the same filter and search without its own
/// part, so that it says what another choice would find. Of each, the 50 values that most courses have, these first.
#[Object]
impl CourseFacets {
    /// The categories, each with those below it. Null when they can't be read.
    async fn categories(&self, ctx: &Context<'_>) -> Option<Result<Vec<CategoryFacet>>> {
        Some(categories(ctx, &self.0).await)
    }

    /// The tags. Null when they can't be read.
    async fn tags(&self, ctx: &Context<'_>) -> Option<Result<Vec<TagFacet>>> {
        let found = facets::tags(ctx.req().db().read(), &ctx.req().viewer(), &self.0).await;
        Some(all(found, |(tag, count)| TagFacet { tag, count }))
    }

    /// The difficulties. Null when they can't be read.
    async fn difficulties(&self, ctx: &Context<'_>) -> Option<Result<Vec<DifficultyFacet>>> {
        let found = facets::difficulties(ctx.req().db().read(), &ctx.req().viewer(), &self.0).await;
        Some(all(found, |(level, count)| DifficultyFacet { difficulty: level.into(), count }))
    }

    /// The languages. Null when they can't be read.
    async fn languages(&self, ctx: &Context<'_>) -> Option<Result<Vec<LanguageFacet>>> {
        let found = facets::languages(ctx.req().db().read(), &ctx.req().viewer(), &self.0).await;
        Some(all(found, |(language, count)| LanguageFacet { language: Locale(language), count }))
    }

    /// Who teaches. Null when they can't be read.
    async fn instructors(&self, ctx: &Context<'_>) -> Option<Result<Vec<InstructorFacet>>> {
        Some(instructors(ctx, &self.0).await)
    }

    /// From 4.5 down to 3 stars. Null when they can't be read.
    async fn ratings(&self, ctx: &Context<'_>) -> Option<Result<Vec<RatingFacet>>> {
        let found = facets::ratings(ctx.req().db().read(), &ctx.req().viewer(), &self.0).await;
        Some(all(found, |(rating, count)| RatingFacet { min_rating: hundredths(rating as i32), count }))
    }

    /// How long the courses are, the shortest first; ranges without courses are left out. Null when they can't be read.
    async fn durations(&self, ctx: &Context<'_>) -> Option<Result<Vec<DurationFacet>>> {
        let found = facets::durations(ctx.req().db().read(), &ctx.req().viewer(), &self.0).await;
        Some(all(found, |(range, count)| DurationFacet {
            min_duration_seconds: range.at_least,
            max_duration_seconds: range.at_most,
            count,
        }))
    }

    /// What the courses cost. Null when it can't be read.
    async fn prices(&self, ctx: &Context<'_>) -> Option<Result<PriceFacet>> {
        let found = facets::prices(ctx.req().db().read(), &ctx.req().viewer(), &self.0).await;
        Some(found.map(PriceFacet::from).map_err(Into::into))
    }
}

fn all<T, F>(found: kernel::Result<Vec<T>>, facet: impl Fn(T) -> F) -> Result<Vec<F>> {
    Ok(found?.into_iter().map(facet).collect())
}

/// Categories that are not shown are left out.
async fn categories(ctx: &Context<'_>, filter: &courses::CourseFilter) -> Result<Vec<CategoryFacet>> {
    let found = facets::categories(ctx.req().db().read(), &ctx.req().viewer(), filter).await?;
    let rows = join_all(found.iter().map(|(id, _)| ctx.req().loaders.load(CategoryById(*id)))).await;
    let rows = rows.into_iter().zip(found);
    let facets = rows.map(|(row, (_, count))| Ok(row?.map(|row| CategoryFacet { category: row.into(), count })));
    facets.filter_map(Result::transpose).collect()
}

/// People whose accounts are not active are left out.
async fn instructors(ctx: &Context<'_>, filter: &courses::CourseFilter) -> Result<Vec<InstructorFacet>> {
    let found = facets::instructors(ctx.req().db().read(), &ctx.req().viewer(), filter).await?;
    let people = join_all(found.iter().map(|(id, _)| PublicProfile::load(ctx, Some(*id)))).await;
    let people = people.into_iter().zip(found);
    people
        .filter_map(|(person, (_, count))| Some(person?.map(|instructor| InstructorFacet { instructor, count })))
        .collect()
}

impl From<facets::Prices> for PriceFacet {
    fn from(prices: facets::Prices) -> Self {
        let ranges = prices.ranges.into_iter().map(PriceRangeFacet::from).collect();
        Self { free_count: prices.free, paid_count: prices.paid, ranges }
    }
}

impl From<facets::PriceRange> for PriceRangeFacet {
    fn from(facets::PriceRange { currency, range, count }: facets::PriceRange) -> Self {
        let money = |minor| Money::from_minor(minor, &currency);
        Self { min_price: money(range.at_least), max_price: range.at_most.map(money), count }
    }
}
