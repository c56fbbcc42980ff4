//! What a course costs, and for how long it costs less.

use async_graphql::{Context, InputObject, Object, SimpleObject};
use chrono::{DateTime, Utc};
use courses::{CourseRow, Discount};
use kernel::CourseId;

use super::{Course, inputs::price};
use crate::graphql::{
    context::{Req, RequestContext},
    error::{Result, UserError, outcome},
    id::Id,
    scalars::{Money, MoneyInput},
};

/// A lower price for a while.
#[derive(SimpleObject)]
pub struct CourseDiscount {
    /// What the course costs meanwhile.
    price: Money,
    /// From when on. Null when it holds since it was given.
    starts_at: Option<DateTime<Utc>>,
    /// Until when. Null when it holds until somebody ends it.
    ends_at: Option<DateTime<Utc>>,
}

impl CourseDiscount {
    /// The course's, unless it is over.
    pub fn of(course: &CourseRow, now: DateTime<Utc>) -> Option<Self> {
        let price = course.discount_price.filter(|_| !course.is_discount_over(now))?;
        Some(Self {
            price: Money::from_minor(price, &course.currency),
            starts_at: course.discount_starts_at,
            ends_at: course.discount_ends_at,
        })
    }
}

/// What a course is to cost.
#[derive(Debug, InputObject)]
pub struct SetCoursePriceInput {
    /// The course.
    pub course_id: Id<CourseId>,
    /// Its price. One that a discount is not below any more, or in another currency than that, is refused: end the
    /// discount first.
    pub price: MoneyInput,
}

/// For how long a course is to cost how much less.
#[derive(Debug, InputObject)]
pub struct ScheduleDiscountInput {
    /// The course.
    pub course_id: Id<CourseId>,
    /// What it costs meanwhile: less than its price, in the same currency.
    pub price: MoneyInput,
    /// From when on; at once when nothing is said.
    pub starts_at: Option<DateTime<Utc>>,
    /// Until when, after the start and after now; until somebody ends it when nothing is said.
    pub ends_at: Option<DateTime<Utc>>,
}

/// Of which course to end the discount.
#[derive(Debug, InputObject)]
pub struct EndDiscountInput {
    /// The course.
    pub course_id: Id<CourseId>,
}

/// What came of setting a price.
#[derive(SimpleObject)]
pub struct SetCoursePricePayload {
    /// The course. Null when the input was refused.
    pub course: Option<Course>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// What came of giving a discount.
#[derive(SimpleObject)]
pub struct ScheduleDiscountPayload {
    /// The course. Null when the input was refused.
    pub course: Option<Course>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// What came of ending a discount.
#[derive(SimpleObject)]
pub struct EndDiscountPayload {
    /// The course. Null when the input was refused.
    pub course: Option<Course>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

#[derive(Default)]
pub struct PricingMutation;

#[Object]
impl PricingMutation {
    /// Says what a course costs. For its owner. Null when you may not.
    async fn set_course_price(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it is to cost.")] input: SetCoursePriceInput,
    ) -> Option<Result<SetCoursePricePayload>> {
        Some(set_price(ctx.req(), input).await)
    }

    /// Lets a course cost less for a while, in place of any other discount. For its owner. Null when you may not.
    async fn schedule_discount(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How much less, from when until when.")] input: ScheduleDiscountInput,
    ) -> Option<Result<ScheduleDiscountPayload>> {
        Some(schedule(ctx.req(), input).await)
    }

    /// Takes a discount away, whether it holds already or not. For the course's owner. Null when you may not.
    async fn end_discount(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of which course.")] input: EndDiscountInput,
    ) -> Option<Result<EndDiscountPayload>> {
        Some(end(ctx.req(), input).await)
    }
}

async fn set_price(req: &RequestContext, input: SetCoursePriceInput) -> Result<SetCoursePricePayload> {
    let (id, price) = (input.course_id.at(&["input", "courseId"])?, price(input.price));
    let (course, user_errors) = outcome(req.write(async |tx| courses::set_price(tx, id, price).await).await)?;
    Ok(SetCoursePricePayload { course: course.map(Course::from), user_errors })
}

async fn schedule(req: &RequestContext, input: ScheduleDiscountInput) -> Result<ScheduleDiscountPayload> {
    let id = input.course_id.at(&["input", "courseId"])?;
    let discount = Discount { price: price(input.price), starts_at: input.starts_at, ends_at: input.ends_at };
    let (course, user_errors) =
        outcome(req.write(async |tx| courses::schedule_discount(tx, id, discount).await).await)?;
    Ok(ScheduleDiscountPayload { course: course.map(Course::from), user_errors })
}

async fn end(req: &RequestContext, input: EndDiscountInput) -> Result<EndDiscountPayload> {
    let id = input.course_id.at(&["input", "courseId"])?;
    let (course, user_errors) = outcome(req.write(async |tx| courses::end_discount(tx, id).await).await)?;
    Ok(EndDiscountPayload { course: course.map(Course::from), user_errors })
}
