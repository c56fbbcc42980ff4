//! What may be used of a language model: never more than that, whoever asks at once and whatever becomes of the answers.

use std::sync::Arc;

use ai::{
    ReservationState, ai_course_month, ai_learner_day, ai_reservation,
    budgeting::{SchoolBudget, refund, reserve, settle},
};
use chrono::Duration;
use gateway::jobs::ensure_recurring;
use kernel::{CourseId, EntityId, Error, ReservationId, UserId, World};
use sea_orm::{EntityTrait, QueryOrder};
use serde_json::{Value, json};
use testkit::{Person, TestApp, on_both};
use tokio::task::JoinSet;

const SCHOOL: SchoolBudget = SchoolBudget { learner_daily_tokens: 1_000, course_monthly_tokens: 3_000 };

fn id<I: EntityId>(wire: &str) -> I {
    EntityId::from_wire(wire).unwrap()
}

async fn reserves(app: &TestApp, learner: UserId, course: CourseId, tokens: i64) -> kernel::Result<ReservationId> {
    app.app.write_as_system(async |tx| reserve(tx, &SCHOOL, learner, course, tokens).await).await
}

async fn settles(app: &TestApp, reservation: ReservationId, used: i64) {
    app.app.write_as_system(async |tx| settle(tx, reservation, used).await).await.unwrap();
}

async fn refunds(app: &TestApp, reservation: ReservationId) {
    app.app.write_as_system(async |tx| refund(tx, reservation).await).await.unwrap();
}

/// What the counters say: of each learner's days, of the course's months: reserved and used.
#[expect(clippy::disallowed_methods, reason = "counters as they are in the table")]
async fn counted(app: &TestApp) -> (Vec<[i64; 3]>, Vec<[i64; 2]>) {
    let days = ai_learner_day::Entity::find().order_by_asc(ai_learner_day::Column::StartsAt);
    let days = days.order_by_asc(ai_learner_day::Column::UserId).all(app.db().read()).await.unwrap();
    let months = ai_course_month::Entity::find().order_by_asc(ai_course_month::Column::StartsAt);
    let months = months.all(app.db().read()).await.unwrap();
    (
        days.into_iter().map(|day| [day.reserved, day.used, day.answers.into()]).collect(),
        months.into_iter().map(|month| [month.reserved, month.used]).collect(),
    )
}

/// What became of reservations, the largest first.
#[expect(clippy::disallowed_methods, reason = "reservations as they are in the table")]
async fn states(app: &TestApp) -> Vec<ReservationState> {
    let all = ai_reservation::Entity::find().order_by_desc(ai_reservation::Column::Tokens);
    all.all(app.db().read()).await.unwrap().into_iter().map(|row| row.state).collect()
}

/// What is said when there is not enough.
fn refusal(result: kernel::Result<ReservationId>) -> String {
    match result {
        Err(Error::Broken(problems)) => format!("{} {}", problems[0].rule.code, problems[0].message),
        other => panic!("{other:?}"),
    }
}

const DAY_IS_OVER: &str = "BUDGET_EXCEEDED There is not enough left of your tokens for this course and today: there is more from 2026-07-02T00:00:00Z on.";
const MONTH_IS_OVER: &str = "BUDGET_EXCEEDED There is not enough left of the course's tokens for this month: there is more from 2026-08-01T00:00:00Z on.";

async fn course(app: &TestApp) -> (Person, CourseId) {
    let tomas = app.instructor("Tomas").await;
    let course = id(&tomas.publishes("Rust").await);
    (tomas, course)
}

#[on_both]
async fn what_is_reserved_is_settled_or_given_back(app: TestApp) {
    let (_, course) = course(&app).await;
    let ada = app.student("Ada").await.id;
    let [first, second] =
        [reserves(&app, ada, course, 600).await.unwrap(), reserves(&app, ada, course, 400).await.unwrap()];
    assert_eq!(counted(&app).await, (vec![[1_000, 0, 0]], vec![[1_000, 0]]));
    assert_eq!(refusal(reserves(&app, ada, course, 1).await), DAY_IS_OVER);
    assert_eq!(counted(&app).await, (vec![[1_000, 0, 0]], vec![[1_000, 0]]), "a refusal takes nothing");
    settles(&app, first, 250).await;
    settles(&app, first, 250).await;
    refunds(&app, first).await;
    assert_eq!(counted(&app).await, (vec![[400, 250, 1]], vec![[400, 250]]), "once");
    refunds(&app, second).await;
    settles(&app, second, 99).await;
    assert_eq!(counted(&app).await, (vec![[0, 250, 1]], vec![[0, 250]]), "what is given back is");
    assert_eq!(states(&app).await, [ReservationState::Settled, ReservationState::Refunded]);
    reserves(&app, ada, course, 750).await.unwrap();
    assert_eq!(refusal(reserves(&app, ada, course, 1).await), DAY_IS_OVER);
}

