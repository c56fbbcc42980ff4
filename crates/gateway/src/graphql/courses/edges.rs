use async_graphql::{Context, Object};
use kernel::CourseId;

use crate::graphql::{
    ai::{
        AiChat,
        keys::{ChatCountOfCourse, ChatsOfCourse},
    },
    assessment::{
        QuestionBank, Quiz,
        keys::{BankCountOfCourse, BanksOfCourse, QuizCountOfCourse, QuizzesOfCourse},
    },
    error::Result,
    learning::{
        CourseProgress, Enrollment, VideoProgress,
        keys::{
            EnrollmentCountOfCourse, EnrollmentsOfCourse, ProgressCountOfCourse, ProgressOfCourse,
            VideoProgressCountOfCourse, VideoProgressOfCourse,
        },
    },
    media::{
        MediaFile,
        keys::{FileCountOfCourse, FilesOfCourse},
    },
    page::{Connection, edge},
    reviews::{
        Review,
        keys::{ReviewCountOfCourse, ReviewsOfCourse},
    },
};

/// The edges from a course to other contexts. They are fields of `Course`; a file of their own keeps both short.
pub struct CourseEdges(pub CourseId);

/// The edges from a course to other contexts.
#[Object]
impl CourseEdges {
    /// Its files, in the order in which they are taught, as far as you may see them. Null when they can't be read.
    async fn media_files(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<MediaFile>>> {
        edge(ctx, self.0, (first, after, last, before), FilesOfCourse, FileCountOfCourse).await
    }

    /// Its quizzes, in the order in which they are taught, as far as you may see them. Null when they can't be read.
    async fn quizzes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Quiz>>> {
        edge(ctx, self.0, (first, after, last, before), QuizzesOfCourse, QuizCountOfCourse).await
    }

    /// The question banks that its quizzes draw from, the oldest first. Only those who work on the course see any. Null when
    /// they can't be read.
    async fn question_banks(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<QuestionBank>>> {
        edge(ctx, self.0, (first, after, last, before), BanksOfCourse, BankCountOfCourse).await
    }

    /// What people think of it, newest first, as far as you may see it. Null when it can't be read.
    async fn reviews(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Review>>> {
        edge(ctx, self.0, (first, after, last, before), ReviewsOfCourse, ReviewCountOfCourse).await
    }

    /// Who takes it, latest first, as far as you may see it. Null when it can't be read.
    async fn enrollments(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Enrollment>>> {
        edge(ctx, self.0, (first, after, last, before), EnrollmentsOfCourse, EnrollmentCountOfCourse).await
    }

    /// How far people are in it and in its sections, newest first, as far as you may see it. Null when it can't be read.
    async fn course_progress(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<CourseProgress>>> {
        edge(ctx, self.0, (first, after, last, before), ProgressOfCourse, ProgressCountOfCourse).await
    }

    /// How far people are in its videos, newest first, as far as you may see it. Null when it can't be read.
    async fn video_progress(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<VideoProgress>>> {
        edge(ctx, self.0, (first, after, last, before), VideoProgressOfCourse, VideoProgressCountOfCourse).await
    }

    /// What you asked the tutor about it, newest first; nobody sees what others asked. Null when it can't be read.
    async fn ai_chats(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<AiChat>>> {
        edge(ctx, self.0, (first, after, last, before), ChatsOfCourse, ChatCountOfCourse).await
    }
}
