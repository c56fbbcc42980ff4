use accounts::{UserDetails, UserRow};
use async_graphql::{Context, Enum, ID, Object};
use chrono::{DateTime, Utc};
use kernel::{EntityId, Permissions};
use std::sync::Arc;

use super::{
    PublicProfile, UserRole, UserSession,
    edges::UserEdges,
    keys::{
        DeletionOfUser, DetailsOfUser, PermissionsOfUser, RoleCountGivenBy, RolesGivenBy, RolesOfUser,
        SessionCountOfUser, SessionsOfUser,
    },
    privacy::AccountDeletion,
    role::Permission,
};
use crate::graphql::{
    context::Req,
    courses::{
        Course,
        keys::{CourseCountOfInstructor, CoursesOfInstructor},
    },
    error::Result,
    node::node_type,
    page::{Connection, edge},
    scalars::{EmailAddress, Json},
};

node_type! {
    /// An account.
    User(UserRow)
}

/// Whether an account can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "accounts::UserStatus")]
pub enum UserStatus {
    /// In use.
    Active,
    /// Put to rest by its owner.
    Inactive,
    /// Closed by staff.
    Suspended,
    /// Not confirmed yet.
    Pending,
}

impl User {
    async fn details(&self, ctx: &Context<'_>) -> Result<Option<Arc<UserDetails>>> {
        ctx.req().loaders.load(DetailsOfUser(self.0.id)).await
    }
}

