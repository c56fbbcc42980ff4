//! However a model's answer ends, the message ends in a stated state, and the budget is right. The model is a server over a
//! real connection.

use ai::{AnswerState, ReservationState, ai_learner_day, ai_reservation, budgeting::SchoolBudget};
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use testkit::{Reply, TestApp, on_both};

use super::{Class, asks_at, ids, seen, with_model};

const QUESTION: &str = "Who is the owner of a value?";

/// What is reserved and used, and what became of the reservations.
#[expect(clippy::disallowed_methods, reason = "counters as they are in the table")]
pub async fn counted(app: &TestApp) -> (Vec<[i64; 2]>, Vec<ReservationState>) {
    let days = ai_learner_day::Entity::find().all(app.db().read()).await.unwrap();
    let reservations = ai_reservation::Entity::find().all(app.db().read()).await.unwrap();
    (
        days.into_iter().map(|day| [day.reserved, day.used]).collect(),
        reservations.into_iter().map(|row| row.state).collect(),
    )
}

#[on_both]
async fn what_a_model_says_is_kept_with_what_it_stands_on_and_what_it_cost(app: TestApp) {
    let class = Class::open(&app).await;
    let (app, server) = with_model(&app, [Reply::says(&["A value has ", "one owner [1].", " See [9]."])]).await;
    let (message, conversation) = ids(&asks_at(&app, &class.ada, &class.course, None, QUESTION).await);
    let kept = counted(&app).await;
    assert_eq!((kept.0, kept.1), (vec![[8_000, 0]], vec![ReservationState::Open]));
    app.run_jobs().await;
    let answer = seen(&class.ada, &message).await;
    let mut shown = answer.clone();
    shown.as_object_mut().unwrap().remove("citations");
    assert_eq!(
        shown,
        json!({"state": "COMPLETE", "failure": null, "answeredBy": "MODEL", "model": "test-model", "isGrounded": true,
            "restriction": "ALLOWED", "tokensUsed": 18, "rating": null, "ratingComment": "",
            "conversation": {"id": conversation}, "response": "A value has one owner [1]. See [?]."})
    );
    assert_eq!(answer["citations"].as_array().unwrap().len(), 1, "it can't name what it was not given");
    assert_eq!(counted(&app).await, (vec![[0, 18]], vec![ReservationState::Settled]));
    let body = &server.asked()[0].body;
    assert_eq!(body["messages"][0]["role"], "system");
    let told: Value = serde_json::from_str(body["messages"][1]["content"].as_str().unwrap()).unwrap();
    assert_eq!(told["question"], QUESTION);
    assert_eq!(told["passages"][0]["text"], super::OWNERSHIP);
}

#[on_both]
async fn an_answer_that_names_nothing_says_so(app: TestApp) {
    let class = Class::open(&app).await;
    let (app, _server) = with_model(&app, [Reply::says(&["It depends."])]).await;
    let answer = super::answers(&app, &class.ada, &class.course, QUESTION).await;
    assert_eq!([&answer["isGrounded"], &answer["citations"]], [&json!(false), &json!([])]);
    assert_eq!(answer["response"], "It depends.\n\n*This answer names no passage of the course.*");
}

#[on_both]
async fn where_nothing_is_found_no_model_is_asked_and_nothing_paid(app: TestApp) {
    let class = Class::open(&app).await;
    let (app, server) = with_model(&app, []).await;
    let answer = super::answers(&app, &class.ada, &class.course, "What is the capital of France?").await;
    assert_eq!([&answer["state"], &answer["answeredBy"]], ["COMPLETE", "EXTRACTIVE"]);
    assert_eq!(server.asked(), []);
    assert_eq!(counted(&app).await, (vec![[0, 0]], vec![ReservationState::Refunded]));
}

