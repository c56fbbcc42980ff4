//! The GraphQL schema: three roots made of the contexts' queries and mutations.

pub mod accounts;
pub mod ai;
pub mod assessment;
mod bill;
pub mod context;
mod copied;
pub mod courses;
mod delivery;
mod documents;
mod error;
pub mod events;
mod execute;
mod gate;
mod guard;
mod id;
mod idempotency;
pub mod jobs;
mod keys;
pub mod learning;
pub mod loader;
pub mod media;
mod needs;
mod node;
mod page;
mod polling;
pub mod reviews;
mod scalars;
mod values;
mod watched;
pub mod webhooks;

use async_graphql::{
    MergedObject, MergedSubscription, SDLExportOptions,
    parser::{parse_schema, types::TypeSystemDefinition},
};

pub use context::Origin;
pub use delivery::{CSRF_PREVENTION, CookieChange, Cookies, GUARD_WANTED};
pub use documents::{Documents, NOT_FOUND as DOCUMENT_NOT_FOUND, PERSISTED, Trusted};
pub use execute::{Call, Caller, coded, is_refused, refusal};
pub use gate::{Gate, OPEN};
pub use guard::{Limits, Weights};
pub use idempotency::{LEFT_OUT as WITHOUT_KEY, is_repeatable};
pub use media::{SentFile, SentFiles};
pub use needs::{NEEDS, Need};

/// Everything that can be read.
#[derive(Default, MergedObject)]
pub struct Query(
    node::NodeQuery,
    accounts::AccountQuery,
    accounts::ApiTokenQuery,
    accounts::PrivacyQuery,
    accounts::TrailQuery,
    courses::CourseQuery,
    courses::LifecycleQuery,
    courses::VersionQuery,
    courses::PackageQuery,
    learning::EnrollmentQuery,
    learning::WaitlistQuery,
    learning::CertificateQuery,
    assessment::QuizQuery,
    assessment::AttemptQuery,
    assessment::GradingQuery,
    assessment::DeletedQuizQuery,
    assessment::GradebookQuery,
    media::PlaybackQuery,
    media::UploadQuery,
    learning::ActivityQuery,
    learning::AnalyticsQuery,
    learning::StandingQuery,
    jobs::JobQuery,
    events::EventQuery,
    webhooks::WebhookQuery,
    reviews::ReviewQuery,
    ai::BudgetQuery,
    ai::SuggestionQuery,
    ai::TutorQuery,
);

/// Everything that can be changed. Each takes one `input` and answers with the changed object and `userErrors`.
#[derive(Default, MergedObject)]
pub struct Mutation(
    accounts::AccountMutation,
    accounts::IdentityMutation,
    accounts::PrivacyMutation,
    accounts::SettingsMutation,
    accounts::TwoFactorMutation,
    accounts::ApiTokenMutation,
    accounts::RoleMutation,
    accounts::PeopleMutation,
    courses::CategoryMutation,
    courses::CourseMutation,
    courses::PrerequisiteMutation,
    courses::PricingMutation,
    courses::StaffMutation,
    courses::LifecycleMutation,
    courses::SectionMutation,
    courses::VersionMutation,
    courses::PackageMutation,
    courses::DraftMutation,
    learning::EnrollmentMutation,
    learning::GrantMutation,
    learning::WaitlistMutation,
    learning::CertificateMutation,
    media::MediaMutation,
    media::CaptionMutation,
    media::UploadMutation,
    media::PictureMutation,
    learning::PlaybackMutation,
    assessment::QuizMutation,
    assessment::AttemptMutation,
    assessment::AccommodationMutation,
    assessment::GradingMutation,
    assessment::RegradeMutation,
    assessment::QuestionMutation,
    assessment::BankMutation,
    assessment::ImportMutation,
    jobs::JobMutation,
    webhooks::WebhookMutation,
    reviews::ReviewMutation,
    reviews::VoteMutation,
    reviews::ModerationMutation,
    reviews::ReplyMutation,
    ai::BudgetMutation,
    ai::SuggestionMutation,
    ai::TutorMutation,
);

/// Everything that can be listened to, over WebSocket.
#[derive(Default, MergedSubscription)]
pub struct Subscription(
    media::MediaSubscription,
    learning::LearningSubscription,
    assessment::AttemptSubscription,
    ai::TutorSubscription,
);

pub type Schema =
    async_graphql::Schema<needs::Stated<Query>, idempotency::Repeatable<needs::Stated<Mutation>>, Subscription>;

/// The schema. Limits, the gate and error codes are not its extensions: any extension makes every field slower. They
/// belong to [`Call`].
pub fn schema() -> Schema {
    Schema::build(Default::default(), Default::default(), Default::default()).finish()
}

/// What the gate and the guard have to know of the schema.
pub fn definitions(schema: &Schema) -> kernel::Result<Vec<TypeSystemDefinition>> {
    let document = parse_schema(schema.sdl());
    Ok(document.map_err(|error| kernel::Error::Internal(format!("the schema does not parse: {error}")))?.definitions)
}

/// The schema as text, sorted, as committed in `schema.graphql`.
pub fn sdl(schema: &Schema) -> String {
    let options = SDLExportOptions::new()
        .sorted_fields()
        .sorted_arguments()
        .sorted_enum_items()
        .include_specified_by()
        .prefer_single_line_descriptions();
    let sdl = schema.sdl_with_options(options);
    format!("{}\n", sdl.trim())
}
