//! What a course costs, and for how long it costs less.

use chrono::{DateTime, Utc};
use iso_currency::Currency;
use kernel::{Check, CourseId, Error, Live, Permit, Policy, Problem, Result, Rule, Tx};
use sea_orm::{
    ColumnTrait, ConnectionTrait, ExprTrait, IntoSimpleExpr, QueryFilter, QuerySelect, QueryTrait, Set,
    sea_query::{CaseStatement, Expr, UnionType},
};

use crate::{
    CourseRow,
    course::{ActiveModel, Column, Entity, Model},
    policy::Own,
    rules::{
        COURSE_CURRENCY_INVALID, COURSE_DISCOUNT_CURRENCY_DIFFERS, COURSE_DISCOUNT_NOT_BELOW_PRICE,
        COURSE_DISCOUNT_WINDOW_INVALID, COURSE_PRICE_INVALID,
    },
    taught::{Taught, own},
    trail::changes,
};

/// An amount in minor units of an ISO 4217 currency.
#[derive(Clone, Debug, PartialEq)]
pub struct Price {
    pub amount: i64,
    pub currency: String,
}

/// A lower price, and when it holds: from the start on, before the end.
#[derive(Clone, Debug, PartialEq)]
pub struct Discount {
    pub price: Price,
    /// At once when none is given.
    pub starts_at: Option<DateTime<Utc>>,
    /// For good when none is given.
    pub ends_at: Option<DateTime<Utc>>,
}

/// Beyond this a price is a slip of the keyboard: the specification has ten digits, two of them decimals.
const MAX_PRICE: i64 = 9_999_999_999;

/// Says what the course costs. A discount that is no discount any more has to be ended first.
pub async fn set_price(tx: &mut Tx, course: CourseId, price: Price) -> Result<CourseRow> {
    let permit = own(tx, course).await?;
    let mut check = Check::new();
    price.check(&mut check, "price");
    check.done()?;
    let mut changed = ActiveModel::default();
    reprice(tx, &permit, &mut changed, price)?;
    save(tx, permit, "course.priced", changed).await
}

/// Lets the course cost less for a while. There is one discount at a time: this one takes the place of any other.
pub async fn schedule_discount(tx: &mut Tx, course: CourseId, discount: Discount) -> Result<CourseRow> {
    let permit = own(tx, course).await?;
    let (amount, currency) = (discount.price.amount, &discount.price.currency);
    let mut check = Check::new();
    check.require((0..=MAX_PRICE).contains(&amount), COURSE_PRICE_INVALID.at("price"));
    check.require(*currency == permit.currency, of_currency(COURSE_DISCOUNT_CURRENCY_DIFFERS, "price"));
    check.require(amount < permit.price, COURSE_DISCOUNT_NOT_BELOW_PRICE.at("price"));
    check.require(discount.is_ahead(tx.now), COURSE_DISCOUNT_WINDOW_INVALID.at("endsAt"));
    check.done()?;
    let changed = ActiveModel {
        discount_price: Set(Some(amount)),
        discount_starts_at: Set(discount.starts_at),
        discount_ends_at: Set(discount.ends_at),
        ..Default::default()
    };
    save(tx, permit, "course.discount_scheduled", changed).await
}

/// Takes a discount away, whether it holds already or not. Without one nothing is changed.
pub async fn end_discount(tx: &mut Tx, course: CourseId) -> Result<CourseRow> {
    let permit = own(tx, course).await?;
    if permit.discount_price.is_none() {
        return Ok(permit.into_row().course.into());
    }
    save(tx, permit, "course.discount_ended", without_discount(ActiveModel::default())).await
}

/// Sets the price of a course that somebody edits. What it costs is its owner's to say.
pub(crate) fn reprice(tx: &Tx, course: &Taught, row: &mut ActiveModel, price: Price) -> Result<()> {
    if !Policy::<Own>::permits(course, &tx.viewer) {
        return Err(Error::Denied);
    }
    if let Some(discounted) = course.discount_price {
        if course.discount_ends_at.is_some_and(|end| end <= tx.now) {
            *row = without_discount(std::mem::take(row));
        } else {
            let mut check = Check::new();
            check.require(price.currency == course.currency, of_currency(COURSE_DISCOUNT_CURRENCY_DIFFERS, "price"));
            check.require(discounted < price.amount, COURSE_DISCOUNT_NOT_BELOW_PRICE.at("price"));
            check.done()?;
        }
    }
    (row.price, row.currency) = (Set(price.amount), Set(price.currency));
    Ok(())
}

