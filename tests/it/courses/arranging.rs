use std::collections::BTreeMap;

use courses::course_category;
use kernel::{CategoryId, Live, Viewer};
use sea_orm::{ColumnTrait, PaginatorTrait, QueryFilter};
use serde_json::{Value, json};
use testkit::{Answer, Person, TestApp, on_both};

const CREATE: &str = "mutation ($input: CreateCategoryInput!) { createCategory(input: $input) {
  category { id name slug description icon order isActive parent { name } } userErrors { code field } } }";
const UPDATE: &str = "mutation ($input: UpdateCategoryInput!) { updateCategory(input: $input) {
  category { name slug description icon isActive } userErrors { code field } } }";
const MOVE: &str = "mutation ($input: MoveCategoryInput!) { moveCategory(input: $input) {
  category { order parent { name } children { name } } userErrors { code field } } }";
const DELETE: &str = "mutation ($input: DeleteCategoryInput!) { deleteCategory(input: $input) {
  deletedCategoryId userErrors { code field } } }";

async fn create(person: &Person, input: Value) -> Answer {
    person.ask_with(CREATE, json!({"input": input})).await
}

async fn update(person: &Person, input: Value) -> Answer {
    person.ask_with(UPDATE, json!({"input": input})).await
}

async fn shift(person: &Person, input: Value) -> Answer {
    person.ask_with(MOVE, json!({"input": input})).await
}

async fn delete(person: &Person, input: Value) -> Answer {
    person.ask_with(DELETE, json!({"input": input})).await
}

/// The id of a new category.
async fn add(person: &Person, name: &str, parent: Option<&str>) -> String {
    let answer = create(person, json!({"name": name, "parentId": parent})).await;
    answer.at("/createCategory/category/id").as_str().unwrap_or_else(|| panic!("{answer:?}")).to_string()
}

/// The tree as everybody sees it: `Art Code(Go Rust(Async))`.
async fn tree(app: &TestApp) -> String {
    let query = "{ categories { name children { name children { name children { name } } } } }";
    written(app.ask(query).await.at("/categories"))
}

fn written(level: &Value) -> String {
    let one = |category: &Value| match category["children"].as_array() {
        Some(below) if !below.is_empty() => {
            format!("{}({})", category["name"].as_str().unwrap(), written(&category["children"]))
        }
        _ => category["name"].as_str().unwrap().to_string(),
    };
    level.as_array().unwrap().iter().map(one).collect::<Vec<_>>().join(" ")
}

#[on_both]
async fn a_category_is_made_changed_and_hidden(app: TestApp) {
    let root = app.admin("Root").await;
    let code = add(&root, "Code", None).await;
    let input = json!({"name": " Rust & Co ", "description": "Safe.", "icon": "fa-gear", "parentId": code});
    let made = create(&root, input).await;
    let mut category = made.at("/createCategory/category").clone();
    let id = category.as_object_mut().unwrap().remove("id").unwrap();
    let wanted = json!({"name": "Rust & Co", "slug": "rust-co", "description": "Safe.", "icon": "fa-gear", "order": 0,
        "isActive": true, "parent": {"name": "Code"}});
    assert_eq!(category, wanted);
    let changed = update(&root, json!({"id": id, "name": "Rust", "slug": "rust", "description": null})).await;
    let wanted = json!({"name": "Rust", "slug": "rust", "description": "", "icon": "fa-gear", "isActive": true});
    assert_eq!(changed.at("/updateCategory/category"), &wanted);
    assert_eq!(tree(&app).await, "Code(Rust)");
    assert!(update(&root, json!({"id": id, "isActive": false})).await.user_errors().is_empty());
    assert_eq!(tree(&app).await, "Code");
    assert!(update(&root, json!({"id": id, "isActive": true})).await.user_errors().is_empty());
    assert_eq!(tree(&app).await, "Code(Rust)");
}