#[on_both]
async fn an_answer_counts_for_no_more_than_was_kept(app: TestApp) {
    let (_, course) = course(&app).await;
    let ada = app.student("Ada").await.id;
    let reservation = reserves(&app, ada, course, 10).await.unwrap();
    settles(&app, reservation, 5_000).await;
    assert_eq!(counted(&app).await, (vec![[0, 10, 1]], vec![[0, 10]]));
}

#[on_both]
async fn thirty_two_at_once_pass_no_limit_of_a_learner(app: TestApp) {
    let (_, course) = course(&app).await;
    let ada = app.student("Ada").await.id;
    let outcomes = all_at_once(&app, &[ada], course, 300).await;
    let kept: Vec<_> = outcomes.into_iter().filter_map(Result::ok).collect();
    assert_eq!(kept.len(), 3);
    assert_eq!(counted(&app).await, (vec![[900, 0, 0]], vec![[900, 0]]));
    let mut tasks = JoinSet::new();
    for (number, reservation) in kept.into_iter().cycle().take(32).enumerate() {
        let app = app.clone();
        tasks.spawn(async move {
            if number % 2 == 0 { settles(&app, reservation, 100).await } else { refunds(&app, reservation).await }
        });
    }
    tasks.join_all().await;
    let settled = states(&app).await.iter().filter(|state| **state == ReservationState::Settled).count() as i64;
    assert_eq!(counted(&app).await, (vec![[0, settled * 100, settled]], vec![[0, settled * 100]]));
}

#[on_both]
async fn thirty_two_at_once_pass_no_limit_of_a_course(app: TestApp) {
    let (_, course) = course(&app).await;
    let mut people = vec![];
    for name in ["Ada", "Ben", "Cleo", "Dan", "Eva", "Finn", "Gil", "Hana"] {
        people.push(app.student(name).await.id);
    }
    let outcomes = all_at_once(&app, &people, course, 400).await;
    let kept = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
    let months = outcomes.into_iter().filter(Result::is_err).map(refusal).filter(|said| said == MONTH_IS_OVER).count();
    assert_eq!((kept, months > 0), (7, true));
    let (days, months) = counted(&app).await;
    assert_eq!((days.iter().map(|day| day[0]).sum::<i64>(), months), (2_800, vec![[2_800, 0]]));
}

/// 32 tasks reserve, turn by turn for each of these people.
async fn all_at_once(
    app: &TestApp,
    people: &[UserId],
    course: CourseId,
    tokens: i64,
) -> Vec<kernel::Result<ReservationId>> {
    let mut tasks = JoinSet::new();
    for learner in people.iter().copied().cycle().take(32) {
        let app = app.clone();
        tasks.spawn(async move { reserves(&app, learner, course, tokens).await });
    }
    tasks.join_all().await
}

#[on_both]
async fn a_day_and_a_month_begin_at_midnight(app: TestApp) {
    let (_, course) = course(&app).await;
    let ada = app.student("Ada").await.id;
    let late = reserves(&app, ada, course, 1_000).await.unwrap();
    app.world.pass(Duration::hours(12) - Duration::microseconds(1));
    assert_eq!(refusal(reserves(&app, ada, course, 1).await), DAY_IS_OVER);
    app.world.pass(Duration::microseconds(1));
    reserves(&app, ada, course, 1_000).await.unwrap();
    settles(&app, late, 700).await;
    // What was asked for on the first counts on the first, whenever the answer came.
    assert_eq!(counted(&app).await, (vec![[0, 700, 1], [1_000, 0, 0]], vec![[1_000, 700]]));
    app.world.pass(Duration::days(30));
    reserves(&app, ada, course, 1_000).await.unwrap();
    assert_eq!(counted(&app).await.1, [[1_000, 700], [1_000, 0]]);
}

