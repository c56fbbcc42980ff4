use serde_json::json;
use testkit::{TestApp, on_both};

use super::{Class, ERRORS, OWNERSHIP, adds, answers, asks, changes_section, ids, seen};

/// Those of [`OWNERSHIP`] that have the words.
const SENTENCES: &str = "Every value has one owner. When the owner goes out of scope, the value is dropped.";

#[on_both]
async fn without_a_model_the_course_is_quoted_and_the_quote_leads_there(app: TestApp) {
    let class = Class::open(&app).await;
    let asked = asks(&class.ada, &class.course, None, "  What does an owner of a value do? ").await;
    assert_eq!(asked.at("/askTutor/message/state"), "PENDING", "one does not wait for the answer: {asked:?}");
    assert_eq!(asked.at("/askTutor/conversation/title"), "What does an owner of a value do?");
    let (message, conversation) = ids(&asked);
    assert_eq!(app.run_jobs().await, ["answer_question"]);
    assert_eq!(
        seen(&class.ada, &message).await,
        json!({
            "state": "COMPLETE", "failure": null, "answeredBy": "EXTRACTIVE", "model": "extractive", "isGrounded": true,
            "restriction": "ALLOWED", "tokensUsed": 0, "rating": null, "ratingComment": "",
            "conversation": {"id": conversation},
            "response": format!("This is what the course says about it, word for word:\n\n> {SENTENCES}\n>\n> — Ownership [1]\n"),
            "citations": [{
                "number": 1, "kind": "SECTION", "title": "Ownership", "quote": OWNERSHIP, "version": 1, "stale": false,
                "startOffset": 0, "endOffset": OWNERSHIP.chars().count(), "startSeconds": null, "endSeconds": null,
                "course": {"id": class.course}, "section": {"id": class.ownership}, "media": null,
            }],
        })
    );
}

#[on_both]
async fn what_the_course_does_not_say_the_tutor_does_not_know(app: TestApp) {
    let class = Class::open(&app).await;
    for question in
        ["What is the capital of France?", "Please explain zeppelins to me in detail", "\"'; SELECT ai_chats; -- *"]
    {
        let answer = class.answers(question).await;
        assert_eq!(
            [&answer["state"], &answer["isGrounded"], &answer["citations"]],
            [&json!("COMPLETE"), &json!(false), &json!([])],
            "{question}"
        );
        assert!(answer["response"].as_str().unwrap().starts_with("I find nothing about that"), "{answer:#}");
    }
}

#[on_both]
async fn what_was_changed_since_is_stale_and_the_next_answer_is_from_what_is_there(app: TestApp) {
    let class = Class::open(&app).await;
    let (message, _) = ids(&asks(&class.ada, &class.course, None, "Who is the owner of a value?").await);
    app.run_jobs().await;
    changes_section(
        &class.tomas,
        &class.ownership,
        json!({"description": "A value has an owner: whoever bound it last."}),
    )
    .await;
    let before = seen(&class.ada, &message).await;
    assert_eq!([&before["citations"][0]["stale"], &before["citations"][0]["version"]], [&json!(true), &json!(1)]);
    let after = class.answers("Who is the owner of a value?").await;
    assert_eq!([&after["citations"][0]["stale"], &after["citations"][0]["version"]], [&json!(false), &json!(2)]);
    assert!(after["response"].as_str().unwrap().contains("whoever bound it last"), "{after:#}");
    // Where nothing of the words is changed they are the same.
    changes_section(&class.tomas, &class.ownership, json!({"isPreview": true})).await;
    let again = class.answers("Who is the owner of a value?").await;
    assert_eq!([&again["response"], &again["citations"]], [&after["response"], &after["citations"]]);
    let gone = "mutation ($id: ID!) { deleteSection(input: {id: $id}) { userErrors { code } } }";
    class.tomas.ask_with(gone, json!({"id": class.ownership})).await.data();
    let before = seen(&class.ada, &message).await;
    assert_eq!([&before["citations"][0]["stale"], &before["citations"][0]["section"]], [&json!(true), &json!(null)]);
    assert_eq!(class.answers("Who is the owner of a value?").await["isGrounded"], false);
}

