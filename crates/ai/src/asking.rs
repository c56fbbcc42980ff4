//! Somebody asks the tutor.

use kernel::{
    AuditRecord, ChatId, ConversationId, CourseId, EntityId, Error, Job, Live, Permit, ReservationId, Result, Tx,
    UserId, allow,
};
use sea_orm::{ColumnTrait, PaginatorTrait, QueryFilter, QuerySelect, Set, sea_query::Expr};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{
    AnswerState, ChatRow, ConversationRow, MessageType, Restriction, ai_chat,
    budgeting::SchoolBudget,
    paying,
    policy::Converse,
    rules::{TUTOR_BLOCKED, TUTOR_BUSY, TUTOR_CONVERSATION_FULL, TUTOR_MESSAGE_INVALID},
    terms::{Terms, terms_of},
    tutor_conversation,
};

/// The most characters of a question.
const LONGEST: usize = 2_000;
const LONGEST_TITLE: usize = 100;
const MOST_MESSAGES: u64 = 200;

/// Answers a question.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerQuestion {
    pub chat: ChatId,
    /// To be given back when the question is gone.
    pub reservation: Option<ReservationId>,
}

impl Job for AnswerQuestion {
    const KIND: &'static str = "answer_question";
    /// Who finds that another has begun ends what there is: nothing is asked of a model twice.
    const ATTEMPTS: i32 = 5;
    /// Somebody looks at what has come so far, and waits for more.
    const LEASE: chrono::Duration = chrono::Duration::seconds(20);
}

/// What somebody wants to know.
#[derive(Clone, Debug)]
pub struct Question {
    pub course: CourseId,
    /// A new one, when none is named.
    pub conversation: Option<ConversationId>,
    pub message: String,
}

/// What the gateway knows of who asks.
#[derive(Clone, Copy, Debug)]
pub struct Circumstances {
    /// Do they sit a quiz that counts?
    pub has_open_attempt: bool,
    /// What may be used of the model that answers; none when the built-in tutor does.
    pub budget: Option<SchoolBudget>,
}

/// Writes the question down and has it answered after the commit.
pub async fn ask(tx: &mut Tx, question: Question, around: Circumstances) -> Result<(ChatRow, ConversationRow)> {
    let user = tx.viewer.person()?;
    let course = courses::look(&tx.conn, &tx.viewer, question.course).await?.course.id;
    let message = cleaned(&question.message)?;
    let terms = terms_of(&tx.conn, course).await?;
    let restriction = restriction(terms, around.has_open_attempt)?;
    let conversation = match question.conversation {
        Some(id) => go_on(tx, id, course).await?,
        None => begin(tx, user, course, terms, &message).await?,
    };
    let chat = write(tx, &conversation, (course, message, restriction)).await?;
    // After the row: who ends an answer of the same conversation has that first, too.
    let reservation = match around.budget {
        Some(school) => Some(pay(tx, &conversation, &chat, &school).await?),
        None => None,
    };
    tx.enqueue(&AnswerQuestion { chat: chat.id, reservation }).await?;
    let record = AuditRecord::new("tutor.asked", chat.id).with("courseId", course.to_wire());
    tx.record(record.with("conversationId", conversation.id.to_wire())).await?;
    Ok((chat.into(), conversation.into_row().into()))
}

/// What the course allows at this moment.
pub fn restriction(terms: Terms, has_open_attempt: bool) -> Result<Restriction> {
    match terms.during_attempts {
        _ if !has_open_attempt => Ok(Restriction::Allowed),
        Restriction::Blocked => Err(TUTOR_BLOCKED.at("courseId").into()),
        restriction => Ok(restriction),
    }
}

/// Control characters say nothing to a person, and one of them can't be stored.
fn cleaned(message: &str) -> Result<String> {
    let message = message.replace("\r\n", "\n");
    let shown = message.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect::<String>();
    let shown = shown.trim();
    if shown.chars().count() > LONGEST || !kernel::says_something(shown) {
        return Err(TUTOR_MESSAGE_INVALID.at("message").into());
    }
    Ok(shown.into())
}

type Own = Permit<Converse, tutor_conversation::Model>;

async fn begin(tx: &mut Tx, user: UserId, course: CourseId, terms: Terms, message: &str) -> Result<Own> {
    let permit = allow::<Converse, _>(&tx.viewer, tx.viewer.clone())?;
    let title = message.split_whitespace().collect::<Vec<_>>().join(" ");
    let row = tutor_conversation::ActiveModel {
        id: Set(tx.new_id()?),
        user_id: Set(user),
        course_id: Set(Some(course)),
        title: Set(title.chars().take(LONGEST_TITLE).collect()),
        is_open_to_staff: Set(terms.is_open_to_staff),
        last_asked_at: Set(tx.now),
        ..Default::default()
    };
    let row = tx.insert(&permit, row).await?;
    allow::<Converse, _>(&tx.viewer, row)
}

/// One's own, about this course. It is locked: two who ask at once come one after the other.
async fn go_on(tx: &Tx, id: ConversationId, course: CourseId) -> Result<Own> {
    use tutor_conversation::{Column, Entity};
    let found = Entity::live().filter(Column::Id.eq(id)).filter(Column::UserId.eq(tx.viewer.id()));
    let found = found.filter(Column::CourseId.eq(course)).lock_exclusive().one(&tx.conn).await?;
    let permit = allow::<Converse, _>(&tx.viewer, found.ok_or(Error::NotFound)?)?;
    let said = ai_chat::Entity::live().filter(ai_chat::Column::SessionId.eq(id)).count(&tx.conn).await?;
    if said >= MOST_MESSAGES {
        return Err(TUTOR_CONVERSATION_FULL.at("conversationId").into());
    }
    let sets = vec![(Column::LastAskedAt, Expr::val(tx.now))];
    tx.change_where::<_, _, Entity>(&permit, Column::Id.eq(id), sets).await?;
    Ok(permit)
}

async fn write(
    tx: &mut Tx,
    conversation: &Own,
    (course, message, restriction): (CourseId, String, Restriction),
) -> Result<ai_chat::Model> {
    let row = ai_chat::ActiveModel {
        id: Set(tx.new_id()?),
        user_id: Set(conversation.user_id),
        course_id: Set(Some(course)),
        session_id: Set(conversation.id),
        message: Set(message),
        response: Set(String::new()),
        message_type: Set(MessageType::Question),
        context_data: Set(json!({})),
        state: Set(AnswerState::Pending),
        restriction: Set(restriction),
        ..Default::default()
    };
    Ok(tx.insert_unless_taken(conversation, row).await?.ok_or(TUTOR_BUSY.at("conversationId"))?)
}

async fn pay(tx: &mut Tx, conversation: &Own, chat: &ai_chat::Model, school: &SchoolBudget) -> Result<ReservationId> {
    use ai_chat::{
        Column::{Id, Reservation},
        Entity,
    };
    let course = chat.course_id.ok_or(Error::NotFound)?;
    let reservation = paying::reserve(tx, school, chat.user_id, course).await?;
    let sets = vec![(Reservation, Expr::val(reservation))];
    tx.change_where::<_, _, Entity>(conversation, Id.eq(chat.id), sets).await?;
    Ok(reservation)
}