#[on_both]
async fn what_nobody_settles_is_given_back_and_counts_when_it_comes_late(app: TestApp) {
    let (_, course) = course(&app).await;
    // Who came first at one moment is nowhere written.
    let mut both = [app.student("Ada").await.id, app.student("Ben").await.id];
    both.sort();
    let [ada, ben] = both;
    let [lost, late] =
        [reserves(&app, ada, course, 500).await.unwrap(), reserves(&app, ben, course, 800).await.unwrap()];
    app.world.pass(Duration::minutes(15));
    let fresh = reserves(&app, ada, course, 100).await.unwrap();
    app.app.write_as_system(ensure_recurring).await.unwrap();
    app.run_jobs().await;
    use ReservationState::{Lapsed, Open, Settled};
    assert_eq!(states(&app).await, [Lapsed, Lapsed, Open]);
    assert_eq!(counted(&app).await, (vec![[100, 0, 0], [0, 0, 0]], vec![[100, 0]]));
    settles(&app, late, 640).await;
    settles(&app, fresh, 40).await;
    refunds(&app, lost).await;
    assert_eq!(states(&app).await, [Settled, Lapsed, Settled]);
    assert_eq!(counted(&app).await, (vec![[0, 40, 1], [0, 640, 1]], vec![[0, 680]]));
    app.world.pass(Duration::days(32));
    app.run_jobs().await;
    assert_eq!(states(&app).await, [], "numbers stay, single answers don't");
    assert_eq!(counted(&app).await.1, [[0, 680]]);
}

#[on_both]
async fn only_the_server_settles_and_nobody_spends_for_others(app: TestApp) {
    let (_, course) = course(&app).await;
    let [ada, ben] = [app.student("Ada").await, app.student("Ben").await];
    let (now, world) = (app.world.now(), app.world.clone());
    let mut tx = kernel::Tx::begin(app.db(), &ben.viewer, now, world).await.unwrap();
    assert!(matches!(reserve(&mut tx, &SCHOOL, ada.id, course, 1).await, Err(Error::Denied)));
    let own = reserve(&mut tx, &SCHOOL, ben.id, course, 1).await.unwrap();
    assert!(matches!(refund(&tx, own).await, Err(Error::Denied)));
    assert!(matches!(settle(&tx, own, 0).await, Err(Error::Denied)));
}

/// The same school with these settings.
fn set_up(app: &TestApp) -> TestApp {
    app.tuned(|app| app.ai_budget = SCHOOL)
}

const BUDGET: &str = "query ($id: ID!) { aiBudget(courseId: $id) { model learnerTokensPerDay tokensUsed tokensLeft resetsAt
    course { title } ofCourse { tokensPerMonth tokensUsed tokensLeft resetsAt ownLearnerTokensPerDay ownTokensPerMonth } } }";

async fn sees(person: &Person, app: &TestApp, course: CourseId) -> Value {
    app.ask_as(&person.viewer, BUDGET, json!({"id": course.to_wire()})).await.at("/aiBudget").clone()
}

#[on_both]
async fn learners_see_what_is_left_for_them_and_staff_what_is_left_for_all(app: TestApp) {
    let (app, (tomas, course)) = (set_up(&app), course(&app).await);
    let ada = app.student("Ada").await;
    let reservation = reserves(&app, ada.id, course, 300).await.unwrap();
    settles(&app, reservation, 120).await;
    reserves(&app, ada.id, course, 80).await.unwrap();
    let of_learner = |used: i64, left: i64, of_course: Value| {
        json!({"model": null, "learnerTokensPerDay": 1_000, "tokensUsed": used, "tokensLeft": left,
            "resetsAt": "2026-07-02T00:00:00+00:00", "course": {"title": "Rust"}, "ofCourse": of_course})
    };
    assert_eq!(sees(&ada, &app, course).await, of_learner(120, 800, Value::Null));
    let of_course = json!({"tokensPerMonth": 3_000, "tokensUsed": 120, "tokensLeft": 2_800,
        "resetsAt": "2026-08-01T00:00:00+00:00", "ownLearnerTokensPerDay": null, "ownTokensPerMonth": null});
    assert_eq!(sees(&tomas, &app, course).await, of_learner(0, 1_000, of_course));
    let draft = tomas.drafts("Engines").await;
    let hidden = app.ask_as(&ada.viewer, BUDGET, json!({"id": draft})).await;
    assert_eq!(hidden.codes(), ["NOT_FOUND"]);
}

async fn sets(person: &Person, app: &TestApp, course: CourseId, fields: Value) -> testkit::Answer {
    let mut input = json!({"courseId": course.to_wire()});
    input.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    let mutation = "mutation ($input: SetAiBudgetInput!) { setAiBudget(input: $input) {
        budget { learnerTokensPerDay ofCourse { tokensPerMonth ownLearnerTokensPerDay ownTokensPerMonth } }
        userErrors { code field } } }";
    app.ask_as(&person.viewer, mutation, json!({"input": input})).await
}

