//! Keyset pages: what a Relay connection needs, from one statement, for one list or for the lists of many parents.

use std::collections::HashMap;

use sea_orm::{
    ConnectionTrait, EntityTrait, PartialModelTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, IntoColumnRef},
};

use crate::{
    Cursor, EntityId, Error, Result, Sort,
    dialect::{self, List},
};

/// The most rows that one page holds.
pub const MAX_PAGE: u64 = 100;
const DEFAULT_PAGE: u64 = 20;

/// Which page: Relay's four arguments, checked. Part of a loader's key.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PageRequest {
    limit: u64,
    backward: bool,
    after: Option<String>,
    before: Option<String>,
}

impl PageRequest {
    /// Checks the arguments: at most one of `first` and `last`, each from 0 to [`MAX_PAGE`]; 20 rows when neither is given.
    pub fn new(first: Option<i32>, after: Option<String>, last: Option<i32>, before: Option<String>) -> Result<Self> {
        let (limit, backward) = match (first, last) {
            (Some(_), Some(_)) => {
                return Err(Error::bad_input("last", "give either `first` or `last`, not both"));
            }
            (Some(first), None) => (size("first", first)?, false),
            (None, Some(last)) => (size("last", last)?, true),
            (None, None) => (DEFAULT_PAGE, false),
        };
        Ok(Self { limit, backward, after, before })
    }

    /// The first `limit` rows.
    pub fn first(limit: u64) -> Self {
        Self { limit: Ord::min(limit, MAX_PAGE), backward: false, after: None, before: None }
    }
}

fn size(field: &'static str, asked: i32) -> Result<u64> {
    u64::try_from(asked)
        .ok()
        .filter(|size| *size <= MAX_PAGE)
        .ok_or_else(|| Error::bad_input(field, format!("`{field}` must be from 0 to {MAX_PAGE}, not {asked}")))
}

/// A row and where it stands.
#[derive(Clone, Debug)]
pub struct Entry<R> {
    pub row: R,
    pub cursor: Cursor,
}

/// A stretch of a list.
#[derive(Clone, Debug)]
pub struct Page<R> {
    pub entries: Vec<Entry<R>>,
    pub has_next: bool,
    pub has_previous: bool,
}

impl<R> Page<R> {
    /// A page of other things that stand where these rows stood.
    pub fn map<T>(self, of: impl Fn(R) -> T) -> Page<T> {
        let entries = self.entries.into_iter();
        Page {
            entries: entries.map(|entry| Entry { row: of(entry.row), cursor: entry.cursor }).collect(),
            has_next: self.has_next,
            has_previous: self.has_previous,
        }
    }

    /// The page of a list without rows.
    pub fn empty() -> Self {
        Self { entries: vec![], has_next: false, has_previous: false }
    }

    /// `rows` come in reading direction, one more than asked for when there are more.
    fn cut<E: EntityTrait>(mut rows: Vec<R>, sort: &Sort<E, R>, request: &PageRequest) -> Self {
        let more = rows.len() as u64 > request.limit;
        rows.truncate(request.limit as usize);
        if request.backward {
            rows.reverse();
        }
        let entries = rows.into_iter().map(|row| Entry { cursor: sort.cursor(&row), row }).collect();
        if request.backward {
            Self { entries, has_next: request.before.is_some(), has_previous: more }
        } else {
            Self { entries, has_next: more, has_previous: request.after.is_some() }
        }
    }
}

/// One page of one list.
pub async fn page<E, R>(
    db: &impl ConnectionTrait,
    select: Select<E>,
    sort: &Sort<E, R>,
    request: &PageRequest,
) -> Result<Page<R>>
where
    E: EntityTrait,
    R: PartialModelTrait + Send + Sync,
{
    let mut select = bounded(select, sort, request)?.limit(request.limit + 1);
    for (by, order) in sort.orders(request.backward) {
        select = select.order_by(by, order);
    }
    let rows = select.into_partial_model::<R>().all(db).await?;
    Ok(Page::cut(rows, sort, request))
}

/// The same page of the list of each of many parents, in one statement.
pub async fn pages_of<E, R, I>(
    db: &impl ConnectionTrait,
    select: Select<E>,
    parent: (E::Column, fn(&R) -> I),
    parents: &[I],
    sort: &Sort<E, R>,
    request: &PageRequest,
) -> Result<HashMap<I, Page<R>>>
where
    E: EntityTrait,
    R: PartialModelTrait + Send + Sync,
    I: EntityId,
{
    let (column, of) = parent;
    let rows = R::select_cols(bounded(select, sort, request)?.select_only()).into_query();
    let list = List {
        rows,
        parent: (E::default(), column).into_column_ref(),
        orders: sort.orders(request.backward).collect(),
        most: request.limit + 1,
    };
    let backend = db.get_database_backend();
    let rows = R::find_by_statement(backend.build(&dialect::first_of_each(backend, list, parents))).all(db).await?;
    let mut lists: HashMap<I, Vec<R>> = HashMap::new();
    for row in rows {
        lists.entry(of(&row)).or_default().push(row);
    }
    Ok(lists.into_iter().map(|(parent, rows)| (parent, Page::cut(rows, sort, request))).collect())
}

/// How many rows a list has.
pub async fn count<E: EntityTrait>(db: &impl ConnectionTrait, select: Select<E>) -> Result<i64>
where
    E::Model: Sync,
{
    // Not `count`, which puts all columns into a table of its own and counts that.
    let rows = select.select_only().column_as(Expr::cust("COUNT(*)"), "rows").into_tuple::<i64>().one(db).await?;
    Ok(rows.unwrap_or(0))
}

fn bounded<E: EntityTrait, R>(mut select: Select<E>, sort: &Sort<E, R>, request: &PageRequest) -> Result<Select<E>> {
    if let Some(after) = &request.after {
        select = select.filter(sort.beyond(after, false, "after")?);
    }
    if let Some(before) = &request.before {
        select = select.filter(sort.beyond(before, true, "before")?);
    }
    Ok(select)
}