#[on_both]
async fn what_is_wrong_with_a_category_is_said_by_its_path(app: TestApp) {
    let root = app.admin("Root").await;
    let wrong = json!({"name": " ", "slug": "Not A Slug", "description": "x".repeat(5_001), "icon": "<b>"});
    let answer = create(&root, wrong).await;
    let codes =
        ["CATEGORY_NAME_INVALID", "CATEGORY_SLUG_INVALID", "CATEGORY_DESCRIPTION_TOO_LONG", "CATEGORY_ICON_INVALID"];
    assert_eq!(answer.user_errors(), codes);
    assert_eq!(answer.at("/createCategory/userErrors/3/field"), &json!(["input", "icon"]));
    let nowhere = json!({"name": "x", "parentId": "category_00000000000000000000000000"});
    assert_eq!(create(&root, nowhere).await.user_errors(), ["CATEGORY_PARENT_NOT_FOUND"]);
    let malformed = create(&root, json!({"name": "x", "parentId": "course_00000000000000000000000000"})).await;
    assert_eq!(malformed.0["errors"][0]["extensions"]["field"], json!(["input", "parentId"]));
    assert_eq!(course_category::Entity::live().count(app.db().read()).await.unwrap(), 0);
}

#[on_both]
async fn names_and_slugs_are_there_once(app: TestApp) {
    let root = app.admin("Root").await;
    let (code, art) = (add(&root, "Code", None).await, add(&root, "Art", None).await);
    let both = create(&root, json!({"name": "Code", "slug": "art"})).await;
    assert_eq!(both.user_errors(), ["CATEGORY_NAME_TAKEN", "CATEGORY_SLUG_TAKEN"]);
    // Another name of the same letters gets the next slug.
    let other = create(&root, json!({"name": "Code!"})).await;
    assert_eq!(other.at("/createCategory/category/slug"), "code-1");
    assert_eq!(update(&root, json!({"id": art, "name": "Code"})).await.user_errors(), ["CATEGORY_NAME_TAKEN"]);
    assert_eq!(update(&root, json!({"id": art, "slug": "code"})).await.user_errors(), ["CATEGORY_SLUG_TAKEN"]);
    // Its own are not in its way, and a deleted one's in nobody's.
    assert_eq!(update(&root, json!({"id": art, "name": "Art", "slug": "art"})).await.user_errors(), [""; 0]);
    assert_eq!(delete(&root, json!({"id": code})).await.user_errors(), [""; 0]);
    assert_eq!(update(&root, json!({"id": art, "name": "Code", "slug": "code"})).await.user_errors(), [""; 0]);
}

#[on_both]
async fn sixteen_of_one_name_at_once_are_one(app: TestApp) {
    let root = app.admin("Root").await;
    let tasks: Vec<_> = (0..16)
        .map(|_| {
            let root = root.clone();
            tokio::spawn(async move { create(&root, json!({"name": "Code"})).await })
        })
        .collect();
    let mut codes = BTreeMap::<String, usize>::new();
    for task in tasks {
        let answer = task.await.unwrap();
        *codes.entry(answer.user_errors().join(" ")).or_default() += 1;
    }
    assert_eq!(codes, BTreeMap::from([(String::new(), 1), ("CATEGORY_NAME_TAKEN".into(), 15)]));
}

#[on_both]
async fn a_category_is_put_where_it_is_wanted(app: TestApp) {
    let root = app.admin("Root").await;
    let code = add(&root, "Code", None).await;
    let mut ids = BTreeMap::new();
    for name in ["A", "B", "C"] {
        ids.insert(name, add(&root, name, Some(&code)).await);
    }
    assert_eq!(tree(&app).await, "Code(A B C)");
    for (name, parent, position, wanted) in [
        ("C", Some(&code), Some(0), "Code(C A B)"),
        ("C", Some(&code), Some(1), "Code(A C B)"),
        ("C", Some(&code), Some(7), "Code(A B C)"),
        ("B", None, Some(0), "B Code(A C)"),
        ("A", Some(&ids["B"]), None, "B(A) Code(C)"),
        ("B", Some(&code), None, "Code(C B(A))"),
        ("A", None, None, "Code(C B) A"),
    ] {
        let input = json!({"id": ids[name], "parentId": parent, "position": position});
        assert_eq!(shift(&root, input).await.user_errors(), [""; 0]);
        assert_eq!(tree(&app).await, wanted);
    }
    let negative = shift(&root, json!({"id": code, "position": -1})).await;
    assert_eq!(negative.0["errors"][0]["extensions"]["field"], json!(["input", "position"]));
}

