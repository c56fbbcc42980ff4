//! Relay's `Node`: everything that has an id.

use std::sync::Arc;

use async_graphql::{Context, ID, Interface, Object};
use futures_util::future::join_all;
use kernel::EntityId;

use super::{
    accounts::{ApiToken, AuditEvent, DataExport, PublicProfile, Role, User, UserRole, UserSession},
    ai::{AiChat, Conversation, QuestionSuggestion, SuggestionRun},
    assessment::{
        AuthoredQuestion, BankDraw, QuestionBank, Quiz, QuizAccommodation, QuizAttempt, QuizRegrade, QuizVersion,
    },
    context::{Req, RequestContext},
    courses::{Course, CourseCategory, CourseExport, CourseImport, CourseSection, CourseVersion},
    error::Result,
    events::Event,
    jobs::Job,
    learning::{Certificate, CourseProgress, Enrollment, VideoProgress, WaitlistEntry},
    loader::Key,
    media::{CaptionTrack, FileUpload, MediaFile},
    reviews::{Review, ReviewReply},
    scalars::check_length,
    webhooks::{Webhook, WebhookDelivery},
};

/// Makes a node type: a newtype over a row that many places share.
macro_rules! node_type {
    ($(#[$doc:meta])* $name:ident($row:ty)) => {
        $(#[$doc])*
        #[derive(Clone)]
        pub struct $name(pub std::sync::Arc<$row>);

        impl From<$row> for $name {
            fn from(row: $row) -> Self {
                Self(std::sync::Arc::new(row))
            }
        }

        impl From<std::sync::Arc<$row>> for $name {
            fn from(row: std::sync::Arc<$row>) -> Self {
                Self(row)
            }
        }

        impl $crate::graphql::page::Node for $name {
            const NAME: &'static str = stringify!($name);
        }
    };
}
pub(crate) use node_type;

/// The thing that an edge leads to. Null when it leads nowhere, or not for the viewer.
pub async fn one<N, K>(ctx: &Context<'_>, key: Option<K>) -> Option<Result<N>>
where
    K: Key,
    N: From<K::Value>,
{
    ctx.req().loaders.load(key?).await.map(|row| row.map(N::from)).transpose()
}

/// The things that an edge leads to, when they are few by nature.
pub async fn list<N, R, K>(ctx: &Context<'_>, key: K) -> Option<Result<Vec<N>>>
where
    K: Key<Value = Arc<Vec<R>>>,
    N: From<R>,
    R: Clone,
{
    let rows = ctx.req().loaders.load(key).await;
    Some(rows.map(|rows| rows.iter().flat_map(|rows| rows.iter()).cloned().map(N::from).collect()))
}

/// Everything that has an id.
#[derive(Interface)]
#[graphql(field(name = "id", ty = "ID", desc = "Names this thing among all things. Opaque."))]
pub enum Node {
    AiChat(AiChat),
    ApiToken(ApiToken),
    AuditEvent(AuditEvent),
    AuthoredQuestion(AuthoredQuestion),
    BankDraw(BankDraw),
    CaptionTrack(CaptionTrack),
    Certificate(Certificate),
    Conversation(Conversation),
    Course(Course),
    CourseCategory(CourseCategory),
    CourseExport(CourseExport),
    CourseImport(CourseImport),
    CourseProgress(CourseProgress),
    CourseSection(CourseSection),
    CourseVersion(CourseVersion),
    DataExport(DataExport),
    Enrollment(Enrollment),
    Event(Event),
    FileUpload(FileUpload),
    Job(Job),
    MediaFile(MediaFile),
    PublicProfile(PublicProfile),
    QuestionSuggestion(QuestionSuggestion),
    QuestionBank(QuestionBank),
    Quiz(Quiz),
    QuizAccommodation(QuizAccommodation),
    QuizAttempt(QuizAttempt),
    QuizRegrade(QuizRegrade),
    QuizVersion(QuizVersion),
    Review(Review),
    ReviewReply(ReviewReply),
    Role(Role),
    SuggestionRun(SuggestionRun),
    User(User),
    UserRole(UserRole),
    UserSession(UserSession),
    VideoProgress(VideoProgress),
    WaitlistEntry(WaitlistEntry),
    Webhook(Webhook),
    WebhookDelivery(WebhookDelivery),
}

/// The longest prefix and 26 characters have room in this.
const MAX_ID: usize = 64;

macro_rules! by_prefix {
    ($req:ident, $text:ident, $prefix:ident, $unknown:ident; $($key:path: $id:ident => $node:ident,)*) => {
        match $prefix {
            $(kernel::$id::PREFIX => {
                let id = kernel::$id::from_wire($text).map_err(|message| kernel::Error::bad_input("id", message))?;
                Ok($req.loaders.load($key(id.into())).await?.map(|row| Node::$node(row.into())))
            })*
            _ => Err($unknown().into()),
        }
    };
}

/// Each context's, by the name of the context.
mod keys {
    pub use super::super::{
        accounts::keys as accounts, ai::keys as ai, assessment::keys as assessment, courses::keys as courses,
        events::keys as events, jobs::keys as jobs, learning::keys as learning, media::keys as media,
        reviews::keys as reviews, webhooks::keys as webhooks,
    };
}

/// Loads the thing that an id names; the prefix says of which kind it is.
async fn find(req: &RequestContext, id: &str) -> Result<Option<Node>> {
    use keys::{accounts, ai, assessment, courses, events, jobs, learning, media, reviews, webhooks};
    let unknown = || kernel::Error::bad_input("id", "not an id of this API");
    let (prefix, _) = id.rsplit_once('_').filter(|_| id.len() <= MAX_ID).ok_or_else(unknown)?;
    by_prefix! { req, id, prefix, unknown;
        courses::CourseById: CourseId => Course,
        courses::CategoryById: CategoryId => CourseCategory,
        courses::ExportOfCourseById: CourseExportId => CourseExport,
        courses::ImportOfCourseById: CourseImportId => CourseImport,
        courses::SectionById: SectionId => CourseSection,
        courses::VersionById: CourseVersionId => CourseVersion,
        media::FileById: MediaId => MediaFile,
        media::CaptionsById: CaptionTrackId => CaptionTrack,
        media::UploadById: UploadId => FileUpload,
        learning::EnrollmentById: EnrollmentId => Enrollment,
        learning::WaitlistEntryById: WaitlistEntryId => WaitlistEntry,
        learning::CourseProgressById: CourseProgressId => CourseProgress,
        learning::VideoProgressById: VideoProgressId => VideoProgress,
        learning::CertificateById: CertificateId => Certificate,
        assessment::QuizById: QuizId => Quiz,
        assessment::QuestionById: QuestionId => AuthoredQuestion,
        assessment::AccommodationById: AccommodationId => QuizAccommodation,
        assessment::AttemptById: AttemptId => QuizAttempt,
        assessment::BankById: BankId => QuestionBank,
        assessment::DrawById: DrawId => BankDraw,
        assessment::QuizVersionById: QuizVersionId => QuizVersion,
        assessment::RegradeById: RegradeId => QuizRegrade,
        reviews::ReviewById: ReviewId => Review,
        reviews::ReplyById: ReviewReplyId => ReviewReply,
        ai::ChatById: ChatId => AiChat,
        ai::RunById: SuggestionRunId => SuggestionRun,
        ai::SuggestionById: QuestionSuggestionId => QuestionSuggestion,
        ai::ConversationById: ConversationId => Conversation,
        accounts::ExportById: DataExportId => DataExport,
        jobs::JobById: JobId => Job,
        events::EventById: EventId => Event,
        webhooks::WebhookById: WebhookId => Webhook,
        webhooks::DeliveryById: WebhookDeliveryId => WebhookDelivery,
        accounts::ApiTokenById: ApiTokenId => ApiToken,
        accounts::AuditEventById: AuditEventId => AuditEvent,
        accounts::ProfileById: ProfileId => PublicProfile,
        accounts::RoleById: RoleId => Role,
        accounts::UserById: UserId => User,
        accounts::UserRoleById: UserRoleId => UserRole,
        accounts::SessionById: SessionId => UserSession,
    }
}

#[derive(Default)]
pub struct NodeQuery;

#[Object]
impl NodeQuery {
    /// The thing with this id. Null when there is none, or not for you.
    async fn node(&self, ctx: &Context<'_>, #[graphql(desc = "The id of any thing.")] id: ID) -> Option<Result<Node>> {
        find(ctx.req(), &id).await.transpose()
    }

    /// The things with these ids, in their order; null where there is none, or not for you.
    async fn nodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most 100 ids of any things.")] ids: Vec<ID>,
    ) -> Option<Result<Vec<Option<Node>>>> {
        if let Err(error) = check_length("ids", ids.len()) {
            return Some(Err(error.into()));
        }
        let found = join_all(ids.iter().map(|id| find(ctx.req(), id))).await;
        Some(found.into_iter().collect())
    }
}