#[on_both]
async fn each_way_to_fail_is_stated_and_costs_nothing(app: TestApp) {
    let class = Class::open(&app).await;
    let failing = |status| vec![Reply::Fails(status, None); 4];
    for (replies, failure, response) in [
        (vec![Reply::breaks_after(&["A value ", "has "])], "CUT_OFF", "A value has "),
        (vec![Reply::stops_after(&["A value "])], "CUT_OFF", "A value "),
        (vec![Reply::garbage()], "UNREADABLE", ""),
        (failing(429), "AI_UNAVAILABLE", ""),
        (failing(500), "AI_UNAVAILABLE", ""),
        (vec![Reply::Fails(400, None)], "REFUSED", ""),
    ] {
        let (app, _server) = with_model(&app, replies.clone()).await;
        let (message, conversation) = ids(&asks_at(&app, &class.ada, &class.course, None, QUESTION).await);
        app.run_jobs().await;
        let answer = seen(&class.ada, &message).await;
        assert_eq!(
            [&answer["state"], &answer["failure"], &answer["response"], &answer["tokensUsed"]],
            [&json!("FAILED"), &json!(failure), &json!(response), &json!(0)],
            "{replies:?}"
        );
        let (days, reservations) = counted(&app).await;
        assert_eq!(days, [[0, 0]], "{replies:?}");
        assert!(reservations.iter().all(|state| *state == ReservationState::Refunded), "{reservations:?}");
        // One may ask again in the same conversation.
        assert_eq!(
            asks_at(&app, &class.ada, &class.course, Some(&conversation), QUESTION).await.user_errors(),
            [""; 0]
        );
        app.run_jobs().await;
        let delete = "mutation ($id: ID!) { deleteConversation(input: {id: $id}) { userErrors { code } } }";
        class.ada.ask_with(delete, json!({"id": conversation})).await.data();
        for table in ["ai_reservations", "ai_learner_days", "ai_course_months"] {
            sea_orm::ConnectionTrait::execute_unprepared(app.db().write(), &format!("DELETE FROM {table}"))
                .await
                .unwrap();
        }
    }
}

#[on_both]
async fn two_who_ask_at_once_do_not_pass_a_limit_together(app: TestApp) {
    let class = Class::open(&app).await;
    let (app, _server) = with_model(&app, []).await;
    let app = app.tuned(|tuned| {
        tuned.model = app.app.model.clone();
        tuned.ai_budget = SchoolBudget { learner_daily_tokens: 20_000, course_monthly_tokens: 20_000 };
    });
    let asked = (0..6).map(|_| {
        let input = json!({"courseId": class.course, "message": QUESTION});
        app.ask_as(&class.ada.viewer, super::ASK, json!({"input": input}))
    });
    let answers = futures_util::future::join_all(asked).await;
    let refused: Vec<_> = answers.iter().filter(|answer| !answer.user_errors().is_empty()).collect();
    assert_eq!(refused.len(), 4, "{answers:?}");
    assert!(refused.iter().all(|answer| answer.user_errors() == ["BUDGET_EXCEEDED"]));
    let list = class.ada.ask("{ conversations { totalCount } }").await;
    assert_eq!(list.at("/conversations/totalCount"), 2, "what was refused was not written down");
}

/// A worker that was killed, and the one that finds its job.
#[on_both]
async fn an_answer_whose_worker_was_lost_ends_as_interrupted(app: TestApp) {
    let class = Class::open(&app).await;
    let (app, server) = with_model(&app, []).await;
    let (message, _) = ids(&asks_at(&app, &class.ada, &class.course, None, QUESTION).await);
    let chat = kernel::EntityId::from_wire(&message).unwrap();
    let job = ai::AnswerQuestion { chat, reservation: None };
    let begun = app.app.write_as_system(async |tx| ai::answering::begin(tx, &job, "test-model").await);
    assert_eq!(begun.await.unwrap().unwrap().state, AnswerState::Pending);
    app.app.write_as_system(async |tx| ai::answering::note(tx, chat, "A value").await).await.unwrap();
    app.run_jobs().await;
    let answer = seen(&class.ada, &message).await;
    assert_eq!([&answer["state"], &answer["failure"], &answer["response"]], ["FAILED", "INTERRUPTED", "A value"]);
    assert_eq!(server.asked(), [], "a model is not asked twice");
    assert_eq!(counted(&app).await, (vec![[0, 0]], vec![ReservationState::Refunded]));
}

/// The same, as the clock has it: nobody waits longer than a lease for a worker that was killed, and nothing is kept of the
/// budget, whether the conversation is still there or not.
#[on_both]
async fn who_was_killed_is_replaced_when_the_lease_ends(app: TestApp) {
    let class = Class::open(&app).await;
    let (app, server) = with_model(&app, []).await;
    for is_deleted in [false, true] {
        let (message, conversation) = ids(&asks_at(&app, &class.ada, &class.course, None, QUESTION).await);
        let chat = begins_and_is_killed(&app, &message, "test-model").await;
        app.app.write_as_system(async |tx| ai::answering::note(tx, chat, "A value").await).await.unwrap();
        app.world.pass(chrono::Duration::seconds(19));
        assert_eq!(app.run_jobs().await, [""; 0], "somebody may still work on it");
        assert_eq!(counted(&app).await.0, [[8_000, 0]]);
        if is_deleted {
            let delete = "mutation ($id: ID!) { deleteConversation(input: {id: $id}) { userErrors { code } } }";
            assert_eq!(class.ada.ask_with(delete, json!({"id": conversation})).await.user_errors(), [""; 0]);
        }
        app.world.pass(chrono::Duration::seconds(2));
        assert_eq!(app.run_jobs().await, ["answer_question"]);
        let answer = seen(&class.ada, &message).await;
        let ends = json!(["FAILED", "INTERRUPTED", "A value", 0]);
        let ended = json!([answer["state"], answer["failure"], answer["response"], answer["tokensUsed"]]);
        assert_eq!(ended, if is_deleted { json!([null, null, null, null]) } else { ends });
        let (days, reservations) = counted(&app).await;
        assert_eq!(days, [[0, 0]]);
        assert!(reservations.iter().all(|state| *state == ReservationState::Refunded), "{reservations:?}");
    }
    assert_eq!(server.asked(), [], "a model is not asked twice");
}

