use async_graphql::{Context, Object};
use kernel::UserId;

use crate::graphql::{
    ai::{
        AiChat,
        keys::{ChatCountOfUser, ChatsOfUser},
    },
    assessment::{
        QuizAttempt,
        keys::{AttemptCountOfUser, AttemptsOfUser},
    },
    error::Result,
    learning::{
        Certificate, CourseProgress, Enrollment, VideoProgress,
        keys::{
            CertificateCountOfUser, CertificatesOfUser, EnrollmentCountOfUser, EnrollmentsOfUser, ProgressCountOfUser,
            ProgressOfUser, VideoProgressCountOfUser, VideoProgressOfUser,
        },
    },
    media::{
        MediaFile,
        keys::{FileCountOfUser, FilesOfUser},
    },
    page::{Connection, edge},
    reviews::{
        Review,
        keys::{ReviewCountOfUser, ReviewsOfUser},
    },
};

/// The edges from an account to other contexts. They are fields of `User`; a file of their own keeps both short.
pub struct UserEdges(pub UserId);

/// The edges from an account to other contexts.
#[Object]
impl UserEdges {
    /// What this person learns, latest first, as far as you may see it. Null when it can't be read.
    async fn enrollments(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Enrollment>>> {
        edge(ctx, self.0, (first, after, last, before), EnrollmentsOfUser, EnrollmentCountOfUser).await
    }

    /// How far this person is in courses and sections, newest first, as far as you may see it. Null when it can't be read.
    async fn course_progress(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<CourseProgress>>> {
        edge(ctx, self.0, (first, after, last, before), ProgressOfUser, ProgressCountOfUser).await
    }

    /// How far this person is in videos, newest first, as far as you may see it. Null when it can't be read.
    async fn video_progress(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<VideoProgress>>> {
        edge(ctx, self.0, (first, after, last, before), VideoProgressOfUser, VideoProgressCountOfUser).await
    }

    /// The certificates that this person earned, newest first, revoked ones too, as far as you may see them. Null when
    /// they can't be read.
    async fn certificates(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Certificate>>> {
        edge(ctx, self.0, (first, after, last, before), CertificatesOfUser, CertificateCountOfUser).await
    }

    /// The quizzes that this person sat, newest first, as far as you may see it. Null when it can't be read.
    async fn quiz_attempts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<QuizAttempt>>> {
        edge(ctx, self.0, (first, after, last, before), AttemptsOfUser, AttemptCountOfUser).await
    }

    /// The reviews that this person wrote, newest first, as far as you may see them. Null when they can't be read.
    async fn reviews(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Review>>> {
        edge(ctx, self.0, (first, after, last, before), ReviewsOfUser, ReviewCountOfUser).await
    }

    /// The files that this person uploaded, newest first, as far as you may see them. Null when they can't be read.
    async fn media_files(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<MediaFile>>> {
        edge(ctx, self.0, (first, after, last, before), FilesOfUser, FileCountOfUser).await
    }

    /// What this person asked the tutor, newest first; only you see yours. Null when it can't be read.
    async fn ai_chats(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<AiChat>>> {
        edge(ctx, self.0, (first, after, last, before), ChatsOfUser, ChatCountOfUser).await
    }
}
