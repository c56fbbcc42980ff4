use chrono::Duration;
use serde_json::{Value, json};
use testkit::{Answer, Person, TestApp, on_both};

const COURSE: &str = "course { price { amount } effectivePrice { amount currency } isFree discount { price { amount } startsAt endsAt } } userErrors { code field }";

async fn sets(person: &Person, course: &str, amount: &str, currency: &str) -> Answer {
    let query = format!("mutation ($input: SetCoursePriceInput!) {{ setCoursePrice(input: $input) {{ {COURSE} }} }}");
    let price = json!({"amount": amount, "currency": currency});
    person.ask_with(&query, json!({"input": {"courseId": course, "price": price}})).await
}

async fn schedules(person: &Person, course: &str, amount: &str, from: Value, until: Value) -> Answer {
    let query =
        format!("mutation ($input: ScheduleDiscountInput!) {{ scheduleDiscount(input: $input) {{ {COURSE} }} }}");
    let price = json!({"amount": amount, "currency": "EUR"});
    let input = json!({"courseId": course, "price": price, "startsAt": from, "endsAt": until});
    person.ask_with(&query, json!({"input": input})).await
}

async fn ends(person: &Person, course: &str) -> Answer {
    let query = format!("mutation ($id: ID!) {{ endDiscount(input: {{courseId: $id}}) {{ {COURSE} }} }}");
    person.ask_with(&query, json!({"id": course})).await
}

/// What it costs, and whether there is a discount, in the eyes of this viewer.
async fn costs(app: &TestApp, viewer: &kernel::Viewer, course: &str) -> (String, bool) {
    let query = "query ($id: ID!) { course(id: $id) { effectivePrice { amount } discount { endsAt } } }";
    let answer = app.ask_as(viewer, query, json!({"id": course})).await;
    let amount = answer.at("/course/effectivePrice/amount").as_str().unwrap().to_string();
    (amount, !answer.at("/course/discount").is_null())
}

fn says(amount: &str, has_discount: bool) -> (String, bool) {
    (amount.into(), has_discount)
}

/// The tests' clock begins at noon.
const NINE_DAYS: (&str, &str) = ("2026-07-02T12:00:00+00:00", "2026-07-11T12:00:00+00:00");

#[on_both]
async fn a_discount_holds_from_its_start_until_its_end_by_our_clock(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let course = tomas.publishes("Rust").await;
    assert_eq!(sets(&tomas, &course, "49.00", "EUR").await.user_errors(), [""; 0]);
    let (start, end) = NINE_DAYS;
    let answer = schedules(&tomas, &course, "29.00", json!(start), json!(end)).await;
    let wanted = json!({"price": {"amount": "49.00"}, "effectivePrice": {"amount": "49.00", "currency": "EUR"}, "isFree": false,
        "discount": {"price": {"amount": "29.00"}, "startsAt": start, "endsAt": end}});
    assert_eq!(answer.at("/scheduleDiscount/course"), &wanted);
    let everybody = &kernel::Viewer::Anonymous;
    // What is planned is the authors' business.
    assert_eq!(costs(&app, everybody, &course).await, says("49.00", false));
    assert_eq!(costs(&app, &tomas.viewer, &course).await, says("49.00", true));
    app.world.pass(Duration::days(1) - Duration::seconds(1));
    assert_eq!(costs(&app, everybody, &course).await, says("49.00", false));
    app.world.pass(Duration::seconds(1));
    assert_eq!(costs(&app, everybody, &course).await, says("29.00", true));
    app.world.pass(Duration::days(9) - Duration::seconds(1));
    assert_eq!(costs(&app, everybody, &course).await, says("29.00", true));
    app.world.pass(Duration::seconds(1));
    assert_eq!(costs(&app, everybody, &course).await, says("49.00", false));
    assert_eq!(costs(&app, &tomas.viewer, &course).await, says("49.00", false));
}

