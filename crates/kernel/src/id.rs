//! Typed ids, UUIDv7 in the database, and their form on the wire: `course_01jd3w...`, the TypeID format
//! (<https://github.com/jetify-com/typeid/tree/main/spec>): a prefix, an underscore, 26 characters of Crockford base32.

use std::hash::Hash;

use sea_orm::{DbErr, DeriveValueType, prelude::Uuid};
use serde::{Deserialize, Serialize};

/// What all ids share: a UUID that knows which kind of thing it names.
pub trait EntityId: Copy + Eq + Hash + Ord + From<Uuid> + Into<Uuid> + Send + Sync + std::fmt::Debug + 'static {
    /// The word before the underscore on the wire.
    const PREFIX: &'static str;

    /// The id as clients see it.
    fn to_wire(self) -> String {
        format!("{}_{}", Self::PREFIX, encode(self.into()))
    }

    /// Reads an id as clients send it; the error says what was expected.
    fn from_wire(text: &str) -> Result<Self, String> {
        let expected = || format!("expected an id that starts with `{}_`", Self::PREFIX);
        let (prefix, rest) = text.rsplit_once('_').ok_or_else(expected)?;
        if prefix != Self::PREFIX {
            return Err(expected());
        }
        decode(rest).map(Self::from).ok_or_else(|| format!("not a well-formed `{}_` id", Self::PREFIX))
    }
}

/// Declares the ids; a `CourseId` can never be passed where a `UserId` is wanted.
macro_rules! ids {
    ($($name:ident = $prefix:literal)*) => {$(
        #[doc = concat!("Names one row; `", $prefix, "_...` on the wire.")]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, DeriveValueType)]
        pub struct $name(pub Uuid);

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl sea_orm::TryFromU64 for $name {
            fn try_from_u64(_: u64) -> Result<Self, DbErr> {
                Err(DbErr::ConvertFromU64(stringify!($name)))
            }
        }

        impl EntityId for $name {
            const PREFIX: &'static str = $prefix;
        }
    )*};
}

ids! {
    UserId = "user"
    ProfileId = "profile"
    RoleId = "role"
    UserRoleId = "user_role"
    SessionId = "session"
    ApiTokenId = "api_token"
    TotpSecretId = "totp_secret"
    RecoveryCodeId = "recovery_code"
    ChallengeId = "two_factor_challenge"
    DataExportId = "data_export"
    CourseId = "course"
    CourseExportId = "course_export"
    CourseImportId = "course_import"
    CategoryId = "category"
    SectionId = "section"
    CourseVersionId = "course_version"
    CourseStaffId = "course_staff"
    MediaId = "media"
    UploadId = "upload"
    CaptionTrackId = "caption_track"
    EnrollmentId = "enrollment"
    EnrollmentGrantId = "enrollment_grant"
    WaitlistEntryId = "waitlist_entry"
    CertificateId = "certificate"
    CourseProgressId = "course_progress"
    VideoProgressId = "video_progress"
    ItemCompletionId = "item_completion"
    QuizId = "quiz"
    QuestionId = "question"
    AttemptId = "attempt"
    AnswerId = "answer"
    AccommodationId = "accommodation"
    ClaimId = "grading_claim"
    ScoreOverrideId = "score_override"
    BankId = "question_bank"
    DrawId = "quiz_draw"
    QuizVersionId = "quiz_version"
    RegradeId = "quiz_regrade"
    RegradedAttemptId = "regraded_attempt"
    ReviewId = "review"
    ReviewModerationId = "review_moderation"
    ReviewReplyId = "review_reply"
    ReviewRevisionId = "review_revision"
    VoteId = "vote"
    ReportId = "report"
    ChatId = "chat"
    ConversationId = "conversation"
    TutorPolicyId = "tutor_policy"
    TutorSourceId = "tutor_source"
    TutorPassageId = "tutor_passage"
    AiBudgetId = "ai_budget"
    SuggestionRunId = "suggestion_run"
    QuestionSuggestionId = "question_suggestion"
    ReservationId = "ai_reservation"
    AuditEventId = "audit_event"
    JobId = "job"
    EventId = "event"
    WebhookId = "webhook"
    WebhookDeliveryId = "webhook_delivery"
}

/// A public profile is the public side of one user and shares its UUID.
impl From<UserId> for ProfileId {
    fn from(id: UserId) -> Self {
        Self(id.0)
    }
}

impl From<ProfileId> for UserId {
    fn from(id: ProfileId) -> Self {
        Self(id.0)
    }
}

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// 26 characters of 5 bits; the first carries only the top 3 bits.
fn encode(id: Uuid) -> String {
    let bits = id.as_u128();
    (0..26).rev().map(|digit| ALPHABET[(bits >> (digit * 5)) as usize & 31] as char).collect()
}

fn decode(text: &str) -> Option<Uuid> {
    let bytes = text.as_bytes();
    if bytes.len() != 26 || bytes[0] > b'7' {
        return None;
    }
    let mut bits = 0u128;
    for byte in bytes {
        let digit = ALPHABET.iter().position(|letter| letter == byte)?;
        bits = bits << 5 | digit as u128;
    }
    Some(Uuid::from_u128(bits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_typeid_specification() {
        let id: Uuid = "01890a5d-ac96-774b-bcce-b302099a8057".parse().unwrap();
        assert_eq!(UserId(id).to_wire(), "user_01h455vb4pex5vsknk084sn02q");
        assert_eq!(UserId::from_wire("user_01h455vb4pex5vsknk084sn02q"), Ok(UserId(id)));
    }

    #[test]
    fn prefixes_with_an_underscore_and_the_extremes_round_trip() {
        for id in [Uuid::nil(), Uuid::max()] {
            let wire = CourseProgressId(id).to_wire();
            assert_eq!(CourseProgressId::from_wire(&wire), Ok(CourseProgressId(id)));
        }
    }

    #[test]
    fn what_is_not_an_id_is_refused_by_name() {
        let course = CourseId(Uuid::nil()).to_wire();
        assert_eq!(UserId::from_wire(&course), Err("expected an id that starts with `user_`".into()));
        for bad in [
            "user_",
            "user_8zzzzzzzzzzzzzzzzzzzzzzzzz",
            "user_01h455vb4pex5vsknk084sn02i",
            "user_01H455VB4PEX5VSKNK084SN02Q",
        ] {
            assert_eq!(UserId::from_wire(bad), Err("not a well-formed `user_` id".into()), "{bad}");
        }
        assert!(UserId::from_wire("").is_err());
    }
}