#[on_both]
async fn the_tree_has_no_circles_and_an_end(app: TestApp) {
    let root = app.admin("Root").await;
    let mut line = vec![add(&root, "Level 1", None).await];
    for level in 2..=6 {
        let id = add(&root, &format!("Level {level}"), line.last().map(String::as_str)).await;
        line.push(id);
    }
    let seventh = create(&root, json!({"name": "Level 7", "parentId": line[5]})).await;
    assert_eq!(seventh.user_errors(), ["CATEGORY_TOO_DEEP"]);
    for below in [&line[0], &line[1], &line[5]] {
        let circle = shift(&root, json!({"id": line[0], "parentId": below})).await;
        assert_eq!(circle.user_errors(), ["CATEGORY_CIRCLE"]);
        assert_eq!(circle.at("/moveCategory/userErrors/0/field"), &json!(["input", "parentId"]));
    }
    // What is below comes along, and has to have room.
    let other = add(&root, "Other", None).await;
    assert_eq!(shift(&root, json!({"id": line[0], "parentId": other})).await.user_errors(), ["CATEGORY_TOO_DEEP"]);
    assert_eq!(shift(&root, json!({"id": line[1], "parentId": other})).await.user_errors(), [""; 0]);
}

/// Thirty-two at once put eight categories into each other, each into the next: if none were refused, it would be a circle.
#[on_both]
async fn however_many_move_at_once_it_stays_a_tree(app: TestApp) {
    let root = app.admin("Root").await;
    let mut ids = vec![];
    for n in 0..8 {
        ids.push(add(&root, &format!("Category {n}"), None).await);
    }
    let tasks: Vec<_> = (0..32)
        .map(|n| {
            let (root, id, parent) = (root.clone(), ids[n % 8].clone(), ids[(n + 1) % 8].clone());
            tokio::spawn(async move { shift(&root, json!({"id": id, "parentId": parent, "position": 0})).await })
        })
        .collect();
    let mut refused = 0;
    for task in tasks {
        let answer = task.await.unwrap();
        let codes = answer.user_errors();
        assert!(codes.iter().all(|code| ["CATEGORY_CIRCLE", "CATEGORY_TOO_DEEP"].contains(code)), "{answer:?}");
        refused += codes.len();
    }
    assert!(refused > 0);
    let rows = course_category::Entity::live().all(app.db().read()).await.unwrap();
    let parents: BTreeMap<CategoryId, _> = rows.iter().map(|row| (row.id, row.parent_id)).collect();
    for id in parents.keys() {
        let upwards = std::iter::successors(Some(*id), |id| parents[id]);
        assert!(upwards.take(9).count() <= 6, "{id:?} stands too deep or in a circle");
    }
}

#[on_both]
async fn sixteen_who_come_at_once_have_places_of_their_own(app: TestApp) {
    let root = app.admin("Root").await;
    let code = add(&root, "Code", None).await;
    let mut tasks = vec![];
    for n in 0..16 {
        let (root, code, id) = (root.clone(), code.clone(), add(&root, &format!("Category {n}"), None).await);
        tasks.push(tokio::spawn(
            async move { shift(&root, json!({"id": id, "parentId": code, "position": n % 4})).await },
        ));
    }
    for task in tasks {
        assert_eq!(task.await.unwrap().user_errors(), [""; 0]);
    }
    let below = course_category::Entity::live().filter(course_category::Column::ParentId.is_not_null());
    let mut places: Vec<_> = below.all(app.db().read()).await.unwrap().into_iter().map(|row| row.order).collect();
    places.sort_unstable();
    assert_eq!(places, (0..16).collect::<Vec<_>>());
}

