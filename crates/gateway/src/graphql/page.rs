//! Relay connections.

use std::{borrow::Cow, sync::Arc};

use async_graphql::{Context, Object, OutputType, SimpleObject, TypeName};
use futures_util::future::BoxFuture;
use kernel::{Page, PageRequest};

use super::{
    context::{Req, RequestContext},
    error::Result,
    loader::Key,
};

/// A type that connections are made of.
pub trait Node: OutputType + Clone + 'static {
    /// The name that `Connection` and `Edge` are appended to.
    const NAME: &'static str;
}

/// Counts the list when `totalCount` is asked for, not before.
pub type Total = Arc<dyn for<'a> Fn(&'a RequestContext) -> BoxFuture<'a, Result<i64>> + Send + Sync>;

/// One page of a list.
pub struct Connection<N> {
    page: Page<N>,
    total: Total,
}

impl<N> Connection<N> {
    pub fn new(page: Page<N>, total: Total) -> Self {
        Self { page, total }
    }
}

/// The total of a list that a loader counts.
fn counted<K: Key<Value = i64>>(key: K) -> Total {
    Arc::new(move |req| {
        let key = key.clone();
        Box::pin(async move { Ok(req.loaders.load(key).await?.unwrap_or(0)) })
    })
}

/// Relay's arguments as a resolver gets them: `first`, `after`, `last`, `before`.
pub type Arguments = (Option<i32>, Option<String>, Option<i32>, Option<String>);

/// Relay's arguments, checked.
pub fn page_request((first, after, last, before): Arguments) -> Result<PageRequest> {
    Ok(PageRequest::new(first, after, last, before)?)
}

/// The edge from a parent to one page of its children. `key` and `count` name the loads, as `edge!` declares them.
pub async fn edge<N, R, I, K, C>(
    ctx: &Context<'_>,
    parent: I,
    arguments: Arguments,
    key: fn(I, PageRequest) -> K,
    count: fn(I) -> C,
) -> Option<Result<Connection<N>>>
where
    N: From<R>,
    I: Copy,
    K: Key<Value = Page<R>>,
    C: Key<Value = i64>,
{
    let request = match page_request(arguments) {
        Ok(request) => request,
        Err(error) => return Some(Err(error)),
    };
    let page = ctx.req().loaders.load(key(parent, request)).await;
    Some(page.map(|page| Connection::new(page.unwrap_or_else(Page::empty).map(N::from), counted(count(parent)))))
}

impl<N: Node> TypeName for Connection<N> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Connection", N::NAME).into()
    }
}

/// One page of a list, as the Relay specification has it.
#[Object(name_type)]
impl<N: Node> Connection<N> {
    /// The rows of this page, each with its cursor.
    async fn edges(&self) -> Vec<Edge<N>> {
        let entries = self.page.entries.iter();
        entries.map(|entry| Edge { node: entry.row.clone(), cursor: entry.cursor.encode() }).collect()
    }

    /// The rows of this page without cursors.
    async fn nodes(&self) -> Vec<&N> {
        self.page.entries.iter().map(|entry| &entry.row).collect()
    }

    /// Where this page stands in the list.
    async fn page_info(&self) -> PageInfo {
        PageInfo {
            has_next_page: self.page.has_next,
            has_previous_page: self.page.has_previous,
            start_cursor: self.page.entries.first().map(|entry| entry.cursor.encode()),
            end_cursor: self.page.entries.last().map(|entry| entry.cursor.encode()),
        }
    }

    /// How many rows the whole list has that you may see. Counted only when asked for. Null when counting failed.
    async fn total_count(&self, ctx: &Context<'_>) -> Option<Result<i64>> {
        Some((self.total)(ctx.req()).await)
    }
}

/// A row of a list and where it stands.
pub struct Edge<N> {
    node: N,
    cursor: String,
}

impl<N: Node> TypeName for Edge<N> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Edge", N::NAME).into()
    }
}

/// A row of a list and where it stands.
#[Object(name_type)]
impl<N: Node> Edge<N> {
    /// The row.
    async fn node(&self) -> &N {
        &self.node
    }

    /// Where it stands: pass it as `after` or `before`. Opaque.
    async fn cursor(&self) -> &str {
        &self.cursor
    }
}

/// Where a page stands in its list.
#[derive(SimpleObject)]
pub struct PageInfo {
    /// Are there rows after this page?
    has_next_page: bool,
    /// Are there rows before this page?
    has_previous_page: bool,
    /// The first row's cursor; null when the page is empty.
    start_cursor: Option<String>,
    /// The last row's cursor; null when the page is empty.
    end_cursor: Option<String>,
}
