use courses::course;
use kernel::Live;
use sea_orm::PaginatorTrait;
use serde_json::{Value, json};
use testkit::{Answer, Person, TestApp, on_both};

const CREATE: &str = "mutation ($input: CreateCourseInput!) { createCourse(input: $input) {
  course { title slug status isPublished isFree shortDescription description price { amount currency } difficulty language tags
    prerequisites learningOutcomes targetAudience version enrollmentCount ratingAverage instructor { name } createdBy { name } }
  userErrors { code field } } }";
const UPDATE: &str = "mutation ($input: UpdateCourseInput!) { updateCourse(input: $input) {
  course { title version price { amount currency } isFree tags category { name } } userErrors { code field } } }";

async fn create(person: &Person, input: Value) -> Answer {
    person.ask_with(CREATE, json!({"input": input})).await
}

async fn update(person: &Person, input: Value) -> Answer {
    person.ask_with(UPDATE, json!({"input": input})).await
}

async fn slug(person: &Person, input: Value) -> String {
    let answer = create(person, input).await;
    answer.at("/createCourse/course/slug").as_str().unwrap_or_else(|| panic!("{answer:?}")).to_string()
}

#[on_both]
async fn a_new_course_is_a_draft_with_sensible_defaults(app: TestApp) {
    let teacher = app.instructor("Tomas").await;
    let answer = create(&teacher, json!({"title": "  Rust from Zero "})).await;
    insta::allow_duplicates!(insta::assert_json_snapshot!(answer.data(), @r#"
    {
      "createCourse": {
        "course": {
          "createdBy": {
            "name": "Tomas"
          },
          "description": "",
          "difficulty": "BEGINNER",
          "enrollmentCount": 0,
          "instructor": {
            "name": "Tomas"
          },
          "isFree": true,
          "isPublished": false,
          "language": "en",
          "learningOutcomes": [],
          "prerequisites": [],
          "price": {
            "amount": "0.00",
            "currency": "USD"
          },
          "ratingAverage": null,
          "shortDescription": "",
          "slug": "rust-from-zero",
          "status": "DRAFT",
          "tags": [],
          "targetAudience": [],
          "title": "Rust from Zero",
          "version": 1
        },
        "userErrors": []
      }
    }
    "#));
}

#[on_both]
async fn everything_given_is_kept(app: TestApp) {
    let teacher = app.instructor("Tomas").await;
    let input = json!({"title": "Geld", "slug": "money", "shortDescription": "s", "description": "d", "price": {"amount": "1200", "currency": "JPY"},
        "difficulty": "ADVANCED", "language": "pt-BR", "tags": ["B ", "a", "A"], "prerequisites": ["x"], "learningOutcomes": ["y"], "targetAudience": ["z"]});
    let answer = create(&teacher, input).await;
    let course = answer.at("/createCourse/course");
    assert_eq!(course["price"], json!({"amount": "1200", "currency": "JPY"}));
    assert_eq!(course["tags"], json!(["a", "b"]));
    assert_eq!([&course["slug"], &course["language"], &course["difficulty"]], ["money", "pt-BR", "ADVANCED"]);
    assert_eq!(
        [&course["prerequisites"], &course["learningOutcomes"], &course["targetAudience"]],
        [&json!(["x"]), &json!(["y"]), &json!(["z"])]
    );
    assert_eq!(course["isFree"], false);
}

#[on_both]
async fn all_that_is_wrong_is_said_at_once_and_nothing_is_written(app: TestApp) {
    let teacher = app.instructor("Tomas").await;
    let input = json!({"title": " ", "slug": "Not A Slug", "shortDescription": "x".repeat(501), "price": {"amount": "1.999", "currency": "EUR"}, "language": "English", "tags": [""]});
    let answer = create(&teacher, input).await;
    assert_eq!(
        answer.user_errors(),
        [
            "COURSE_TITLE_REQUIRED",
            "COURSE_SLUG_INVALID",
            "COURSE_SHORT_DESCRIPTION_TOO_LONG",
            "COURSE_LANGUAGE_INVALID",
            "COURSE_PRICE_INVALID",
            "COURSE_TAG_INVALID"
        ]
    );
    assert_eq!(answer.at("/createCourse/userErrors/5/field"), &json!(["input", "tags"]));
    for (input, code) in [
        (json!({"title": "x".repeat(256)}), "COURSE_TITLE_TOO_LONG"),
        (json!({"title": "x", "price": {"amount": "1", "currency": "XYZW"}}), "COURSE_CURRENCY_INVALID"),
        (json!({"title": "x", "price": {"amount": "-1", "currency": "EUR"}}), "COURSE_PRICE_INVALID"),
        (json!({"title": "x", "price": {"amount": "100000000", "currency": "EUR"}}), "COURSE_PRICE_INVALID"),
        (json!({"title": "x", "tags": (0..21).map(|n| n.to_string()).collect::<Vec<_>>()}), "COURSE_TOO_MANY_TAGS"),
        (
            json!({"title": "x", "prerequisites": (0..51).map(|n| n.to_string()).collect::<Vec<_>>()}),
            "COURSE_TOO_MANY_POINTS",
        ),
        (json!({"title": "x", "categoryId": "category_00000000000000000000000000"}), "COURSE_CATEGORY_NOT_FOUND"),
    ] {
        assert_eq!(create(&teacher, input).await.user_errors(), [code]);
    }
    let malformed = create(&teacher, json!({"title": "x", "categoryId": "course_00000000000000000000000000"})).await;
    assert_eq!(malformed.codes(), ["BAD_USER_INPUT"]);
    assert_eq!(malformed.0["errors"][0]["extensions"]["field"], json!(["input", "categoryId"]));
    assert_eq!(course::Entity::live().count(app.db().read()).await.unwrap(), 0);
}

#[on_both]
async fn a_taken_slug_gets_the_next_number_or_is_refused_when_asked_for(app: TestApp) {
    let teacher = app.instructor("Tomas").await;
    let title = json!({"title": "Rust"});
    assert_eq!(slug(&teacher, title.clone()).await, "rust");
    assert_eq!(slug(&teacher, title.clone()).await, "rust-1");
    assert_eq!(slug(&teacher, title).await, "rust-2");
    assert_eq!(create(&teacher, json!({"title": "Other", "slug": "rust"})).await.user_errors(), ["COURSE_SLUG_TAKEN"]);
}

#[on_both]
async fn sixteen_courses_of_one_title_at_once_get_sixteen_slugs(app: TestApp) {
    let teacher = app.instructor("Tomas").await;
    let tasks: Vec<_> = (0..16)
        .map(|_| {
            let teacher = teacher.clone();
            tokio::spawn(async move { slug(&teacher, json!({"title": "Rust"})).await })
        })
        .collect();
    let mut slugs = std::collections::HashSet::new();
    for task in tasks {
        slugs.insert(task.await.unwrap());
    }
    assert_eq!(slugs.len(), 16);
}

#[on_both]
async fn who_may_not_teach_is_told_so(app: TestApp) {
    let student = app.student("Mina").await;
    assert_eq!(create(&student, json!({"title": "x"})).await.codes(), ["FORBIDDEN"]);
    assert_eq!(
        app.ask("mutation { createCourse(input: {title: \"x\"}) { course { id } } }").await.codes(),
        ["UNAUTHENTICATED"]
    );
}

#[on_both]
async fn what_is_left_out_stays_and_null_clears(app: TestApp) {
    let teacher = app.instructor("Tomas").await;
    let category = super::categories::add(&app, "Code", None, 0, true).await;
    let id = teacher.drafts("Rust").await;
    let price = json!({"amount": "19.90", "currency": "EUR"});
    let answer = update(&teacher, json!({"id": id, "categoryId": category, "price": price, "tags": ["x"]})).await;
    assert_eq!(
        answer.at("/updateCourse/course"),
        &json!({"title": "Rust", "version": 2, "price": price, "isFree": false, "tags": ["x"], "category": {"name": "Code"}})
    );
    let answer = update(&teacher, json!({"id": id, "title": "Rust 2"})).await;
    assert_eq!(
        answer.at("/updateCourse/course"),
        &json!({"title": "Rust 2", "version": 3, "price": price, "isFree": false, "tags": ["x"], "category": {"name": "Code"}})
    );
    let answer = update(&teacher, json!({"id": id, "categoryId": null, "tags": []})).await;
    assert_eq!(answer.at("/updateCourse/course/category"), &Value::Null);
    assert_eq!(answer.at("/updateCourse/course/tags"), &json!([]));
}

#[on_both]
async fn null_clears_texts_and_lists_but_a_published_course_keeps_a_description(app: TestApp) {
    let teacher = app.instructor("Tomas").await;
    let id = teacher.publishes("Rust").await;
    let refused = update(&teacher, json!({"id": id, "description": null})).await;
    assert_eq!(refused.user_errors(), ["COURSE_NEEDS_DESCRIPTION"]);
    update(&teacher, json!({"id": id, "shortDescription": "x", "tags": ["x"]})).await.data();
    let cleared = update(&teacher, json!({"id": id, "shortDescription": null, "tags": null})).await;
    assert_eq!(cleared.at("/updateCourse/course/tags"), &json!([]));
    let before = cleared.at("/updateCourse/course/version").clone();
    let nothing = update(&teacher, json!({"id": id})).await;
    assert_eq!(nothing.at("/updateCourse/course/version"), &before, "what changes nothing is no edit");
}

#[on_both]
async fn a_stale_version_changes_nothing_and_shows_the_current_state(app: TestApp) {
    let teacher = app.instructor("Tomas").await;
    let id = teacher.drafts("Rust").await;
    assert!(update(&teacher, json!({"id": id, "expectedVersion": 1, "title": "Mine"})).await.user_errors().is_empty());
    let stale = update(&teacher, json!({"id": id, "expectedVersion": 1, "title": "Yours"})).await;
    assert_eq!(stale.user_errors(), ["STALE_VERSION"]);
    assert_eq!(stale.at("/updateCourse/course/title"), "Mine");
    assert_eq!(stale.at("/updateCourse/course/version"), 2);
}

#[on_both]
async fn of_16_edits_of_one_version_at_once_one_is_made(app: TestApp) {
    let teacher = app.instructor("Tomas").await;
    let id = teacher.drafts("Rust").await;
    let tasks: Vec<_> = (0..16)
        .map(|n| {
            let (teacher, id) = (teacher.clone(), id.clone());
            tokio::spawn(async move {
                update(&teacher, json!({"id": id, "expectedVersion": 1, "title": format!("Title {n}")})).await
            })
        })
        .collect();
    let mut made = 0;
    for task in tasks {
        let answer = task.await.unwrap();
        made += usize::from(answer.user_errors().is_empty());
    }
    assert_eq!(made, 1);
}

#[on_both]
async fn a_strangers_course_is_not_there_and_a_seen_one_is_not_theirs_to_change(app: TestApp) {
    let (teacher, stranger, admin) =
        (app.instructor("Tomas").await, app.instructor("Eve").await, app.admin("Ada").await);
    let draft = teacher.drafts("Secret").await;
    let published = teacher.publishes("Open").await;
    assert_eq!(update(&stranger, json!({"id": draft, "title": "x"})).await.codes(), ["NOT_FOUND"]);
    assert_eq!(update(&stranger, json!({"id": published, "title": "x"})).await.codes(), ["FORBIDDEN"]);
    assert_eq!(
        update(&admin, json!({"id": draft, "title": "By Ada"})).await.at("/updateCourse/course/title"),
        "By Ada"
    );
}

#[on_both]
async fn sections_stand_in_the_order_they_were_added_even_at_once(app: TestApp) {
    let teacher = app.instructor("Tomas").await;
    let course = teacher.drafts("Rust").await;
    let tasks: Vec<_> = (0..16)
        .map(|n| {
            let (teacher, course) = (teacher.clone(), course.clone());
            tokio::spawn(async move { teacher.adds_section(&course, &format!("Section {n}")).await })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let answer =
        teacher.ask_with("query ($id: ID!) { course(id: $id) { sections { order } } }", json!({"id": course})).await;
    let orders: Vec<_> = answer
        .at("/course/sections")
        .as_array()
        .unwrap()
        .iter()
        .map(|section| section["order"].as_i64().unwrap())
        .collect();
    assert_eq!(orders, (0..16).collect::<Vec<_>>());
    let query = "mutation ($id: ID!) { createSection(input: {courseId: $id, title: \" \"}) { section { id } userErrors { code field } } }";
    assert_eq!(teacher.ask_with(query, json!({"id": course})).await.user_errors(), ["SECTION_TITLE_REQUIRED"]);
}
