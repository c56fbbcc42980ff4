use async_graphql::{Context, Object};
use kernel::ReviewId;

use super::{
    history::{ReviewModeration, ReviewReport, ReviewRevision},
    keys::{
        ModerationCountOfReview, ModerationsOfReview, ReportCountOfReview, ReportsOfReview, RevisionCountOfReview,
        RevisionsOfReview,
    },
};
use crate::graphql::{
    error::Result,
    page::{Connection, edge},
};

/// The edges from a review to its history. They are fields of `Review`; a file of their own keeps both short.
pub struct ReviewEdges(pub ReviewId);

/// The edges from a review to its history.
#[Object]
impl ReviewEdges {
    /// What it said before it was edited, the last first. Only for its author and with the permission `reviews.moderate`;
    /// empty for others. Null when it can't be read.
    async fn revisions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<ReviewRevision>>> {
        edge(ctx, self.0, (first, after, last, before), RevisionsOfReview, RevisionCountOfReview).await
    }

    /// What moderators did to it, the last first. Only for its author and with the permission `reviews.moderate`; empty for
    /// others. Null when it can't be read.
    async fn moderation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<ReviewModeration>>> {
        edge(ctx, self.0, (first, after, last, before), ModerationsOfReview, ModerationCountOfReview).await
    }

    /// What people reported of it, the last first. Only with the permission `reviews.moderate`; empty without it. Null when
    /// it can't be read.
    async fn reports(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<ReviewReport>>> {
        edge(ctx, self.0, (first, after, last, before), ReportsOfReview, ReportCountOfReview).await
    }
}