/// Takes the job that answers, begins, and is not heard of any more.
async fn begins_and_is_killed(app: &TestApp, message: &str, model: &str) -> kernel::ChatId {
    use kernel::Job;
    let chat = kernel::EntityId::from_wire(message).unwrap();
    let begun = app.app.write_as_system(async |tx| {
        let claimed = kernel::jobs::claim_of(tx, gateway::jobs::LEASES, ai::AnswerQuestion::KIND).await?;
        let job = claimed.expect("a question waits").read::<ai::AnswerQuestion>().unwrap();
        ai::answering::begin(tx, &job, model).await
    });
    assert_eq!(begun.await.unwrap().map(|begun| begun.id), Some(chat));
    chat
}

/// Where no model is asked nothing is paid twice.
#[on_both]
async fn what_the_built_in_tutor_has_begun_another_begins_anew(app: TestApp) {
    let class = Class::open(&app).await;
    let (message, _) = ids(&asks_at(&app, &class.ada, &class.course, None, QUESTION).await);
    begins_and_is_killed(&app, &message, ai::extractive::NAME).await;
    app.world.pass(chrono::Duration::seconds(21));
    assert_eq!(app.run_jobs().await, ["answer_question"]);
    let answer = seen(&class.ada, &message).await;
    assert_eq!([&answer["state"], &answer["isGrounded"]], [&json!("COMPLETE"), &json!(true)]);
}

/// A school without a model has no tokens to count.
#[on_both]
async fn the_built_in_tutor_needs_no_budget(app: TestApp) {
    let class = Class::open(&app).await;
    let app = app.tuned(|tuned| tuned.ai_budget = SchoolBudget { learner_daily_tokens: 0, course_monthly_tokens: 0 });
    let answer = super::answers(&app, &class.ada, &class.course, QUESTION).await;
    assert_eq!([&answer["state"], &answer["isGrounded"]], [&json!("COMPLETE"), &json!(true)]);
    assert_eq!(counted(&app).await, (vec![], vec![]));
}

/// Whatever became of the job.
#[on_both]
async fn an_answer_without_a_job_is_ended_in_time(app: TestApp) {
    let class = Class::open(&app).await;
    let (app, _server) = with_model(&app, []).await;
    let (message, _) = ids(&asks_at(&app, &class.ada, &class.course, None, QUESTION).await);
    sea_orm::ConnectionTrait::execute_unprepared(app.db().write(), "DELETE FROM jobs").await.unwrap();
    let end = async || {
        app.app.write_as_system(async |tx| tx.enqueue(&gateway::jobs::EndLostAnswers {}).await).await.unwrap();
        app.run_jobs().await;
        seen(&class.ada, &message).await["state"].clone()
    };
    assert_eq!(end().await, "PENDING");
    app.world.pass(chrono::Duration::minutes(16));
    assert_eq!(end().await, "FAILED");
    assert_eq!(counted(&app).await, (vec![[0, 0]], vec![ReservationState::Refunded]));
}

/// Who deletes the conversation before the answer comes gets back what was kept for it.
#[on_both]
async fn an_answer_that_nobody_wants_any_more_costs_nothing(app: TestApp) {
    let class = Class::open(&app).await;
    let (app, server) = with_model(&app, []).await;
    let (_, conversation) = ids(&asks_at(&app, &class.ada, &class.course, None, QUESTION).await);
    let delete =
        "mutation ($id: ID!) { deleteConversation(input: {id: $id}) { deletedConversationId userErrors { code } } }";
    let gone = class.ada.ask_with(delete, json!({"id": conversation})).await;
    assert_eq!(gone.at("/deleteConversation/deletedConversationId"), conversation.as_str());
    assert_eq!(app.run_jobs().await, ["answer_question"]);
    assert_eq!(server.asked(), []);
    assert_eq!(counted(&app).await, (vec![[0, 0]], vec![ReservationState::Refunded]));
}

