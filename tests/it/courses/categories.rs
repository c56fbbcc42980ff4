use courses::course_category;
use kernel::{CategoryId, EntityId};
use sea_orm::Set;
use serde_json::json;
use testkit::{TestApp, on_both};

/// Adds a category at this place of the order; answers its id on the wire.
pub async fn add(app: &TestApp, name: &str, parent: Option<&str>, order: i32, is_active: bool) -> String {
    let mut tx = app.tx().await;
    let id: CategoryId = tx.new_id().unwrap();
    let row = course_category::ActiveModel {
        id: Set(id),
        name: Set(name.into()),
        slug: Set(name.to_lowercase()),
        description: Set(String::new()),
        parent_id: Set(parent.map(|parent| CategoryId::from_wire(parent).unwrap())),
        icon: Set(String::new()),
        order: Set(order),
        is_active: Set(is_active),
        ..Default::default()
    };
    let row = tx.stamp(row, tx.now);
    tx.insert_all(vec![row]).await.unwrap();
    tx.commit().await.unwrap();
    id.to_wire()
}

#[on_both]
async fn the_tree_is_ordered_and_read_in_one_statement(app: TestApp) {
    let code = add(&app, "Code", None, 2, true).await;
    add(&app, "Art", None, 1, true).await;
    add(&app, "Hidden", None, 0, false).await;
    let rust = add(&app, "Rust", Some(&code), 1, true).await;
    add(&app, "Go", Some(&code), 1, true).await;
    add(&app, "Async", Some(&rust), 0, true).await;
    let query = "{ categories { name parent { name } children { name children { name children { name } } } } }";
    let (answer, statements) = app.statements(app.ask(query)).await;
    assert_eq!(
        answer.data(),
        &json!({"categories": [
            {"name": "Art", "parent": null, "children": []},
            {"name": "Code", "parent": null, "children": [
                {"name": "Go", "children": []},
                {"name": "Rust", "children": [{"name": "Async", "children": []}]},
            ]},
        ]})
    );
    assert_eq!(statements.len(), 1, "{statements:#?}");
}

/// As deep as the tree may be, in one query of anybody's.
#[on_both]
async fn the_whole_tree_is_one_list(app: TestApp) {
    let mut above = None;
    for (level, name) in ["A", "B", "C", "D", "E", "F"].into_iter().enumerate() {
        let here = add(&app, name, above.as_deref(), 1, true).await;
        add(&app, &format!("{name}-first"), above.as_deref(), 0, true).await;
        let hidden = add(&app, &format!("{name}-hidden"), above.as_deref(), 2, false).await;
        if level < 5 {
            add(&app, &format!("{name}-lost"), Some(&hidden), 2, true).await;
        }
        above = Some(here);
    }
    let query = "{ categoryTree { level category { name parent { name } children { name } } } }";
    let (answer, statements) = app.statements(app.ask(query)).await;
    let rows = answer.at("/categoryTree").as_array().unwrap();
    let names: Vec<_> = rows.iter().map(|row| json!([row["level"], row["category"]["name"]])).collect();
    let expected: Vec<_> = ["A", "B", "C", "D", "E", "F"]
        .into_iter()
        .enumerate()
        .flat_map(|(level, name)| [json!([level, format!("{name}-first")]), json!([level, name])])
        .collect();
    assert_eq!(names, expected);
    assert_eq!(
        rows[3]["category"],
        json!({"name": "B", "parent": {"name": "A"},
        "children": [{"name": "C-first"}, {"name": "C"}]})
    );
    assert_eq!(statements.len(), 1, "{statements:#?}");
}

#[on_both]
async fn a_category_is_found_by_id_or_slug_when_it_is_active(app: TestApp) {
    let id = add(&app, "Code", None, 0, true).await;
    add(&app, "Hidden", None, 0, false).await;
    let by_id = app
        .ask_as(&kernel::Viewer::Anonymous, "query ($id: ID!) { category(id: $id) { slug } }", json!({"id": id}))
        .await;
    assert_eq!(by_id.data(), &json!({"category": {"slug": "code"}}));
    assert_eq!(app.ask("{ category(slug: \"code\") { name } }").await.data(), &json!({"category": {"name": "Code"}}));
    assert_eq!(app.ask("{ category(slug: \"hidden\") { name } }").await.data(), &json!({"category": null}));
    assert_eq!(app.ask("{ category { name } }").await.codes(), ["BAD_USER_INPUT"]);
    let admin = app.admin("Ada").await;
    assert_eq!(
        admin.ask("{ category(slug: \"hidden\") { name } }").await.data(),
        &json!({"category": {"name": "Hidden"}})
    );
}
