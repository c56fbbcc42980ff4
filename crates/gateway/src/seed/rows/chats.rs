use ai::{MessageType, ai_chat, tutor_conversation};
use sea_orm::Set;
use serde_json::json;

use super::{
    super::{
        dice::{Dice, Kind, MINUTE, Seconds, TODAY, time},
        plan::{School, courses::SECTIONS},
        words::grammar::capital,
    },
    Dated,
};

/// How many exchanges a conversation has.
const EXCHANGES: usize = 2;

/// One exchange with the tutor for every ten people.
pub fn chats(school: &School) -> impl Iterator<Item = Dated<ai_chat::ActiveModel>> {
    (0..wanted(school)).map(|row| chat(school, row))
}

/// The conversations that they are parts of.
pub fn conversations(school: &School) -> impl Iterator<Item = Dated<tutor_conversation::ActiveModel>> {
    (0..wanted(school)).step_by(EXCHANGES).map(|row| {
        let (begun, first) = chat(school, row);
        let (last, _) = chat(school, Ord::min(row + EXCHANGES, wanted(school)) - 1);
        let model = tutor_conversation::ActiveModel {
            id: first.session_id,
            user_id: first.user_id,
            course_id: first.course_id,
            title: Set(first.message.as_ref().chars().take(100).collect()),
            last_asked_at: Set(time(last)),
            ..Default::default()
        };
        (begun, model)
    })
}

fn wanted(school: &School) -> usize {
    if school.enrolments.is_empty() { 0 } else { school.people.len() / 10 }
}

fn chat(school: &School, row: usize) -> Dated<ai_chat::ActiveModel> {
    let (conversation, nth) = (row / EXCHANGES, row % EXCHANGES);
    // What the whole conversation has in common.
    let mut dice = Dice::new(school.seed, Kind::Conversation, conversation);
    let enrolment = &school.enrolments[dice.below(school.enrolments.len())];
    let course = school.course_of(enrolment);
    let section = course.source.section(dice.below(SECTIONS));
    let begun = dice.between(enrolment.at, TODAY - 10 * MINUTE);
    let glossary = course.source.glossary();
    let (term, meaning) = glossary[(dice.below(glossary.len()) + nth) % glossary.len()];
    let message = if nth == 0 {
        format!("I am in \"{section}\" and keep meeting the word \"{term}\". What does it mean?")
    } else {
        format!("Thank you. And \"{term}\", is that the same thing?")
    };
    let response = if nth == 0 {
        format!(
            "{}: {meaning}. Have another look at the first video of \"{section}\" with that in mind, and tell me if something still does not fit.",
            capital(term)
        )
    } else {
        format!(
            "Not quite. {}: {meaning}. Try to find an example of each; the notes of \"{section}\" are a good place to look.",
            capital(term)
        )
    };
    let at = begun + 3 * MINUTE * nth as Seconds;
    let model = ai_chat::ActiveModel {
        id: Set(Dice::new(school.seed, Kind::Chat, row).id(at)),
        user_id: Set(school.people[enrolment.user].id),
        course_id: Set(Some(course.id)),
        session_id: Set(dice.id(begun)),
        tokens_used: Set(((message.len() + response.len()) / 4) as i32),
        message: Set(message),
        response: Set(response),
        message_type: Set(MessageType::Question),
        context_data: Set(json!({ "section": section })),
        finished_at: Set(Some(time(at))),
        ..Default::default()
    };
    (at, model)
}