/// What a course costs at this moment, for orders and filters.
pub fn effective_price(now: DateTime<Utc>) -> Expr {
    let has_begun =
        Column::DiscountStartsAt.into_simple_expr().is_null().or(Expr::col(Column::DiscountStartsAt).lte(now));
    let goes_on = Column::DiscountEndsAt.into_simple_expr().is_null().or(Expr::col(Column::DiscountEndsAt).gt(now));
    let holds = Expr::col(Column::DiscountPrice).is_not_null().and(has_begun).and(goes_on);
    CaseStatement::new().case(holds, Expr::col(Column::DiscountPrice)).finally(Expr::col(Column::Price)).into()
}

/// When a discount begins or ends next, after this moment: from then on something costs something else.
pub async fn next_price_change(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Option<DateTime<Utc>>> {
    let next = |column: Column| {
        let later = Entity::live().select_only().filter(column.gt(now));
        later.expr(Expr::col(column).min()).into_query()
    };
    let mut both = next(Column::DiscountStartsAt);
    both.union(UnionType::All, next(Column::DiscountEndsAt));
    let mut soonest = None;
    for row in db.query_all(&both).await? {
        let next: Option<DateTime<Utc>> = row.try_get_by_index(0)?;
        soonest = soonest.into_iter().chain(next).min();
    }
    Ok(soonest)
}

impl CourseRow {
    /// Does the discount hold at this moment?
    pub fn is_discounted(&self, now: DateTime<Utc>) -> bool {
        let has_begun = self.discount_starts_at.is_none_or(|start| start <= now);
        self.discount_price.is_some() && has_begun && !self.is_discount_over(now)
    }

    /// Has there been a discount?
    pub fn is_discount_over(&self, now: DateTime<Utc>) -> bool {
        self.discount_ends_at.is_some_and(|end| end <= now)
    }

    /// What the course costs at this moment, in minor units of its currency.
    pub fn price_at(&self, now: DateTime<Utc>) -> i64 {
        self.discount_price.filter(|_| self.is_discounted(now)).unwrap_or(self.price)
    }
}

/// The rule, broken by the currency of the price in this field.
fn of_currency(rule: Rule, field: &'static str) -> Problem {
    Problem { field: vec![field.into(), "currency".into()], ..rule.at(field) }
}

impl Price {
    pub(crate) fn check(&self, check: &mut Check, field: &'static str) {
        let is_known = Currency::from_code(&self.currency).is_some();
        check.require(is_known, of_currency(COURSE_CURRENCY_INVALID, field));
        check.require((0..=MAX_PRICE).contains(&self.amount), COURSE_PRICE_INVALID.at(field));
    }
}

impl Discount {
    fn is_ahead(&self, now: DateTime<Utc>) -> bool {
        let times = [self.starts_at, self.ends_at].into_iter().flatten();
        // What no database can hold is no time either.
        let are_times = times.into_iter().all(|time| (1970..=9999).contains(&chrono::Datelike::year(&time)));
        are_times && self.ends_at.is_none_or(|end| end > now && self.starts_at.is_none_or(|start| start < end))
    }
}

fn without_discount(row: ActiveModel) -> ActiveModel {
    ActiveModel { discount_price: Set(None), discount_starts_at: Set(None), discount_ends_at: Set(None), ..row }
}

async fn save(
    tx: &mut Tx,
    permit: Permit<Own, Taught>,
    action: &'static str,
    changed: ActiveModel,
) -> Result<CourseRow> {
    let (before, version) = (permit.course.clone(), permit.version + 1);
    let course: Model = tx
        .update(permit, |row: &mut ActiveModel| {
            *row = ActiveModel { id: row.id.clone(), version: Set(version), ..changed };
        })
        .await?;
    tx.record(changes(action, &before, &course)).await?;
    Ok(course.into())
}