#[on_both]
async fn what_is_in_a_deleted_category_goes_to_another(app: TestApp) {
    let (root, tomas) = (app.admin("Root").await, app.instructor("Tomas").await);
    let (code, art) = (add(&root, "Code", None).await, add(&root, "Art", None).await);
    add(&root, "Oil", Some(&art)).await;
    let rust = add(&root, "Rust", Some(&code)).await;
    let course = tomas.drafts("Ownership").await;
    let put = "mutation ($id: ID!, $category: ID!) { updateCourse(input: {id: $id, categoryId: $category}) { userErrors { code } } }";
    assert_eq!(tomas.ask_with(put, json!({"id": course, "category": code})).await.user_errors(), [""; 0]);
    for (target, error) in [
        (None, "CATEGORY_NOT_EMPTY"),
        (Some(&code), "CATEGORY_TARGET_INVALID"),
        (Some(&rust), "CATEGORY_TARGET_INVALID"),
    ] {
        let refused = delete(&root, json!({"id": code, "moveTo": target})).await;
        let error = json!([{"code": error, "field": ["input", "moveTo"]}]);
        assert_eq!(refused.at("/deleteCategory/userErrors"), &error);
    }
    let unknown = json!({"id": code, "moveTo": "category_00000000000000000000000000"});
    assert_eq!(delete(&root, unknown).await.user_errors(), ["CATEGORY_PARENT_NOT_FOUND"]);
    let done = delete(&root, json!({"id": code, "moveTo": art})).await;
    assert_eq!(done.data(), &json!({"deleteCategory": {"deletedCategoryId": code, "userErrors": []}}));
    assert_eq!(tree(&app).await, "Art(Oil Rust)");
    let seen = "query ($id: ID!) { course(id: $id) { category { name } version } }";
    let seen = tomas.ask_with(seen, json!({"id": course})).await;
    assert_eq!(seen.at("/course"), &json!({"category": {"name": "Art"}, "version": 3}));
    assert_eq!(delete(&root, json!({"id": code})).await.codes(), ["NOT_FOUND"]);
    assert_eq!(delete(&root, json!({"id": rust})).await.user_errors(), [""; 0]);
}

/// A course on its way into a category that is being deleted arrives in the other one, or is told that there is none.
#[on_both]
async fn no_course_is_left_in_a_category_that_is_gone(app: TestApp) {
    let (root, tomas) = (app.admin("Root").await, app.instructor("Tomas").await);
    let (code, art) = (add(&root, "Code", None).await, add(&root, "Art", None).await);
    let mut courses = vec![];
    for n in 0..16 {
        courses.push(tomas.drafts(&format!("Course {n}")).await);
    }
    let put = "mutation ($id: ID!, $category: ID!) { updateCourse(input: {id: $id, categoryId: $category}) { userErrors { code } } }";
    let mut tasks: Vec<_> = courses
        .into_iter()
        .map(|course| {
            let (tomas, code) = (tomas.clone(), code.clone());
            tokio::spawn(async move { tomas.ask_with(put, json!({"id": course, "category": code})).await })
        })
        .collect();
    let (person, target) = (root.clone(), json!({"id": code, "moveTo": art}));
    tasks.insert(8, tokio::spawn(async move { delete(&person, target).await }));
    for task in tasks {
        let answer = task.await.unwrap();
        let codes = answer.user_errors();
        assert!(codes.is_empty() || codes == ["COURSE_CATEGORY_NOT_FOUND"], "{answer:?}");
    }
    let gone = <CategoryId as kernel::EntityId>::from_wire(&code).unwrap();
    let left = courses::course::Entity::live().filter(courses::course::Column::CategoryId.eq(gone));
    assert_eq!(left.count(app.db().read()).await.unwrap(), 0);
}

#[on_both]
async fn only_those_who_manage_courses_tend_categories(app: TestApp) {
    let (root, tomas) = (app.admin("Root").await, app.instructor("Tomas").await);
    let code = add(&root, "Code", None).await;
    assert_eq!(create(&tomas, json!({"name": "x"})).await.codes(), ["FORBIDDEN"]);
    for answer in [
        update(&tomas, json!({"id": code, "name": "x"})).await,
        shift(&tomas, json!({"id": code})).await,
        delete(&tomas, json!({"id": code})).await,
    ] {
        assert_eq!(answer.codes(), ["FORBIDDEN"]);
    }
    let anonymous = app.ask_as(&Viewer::Anonymous, DELETE, json!({"input": {"id": code}})).await;
    assert_eq!(anonymous.codes(), ["UNAUTHENTICATED"]);
}