/// An account, as its owner and staff (permission `users.read`) see it. For everybody else there is `PublicProfile`.
#[Object]
impl User {
    /// Names this account among all things. Opaque.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_wire())
    }

    /// The address to sign in with.
    async fn email(&self) -> EmailAddress {
        EmailAddress(self.0.email.clone())
    }

    /// A name to be found by. Null when none was chosen.
    async fn username(&self) -> Option<&str> {
        self.0.username.as_deref()
    }

    /// The full name; may be empty.
    async fn full_name(&self) -> &str {
        &self.0.full_name
    }

    /// What the person wants to be called; may be empty.
    async fn display_name(&self) -> &str {
        &self.0.display_name
    }

    /// The path of the person's picture. Null when there is none.
    async fn avatar(&self) -> Option<&str> {
        self.0.avatar.as_deref()
    }

    /// The telephone number; may be empty.
    async fn phone(&self) -> &str {
        &self.0.phone
    }

    /// What the person says of themselves; may be empty.
    async fn bio(&self) -> &str {
        &self.0.bio
    }

    /// Whether the account can be used.
    async fn status(&self) -> UserStatus {
        self.0.status.into()
    }

    /// Has the person shown that the e-mail address is theirs?
    async fn email_verified(&self) -> bool {
        self.0.email_verified
    }

    /// Has the person shown that the telephone number is theirs?
    async fn phone_verified(&self) -> bool {
        self.0.phone_verified
    }

    /// Does signing in take a second factor?
    async fn two_factor_enabled(&self) -> bool {
        self.0.two_factor_enabled
    }

    /// May this person do everything?
    async fn is_superuser(&self) -> bool {
        self.0.is_superuser
    }

    /// Does this person work for the school?
    async fn is_staff(&self) -> bool {
        self.0.is_staff
    }

    /// Is the account switched on?
    async fn is_active(&self) -> bool {
        self.0.is_active
    }

    /// When the person joined.
    async fn date_joined(&self) -> DateTime<Utc> {
        self.0.date_joined
    }

    /// When the person last signed in. Null before the first time.
    async fn last_login_at(&self) -> Option<DateTime<Utc>> {
        self.0.last_login
    }

    /// From which address the person last signed in. Null before the first time.
    async fn last_login_ip(&self, ctx: &Context<'_>) -> Option<Result<String>> {
        self.details(ctx).await.map(|details| details?.last_login_ip.clone()).transpose()
    }

    /// With which device the person last signed in. Null when it can't be read.
    async fn last_login_device(&self, ctx: &Context<'_>) -> Option<Result<String>> {
        self.details(ctx).await.map(|details| Some(details?.last_login_device.clone())).transpose()
    }

    /// What integrators keep with the account. Null when it can't be read.
    async fn metadata(&self, ctx: &Context<'_>) -> Option<Result<Json>> {
        self.details(ctx).await.map(|details| Some(Json(details?.metadata.clone()))).transpose()
    }

    /// The person's own settings. Null when they can't be read.
    async fn preferences(&self, ctx: &Context<'_>) -> Option<Result<Json>> {
        self.details(ctx).await.map(|details| Some(Json(details?.preferences.clone()))).transpose()
    }

    /// When the account was created.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When the account was last changed.
    async fn updated_at(&self) -> DateTime<Utc> {
        self.0.updated_at
    }

    /// Who created the account. Null when the person did so themselves, or nobody in particular did.
    async fn created_by(&self, ctx: &Context<'_>) -> Option<Result<PublicProfile>> {
        PublicProfile::load(ctx, self.0.created_by).await
    }

    /// Who last changed the account. Null when nobody in particular did.
    async fn updated_by(&self, ctx: &Context<'_>) -> Option<Result<PublicProfile>> {
        PublicProfile::load(ctx, self.0.updated_by).await
    }

    /// When the account will be deleted. Null unless that was asked for.
    async fn deletion(&self, ctx: &Context<'_>) -> Option<Result<AccountDeletion>> {
        let deletion = ctx.req().loaders.load(DeletionOfUser(self.0.id)).await;
        deletion.map(|deletion| deletion.map(|row| AccountDeletion((*row).clone()))).transpose()
    }

    // Edges.

    /// What everybody may know of this person. Null when the account is not active.
    async fn profile(&self, ctx: &Context<'_>) -> Option<Result<PublicProfile>> {
        PublicProfile::load(ctx, Some(self.0.id)).await
    }

    /// The roles this person has, oldest first. Null when they can't be read.
    async fn roles(&self, ctx: &Context<'_>) -> Option<Result<Vec<UserRole>>> {
        let roles = ctx.req().loaders.load(RolesOfUser(self.0.id)).await;
        Some(roles.map(|roles| roles.iter().flat_map(|roles| roles.iter()).cloned().map(UserRole::from).collect()))
    }

    /// What all the roles of this person let them do, and everything for who is above all roles; nothing while the account
    /// can't be used. Null when it can't be read.
    async fn permissions(&self, ctx: &Context<'_>) -> Option<Result<Vec<Permission>>> {
        let held = ctx.req().loaders.load(PermissionsOfUser(self.0.id)).await;
        let listed = |held: &Permissions| {
            kernel::Permission::ALL.into_iter().filter(|one| held.contains(*one)).map(Permission::from).collect()
        };
        Some(held.map(|held| held.map_or_else(Vec::new, |held| listed(&held))))
    }

    /// The roles this person gave to others, latest first, as far as you may see them. Null when they can't be read.
    async fn roles_assigned(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<UserRole>>> {
        edge(ctx, self.0.id, (first, after, last, before), RolesGivenBy, RoleCountGivenBy).await
    }

    /// The devices this person is or was signed in on, newest first; only you see yours. Null when they can't be read.
    async fn sessions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<UserSession>>> {
        edge(ctx, self.0.id, (first, after, last, before), SessionsOfUser, SessionCountOfUser).await
    }

    /// The courses this person teaches, newest first, as far as you may see them. Null when they can't be read.
    async fn taught_courses(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Course>>> {
        edge(ctx, self.0.id, (first, after, last, before), CoursesOfInstructor, CourseCountOfInstructor).await
    }

    /// What belongs to the person elsewhere.
    #[graphql(flatten)]
    async fn edges(&self) -> UserEdges {
        UserEdges(self.0.id)
    }
}