/// The expression for orders and filters agrees with what is shown.
#[on_both]
async fn the_database_computes_the_same_price(app: TestApp) {
    use sea_orm::{QuerySelect, sea_query::Expr};
    let tomas = app.instructor("Tomas").await;
    let (start, end) = NINE_DAYS;
    let windows = [
        (Value::Null, Value::Null),
        (json!(start), json!(end)),
        (json!(start), Value::Null),
        (Value::Null, json!(end)),
    ];
    for (n, (start, end)) in windows.into_iter().enumerate() {
        let course = tomas.publishes(&format!("Course {n}")).await;
        sets(&tomas, &course, "49.00", "EUR").await.data();
        assert_eq!(schedules(&tomas, &course, "29.00", start, end).await.user_errors(), [""; 0]);
    }
    tomas.publishes("Free").await;
    for _ in 0..12 {
        let now = kernel::World::now(&*app.world);
        let shown = tomas.ask("{ courses { nodes { effectivePrice { amount } } } }").await;
        let shown = shown.at("/courses/nodes").as_array().unwrap().iter();
        let amount =
            |node: &Value| node["effectivePrice"]["amount"].as_str().unwrap().replace('.', "").parse().unwrap();
        let mut shown: Vec<i64> = shown.map(amount).collect();
        let price: Expr = courses::effective_price(now);
        let select = courses::course::Entity::published().select_only().expr_as(price, "price");
        let mut computed: Vec<i64> = select.into_tuple().all(app.db().read()).await.unwrap();
        shown.sort_unstable();
        computed.sort_unstable();
        assert_eq!(shown, computed, "{now}");
        app.world.pass(Duration::days(1));
    }
}

#[on_both]
async fn a_discount_is_below_the_price_in_its_currency_and_ahead(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let course = tomas.drafts("Rust").await;
    sets(&tomas, &course, "49.00", "USD").await.data();
    let none = || Value::Null;
    let refused = async |amount: &str, from: Value, until: Value| {
        let answer = schedules(&tomas, &course, amount, from, until).await;
        assert_eq!(answer.at("/scheduleDiscount/course"), &Value::Null);
        answer.user_errors().join(" ")
    };
    assert_eq!(refused("29.00", none(), none()).await, "COURSE_DISCOUNT_CURRENCY_DIFFERS");
    sets(&tomas, &course, "49.00", "EUR").await.data();
    for bad in ["49.00", "50"] {
        assert_eq!(refused(bad, none(), none()).await, "COURSE_DISCOUNT_NOT_BELOW_PRICE");
    }
    for bad in ["-1", "1.999", "x"] {
        assert_eq!(refused(bad, none(), none()).await, "COURSE_PRICE_INVALID");
    }
    for (from, until) in [
        // Over, empty, upside down, and what no database can hold.
        (none(), json!("2026-07-01T12:00:00Z")),
        (json!("2026-07-03T12:00:00Z"), json!("2026-07-03T14:00:00+02:00")),
        (json!("2026-07-04T12:00:00Z"), json!("2026-07-03T12:00:00Z")),
        (json!("+12026-07-04T12:00:00Z"), none()),
    ] {
        assert_eq!(refused("29.00", from, until).await, "COURSE_DISCOUNT_WINDOW_INVALID");
    }
    assert_eq!(schedules(&tomas, &course, "0", none(), none()).await.user_errors(), [""; 0]);
    // One at a time.
    let again = schedules(&tomas, &course, "19", none(), none()).await;
    assert_eq!(again.at("/scheduleDiscount/course/effectivePrice/amount"), "19.00");
}