#[on_both]
async fn a_short_question_goes_on_with_the_one_before(app: TestApp) {
    let class = Class::open(&app).await;
    let (_, conversation) =
        ids(&asks(&class.ada, &class.course, None, "What does a function return that can fail?").await);
    app.run_jobs().await;
    let (message, same) = ids(&asks(&class.ada, &class.course, Some(&conversation), "And why?").await);
    assert_eq!(same, conversation);
    app.run_jobs().await;
    let answer = seen(&class.ada, &message).await;
    assert_eq!(answer["citations"][0]["quote"], ERRORS, "{answer:#}");
}

#[on_both]
async fn long_texts_are_cut_and_each_piece_says_where_it_stands(app: TestApp) {
    let class = Class::open(&app).await;
    let filler = "Nothing of note is said in these words, and they go on. ".repeat(60);
    let text = format!("{filler}\n\nA turbofish tells a generic function its type.\n\n{filler}");
    adds(&class.tomas, &class.course, "Generics", json!({"description": text})).await;
    let answer = class.answers("What is a turbofish?").await;
    let (cited, letters) = (&answer["citations"][0], text.chars().collect::<Vec<_>>());
    let at = |name: &str| usize::try_from(cited[name].as_u64().unwrap()).unwrap();
    let passage: String = letters[at("startOffset")..at("endOffset")].iter().collect();
    assert!(passage.contains("turbofish") && passage.len() < 1_000, "{passage}");
    assert!(
        answer["response"].as_str().unwrap().contains("> A turbofish tells a generic function its type."),
        "{answer:#}"
    );
}

/// One learner's question catches up with the words of a course; another's at the same time does not do it twice.
#[on_both]
async fn many_who_ask_at_once_all_get_their_answers(app: TestApp) {
    let class = Class::open(&app).await;
    let mut people = vec![class.ada.clone()];
    for name in ["Bea", "Cid", "Dan", "Eva", "Fay"] {
        let person = app.student(name).await;
        super::enrols(&app, &person, &class.course).await;
        people.push(person);
    }
    for person in &people {
        asks(person, &class.course, None, "Who is the owner of a value?").await.data();
    }
    let workers = (0..3).map(|_| app.run_jobs());
    futures_util::future::join_all(workers).await;
    for person in &people {
        let list = person.ask("{ conversations { nodes { messages { nodes { state citations { title } } } } } }").await;
        let expected = json!([{"messages": {"nodes": [{"state": "COMPLETE", "citations": [{"title": "Ownership"}]}]}}]);
        assert_eq!(list.at("/conversations/nodes"), &expected);
    }
}

#[on_both]
async fn a_question_has_letters_and_an_end(app: TestApp) {
    let class = Class::open(&app).await;
    for bad in ["", " \n ", "\u{200b}", &"x".repeat(2_001)] {
        let refused = asks(&class.ada, &class.course, None, bad).await;
        assert_eq!(refused.at("/askTutor/userErrors/0/code"), "TUTOR_MESSAGE_INVALID", "{bad:?}");
        assert_eq!(refused.at("/askTutor/userErrors/0/field"), &json!(["input", "message"]));
    }
    let odd = answers(&app, &class.ada, &class.course, "Who is the \u{7}owner\r\nof a value?").await;
    assert_eq!(odd["isGrounded"], true);
    let list = class.ada.ask("{ conversations { totalCount nodes { title messages { nodes { message } } } } }").await;
    let expected = json!({"totalCount": 1, "nodes": [{"title": "Who is the owner of a value?",
        "messages": {"nodes": [{"message": "Who is the owner\nof a value?"}]}}]});
    assert_eq!(list.at("/conversations"), &expected);
}

#[on_both]
async fn one_answer_comes_at_a_time(app: TestApp) {
    let class = Class::open(&app).await;
    let (_, conversation) = ids(&asks(&class.ada, &class.course, None, "Who owns a value?").await);
    let second = asks(&class.ada, &class.course, Some(&conversation), "And then?").await;
    assert_eq!(second.at("/askTutor/userErrors/0/code"), "TUTOR_BUSY");
    app.run_jobs().await;
    assert_eq!(asks(&class.ada, &class.course, Some(&conversation), "And then?").await.user_errors(), [""; 0]);
}