#[on_both]
async fn staff_gives_a_course_less_and_who_manages_all_courses_more(app: TestApp) {
    let (app, (tomas, course)) = (set_up(&app), course(&app).await);
    let ada = app.student("Ada").await;
    let answer = sets(&tomas, &app, course, json!({"learnerTokensPerDay": 200})).await;
    let wanted = json!({"budget": {"learnerTokensPerDay": 200, "ofCourse": {
        "tokensPerMonth": 3_000, "ownLearnerTokensPerDay": 200, "ownTokensPerMonth": null}}, "userErrors": []});
    assert_eq!(answer.at("/setAiBudget"), &wanted);
    assert_eq!(refusal(reserves(&app, ada.id, course, 201).await), DAY_IS_OVER);
    let more = json!({"learnerTokensPerDay": 1_001, "courseTokensPerMonth": -1});
    let answer = sets(&tomas, &app, course, more).await;
    let errors = json!([
        {"code": "AI_BUDGET_ABOVE_SCHOOL", "field": ["input", "learnerTokensPerDay"]},
        {"code": "AI_BUDGET_INVALID", "field": ["input", "courseTokensPerMonth"]},
    ]);
    assert_eq!(answer.at("/setAiBudget/userErrors"), &errors);
    let root = app.admin("Root").await;
    let generous = json!({"learnerTokensPerDay": null, "courseTokensPerMonth": 2_000_000_000});
    let answer = sets(&root, &app, course, generous).await;
    let own =
        json!({"tokensPerMonth": 2_000_000_000, "ownLearnerTokensPerDay": null, "ownTokensPerMonth": 2_000_000_000});
    assert_eq!(answer.at("/setAiBudget/budget"), &json!({"learnerTokensPerDay": 1_000, "ofCourse": own}));
    reserves(&app, ada.id, course, 1_000).await.unwrap();
    sets(&root, &app, course, json!({"courseTokensPerMonth": 0})).await.data();
    let ben = app.student("Ben").await.id;
    assert_eq!(refusal(reserves(&app, ben, course, 1).await), MONTH_IS_OVER, "nothing is a limit, too");
    assert_eq!(sets(&ada, &app, course, json!({})).await.codes(), ["FORBIDDEN"]);
}

#[on_both]
async fn staff_sees_what_was_used_and_not_by_whom(app: TestApp) {
    let (app, (tomas, course)) = (set_up(&app), course(&app).await);
    for name in ["Ada", "Ben", "Cleo", "Dan", "Eva"] {
        let learner = app.student(name).await.id;
        let reservation = reserves(&app, learner, course, 100).await.unwrap();
        settles(&app, reservation, 10).await;
    }
    app.world.pass(Duration::days(1));
    let again = app.student("Finn").await;
    for used in [30, 5] {
        let reservation = reserves(&app, again.id, course, 100).await.unwrap();
        settles(&app, reservation, used).await;
    }
    // One that came to nothing is no answer.
    let nothing = reserves(&app, tomas.id, course, 100).await.unwrap();
    refunds(&app, nothing).await;
    let query = |from: &str, to: &str| {
        format!(
            "{{ aiUsage(courseId: \"{}\", from: \"{from}\", to: \"{to}\") {{ tokens answers learners
                days {{ date tokens answers learners }} course {{ title }} }} }}",
            course.to_wire()
        )
    };
    let all = query("2026-07-01", "2026-07-31");
    let wanted = json!({"tokens": 85, "answers": 7, "learners": 6, "course": {"title": "Rust"}, "days": [
        {"date": "2026-07-01", "tokens": 50, "answers": 5, "learners": 5},
        {"date": "2026-07-02", "tokens": 35, "answers": 2, "learners": null},
    ]});
    let ask = async |person: &Person, query: &str| app.ask_as(&person.viewer, query, json!({})).await;
    assert_eq!(ask(&tomas, &all).await.at("/aiUsage"), &wanted);
    let second = ask(&tomas, &query("2026-07-02", "2026-07-02")).await;
    assert_eq!((second.at("/aiUsage/tokens"), second.at("/aiUsage/learners")), (&json!(35), &json!(null)));
    assert_eq!(ask(&again, &all).await.codes(), ["FORBIDDEN"]);
    for (from, to) in [("2026-07-02", "2026-07-01"), ("2025-07-01", "2026-07-02")] {
        assert_eq!(ask(&tomas, &query(from, to)).await.codes(), ["BAD_USER_INPUT"]);
    }
}

#[on_both]
async fn which_model_answers_is_told(app: TestApp) {
    let (tomas, course) = course(&app).await;
    let server = testkit::ModelServer::start([]).await;
    let model = server.model(app.world.clone());
    let app = app.tuned(|app| app.model = Some(model as Arc<dyn ai::Model>));
    assert_eq!(sees(&tomas, &app, course).await["model"], "test-model");
}