#[on_both]
async fn a_price_that_the_discount_does_not_fit_is_refused(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let course = tomas.drafts("Rust").await;
    sets(&tomas, &course, "49.00", "EUR").await.data();
    let (start, end) = NINE_DAYS;
    schedules(&tomas, &course, "29.00", json!(start), json!(end)).await.data();
    assert_eq!(sets(&tomas, &course, "29.00", "EUR").await.user_errors(), ["COURSE_DISCOUNT_NOT_BELOW_PRICE"]);
    assert_eq!(sets(&tomas, &course, "99.00", "USD").await.user_errors(), ["COURSE_DISCOUNT_CURRENCY_DIFFERS"]);
    let update = "mutation ($input: UpdateCourseInput!) { updateCourse(input: $input) { userErrors { code field } } }";
    let price = json!({"amount": "10", "currency": "EUR"});
    let answer = tomas.ask_with(update, json!({"input": {"id": course, "price": price}})).await;
    assert_eq!(answer.user_errors(), ["COURSE_DISCOUNT_NOT_BELOW_PRICE"]);
    assert_eq!(sets(&tomas, &course, "39.00", "EUR").await.user_errors(), [""; 0]);
    assert_eq!(costs(&app, &tomas.viewer, &course).await, says("39.00", true));
    // Ended, or over by itself, it is in nobody's way.
    let ended = ends(&tomas, &course).await;
    assert_eq!(ended.at("/endDiscount/course/discount"), &Value::Null);
    assert_eq!(ends(&tomas, &course).await.user_errors(), [""; 0]);
    schedules(&tomas, &course, "29.00", json!(start), json!(end)).await.data();
    app.world.pass(Duration::days(10));
    assert_eq!(sets(&tomas, &course, "10.00", "USD").await.user_errors(), [""; 0]);
    let (price, currency) = (json!(["input", "price"]), json!(["input", "price", "currency"]));
    for (amount, of, code, field) in [
        ("-1", "EUR", "COURSE_PRICE_INVALID", &price),
        ("1.234", "EUR", "COURSE_PRICE_INVALID", &price),
        ("19,90", "EUR", "COURSE_PRICE_INVALID", &price),
        ("1e3", "EUR", "COURSE_PRICE_INVALID", &price),
        ("1", "XXXX", "COURSE_CURRENCY_INVALID", &currency),
    ] {
        let answer = sets(&tomas, &course, amount, of).await;
        assert_eq!(answer.at("/setCoursePrice/userErrors"), &json!([{"code": code, "field": field}]));
    }
    assert_eq!(sets(&tomas, &course, "19.90", "eur").await.user_errors(), [""; 0], "in capitals or not");
    let query = "query ($id: ID!) { course(id: $id) { price { amount currency } } }";
    let priced = tomas.ask_with(query, json!({"id": course})).await;
    assert_eq!(priced.at("/course/price"), &json!({"amount": "19.90", "currency": "EUR"}));
}

#[on_both]
async fn what_it_costs_is_the_owners_to_say(app: TestApp) {
    let (tomas, edith, eve) = (app.instructor("Tomas").await, app.student("Edith").await, app.student("Eve").await);
    let course = tomas.publishes("Rust").await;
    tomas.appoints(&course, &edith, "EDITOR").await.data();
    let update = "mutation ($input: UpdateCourseInput!) { updateCourse(input: $input) { userErrors { code } } }";
    let price = json!({"amount": "10", "currency": "EUR"});
    for person in [&edith, &eve] {
        assert_eq!(sets(person, &course, "1", "EUR").await.codes(), ["FORBIDDEN"]);
        assert_eq!(schedules(person, &course, "1", Value::Null, Value::Null).await.codes(), ["FORBIDDEN"]);
        assert_eq!(ends(person, &course).await.codes(), ["FORBIDDEN"]);
        let answer = person.ask_with(update, json!({"input": {"id": course, "price": price}})).await;
        assert_eq!(answer.codes(), ["FORBIDDEN"]);
    }
    let draft = tomas.drafts("Draft").await;
    assert_eq!(sets(&eve, &draft, "1", "EUR").await.codes(), ["NOT_FOUND"]);
}

/// Whichever comes first, no discount is ever above its price.
#[on_both]
async fn prices_and_discounts_at_once_fit_each_other(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let course = tomas.drafts("Rust").await;
    sets(&tomas, &course, "100", "EUR").await.data();
    let tasks: Vec<_> = (0..32)
        .map(|n: u32| {
            let (tomas, course, amount) = (tomas.clone(), course.clone(), (n * 7 % 32 * 3).to_string());
            tokio::spawn(async move {
                match n % 2 {
                    0 => sets(&tomas, &course, &amount, "EUR").await,
                    _ => schedules(&tomas, &course, &amount, Value::Null, Value::Null).await,
                }
            })
        })
        .collect();
    for task in tasks {
        let answer = task.await.unwrap();
        assert!(answer.user_errors().iter().all(|code| *code == "COURSE_DISCOUNT_NOT_BELOW_PRICE"), "{answer:?}");
    }
    let query =
        "query ($id: ID!) { course(id: $id) { price { amount } effectivePrice { amount } discount { endsAt } } }";
    let answer = tomas.ask_with(query, json!({"id": course})).await;
    let amount = |at: &str| answer.at(at).as_str().unwrap().parse::<f64>().unwrap();
    let (price, effective) = (amount("/course/price/amount"), amount("/course/effectivePrice/amount"));
    assert!(effective <= price && answer.at("/course/discount").is_null() == (effective == price));
}