/// Of what a model says that it took, no more counts than was kept for it; an answer without a word is none.
#[on_both]
async fn a_model_is_not_believed_beyond_what_was_kept(app: TestApp) {
    let class = Class::open(&app).await;
    let greedy = Reply::Says(vec!["A value has one owner [1].".into()], Some((17_000_000, 1_000_000)));
    let (app, _server) = with_model(&app, [greedy, Reply::says(&[])]).await;
    let answer = super::answers(&app, &class.ada, &class.course, QUESTION).await;
    assert_eq!([&answer["state"], &answer["tokensUsed"]], [&json!("COMPLETE"), &json!(8_000)]);
    assert_eq!(counted(&app).await, (vec![[0, 8_000]], vec![ReservationState::Settled]));
    let empty = super::answers(&app, &class.ada, &class.course, QUESTION).await;
    assert_eq!(
        [&empty["state"], &empty["failure"], &empty["tokensUsed"]],
        [&json!("FAILED"), &json!("UNREADABLE"), &json!(0)]
    );
    assert_eq!(counted(&app).await.0, [[0, 8_000]]);
}

/// Whoever deletes the conversation while the answer comes has asked the model all the same.
#[on_both]
async fn an_answer_that_is_deleted_while_it_comes_is_paid_for(app: TestApp) {
    let class = Class::open(&app).await;
    let (app, server) = with_model(&app, [Reply::says_slowly(&["A value ", "has one owner [1]."])]).await;
    let (message, conversation) = ids(&asks_at(&app, &class.ada, &class.course, None, QUESTION).await);
    let worker = app.clone();
    let work = tokio::spawn(async move { worker.run_jobs().await });
    while seen(&class.ada, &message).await["response"] != "A value " {
        tokio::task::yield_now().await;
    }
    let delete = "mutation ($id: ID!) { deleteConversation(input: {id: $id}) { userErrors { code } } }";
    assert_eq!(class.ada.ask_with(delete, json!({"id": conversation})).await.user_errors(), [""; 0]);
    server.goes_on(1);
    work.await.unwrap();
    let (days, reservations) = counted(&app).await;
    assert_eq!(reservations, [ReservationState::Settled]);
    assert!(days[0][0] == 0 && days[0][1] > 0, "{days:?}");
}

/// What is cut off says so, by whomever it was cut.
#[on_both]
async fn an_answer_that_would_go_on_says_so(app: TestApp) {
    let class = Class::open(&app).await;
    let stops = b"data: {\"choices\":[{\"delta\":{\"content\":\"One owner [1] and\"},\"finish_reason\":\"length\"}]}\n\ndata: [DONE]\n\n";
    let long = "A value has one owner [1]. ".repeat(500);
    let replies =
        [Reply::Sends("text/event-stream", stops.to_vec()), Reply::says(&[&long]), Reply::says(&["One [1]."])];
    let (modelled, _server) = with_model(&app, replies).await;
    let query = "query ($id: ID!) { node(id: $id) { ... on AiChat { state isTruncated } } }";
    for (app, is_truncated) in [(&modelled, true), (&modelled, true), (&modelled, false), (&app, false)] {
        let (message, _) = ids(&asks_at(app, &class.ada, &class.course, None, QUESTION).await);
        app.run_jobs().await;
        let told = class.ada.ask_with(query, json!({"id": message})).await;
        assert_eq!(told.at("/node"), &json!({"state": "COMPLETE", "isTruncated": is_truncated}));
    }
}

/// Also while it comes: whoever reads along sees no tag that is none in the end.
#[on_both]
async fn what_a_model_says_is_no_html(app: TestApp) {
    let class = Class::open(&app).await;
    let parts = ["One <img src=x onerror=alert(1)> owner [1", "]. `Vec<u8>` <", "script>"];
    let (app, server) = with_model(&app, [Reply::says_slowly(&parts)]).await;
    let (message, _) = ids(&asks_at(&app, &class.ada, &class.course, None, QUESTION).await);
    let worker = app.clone();
    let work = tokio::spawn(async move { worker.run_jobs().await });
    let mut so_far = json!("");
    while so_far == "" {
        so_far = seen(&class.ada, &message).await["response"].clone();
        tokio::task::yield_now().await;
    }
    assert_eq!(so_far, "One &lt;img src=x onerror=alert(1)> owner ");
    server.goes_on(2);
    work.await.unwrap();
    let answer = seen(&class.ada, &message).await;
    assert_eq!(answer["response"], "One &lt;img src=x onerror=alert(1)> owner [1]. `Vec<u8>` &lt;script>");
    assert_eq!(answer["citations"][0]["number"], 1);
}
