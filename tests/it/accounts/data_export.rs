use chrono::Duration;
use gateway::privacy::TABLES;
use serde_json::{Value, json};
use testkit::{Person, Server, TestApp, on_both};

async fn request(person: &Person) -> testkit::Answer {
    person.ask("mutation { requestDataExport { export { id status downloadUrl } userErrors { code } } }").await
}

async fn fetch(server: &Server, path: &str, person: Option<&Person>) -> reqwest::Response {
    let mut get = server.client.get(format!("{}{path}", server.url));
    if let Some(person) = person {
        get = get.bearer_auth(&person.tokens.access);
    }
    get.send().await.unwrap()
}

#[on_both]
async fn a_person_gets_all_that_is_kept_about_them_and_nobody_else_does(app: TestApp) {
    let (ada, eve) = (app.instructor("Ada").await, app.student("Eve").await);
    ada.publishes("Engines").await;
    let asked = request(&ada).await;
    assert_eq!(asked.at("/requestDataExport/export/status"), "RUNNING");
    assert_eq!(asked.at("/requestDataExport/export/downloadUrl"), &Value::Null);
    let letters = app.letters().await;
    assert!(letters.iter().any(|letter| letter.to == "ada@example.org" && letter.text.contains("export")));
    let mine =
        "{ myDataExports { nodes { id status downloadUrl sizeBytes readyAt expiresAt user { email } } totalCount } }";
    let export = ada.ask(mine).await.at("/myDataExports/nodes/0").clone();
    assert_eq!(export["status"], "READY");
    let path = export["downloadUrl"].as_str().unwrap();
    let server = Server::start(&app).await;
    let response = fetch(&server, path, Some(&ada)).await;
    assert_eq!(response.status(), 200);
    let disposition = response.headers()["content-disposition"].to_str().unwrap().to_string();
    assert!(disposition.starts_with("attachment; filename=\"data_export_"), "{disposition}");
    let text = response.text().await.unwrap();
    assert_eq!(export["sizeBytes"], text.len());
    let archive: Value = serde_json::from_str(&text).unwrap();
    let tables: Vec<&String> = archive["tables"].as_object().unwrap().keys().collect();
    let mut listed: Vec<&str> = TABLES.iter().map(|table| table.name).collect();
    listed.sort_unstable();
    listed.dedup();
    assert_eq!(tables, listed);
    assert_eq!(archive["tables"]["users"][0]["email"], "ada@example.org");
    assert_eq!(archive["tables"]["courses"][0]["title"], "Engines");
    // Times as everywhere in JSON, and none where there is none.
    let joined = archive["tables"]["users"][0]["date_joined"].as_str().unwrap();
    assert!(joined.parse::<chrono::DateTime<chrono::Utc>>().is_ok(), "{joined}");
    assert_eq!(archive["tables"]["users"][0]["deleted_at"], Value::Null);
    assert!(!text.contains("eve@example.org"));
    // Neither the password nor what a token is known by.
    assert!(!text.contains("\"password\"") && !text.contains(&accounts::token_hash(&ada.tokens.access)));
    for other in [None, Some(&eve)] {
        assert_eq!(fetch(&server, path, other).await.status(), 404);
    }
    assert_eq!(fetch(&server, "/exports/nonsense", Some(&ada)).await.status(), 404);
    // A link in a page that signs in by cookies.
    let cookie = format!("__Host-lectern_access={}", ada.tokens.access);
    let response = server.client.get(format!("{}{path}", server.url)).header("cookie", cookie).send().await.unwrap();
    assert_eq!(response.text().await.unwrap(), text);
    // Who comes with a credential that is no good any more hears of it.
    app.world.pass(Duration::minutes(20));
    assert_eq!(fetch(&server, path, Some(&ada)).await.status(), 401);
    let left = format!("__Host-lectern_refresh={}", ada.tokens.refresh);
    let response = server.client.get(format!("{}{path}", server.url)).header("cookie", left).send().await.unwrap();
    assert_eq!(response.status(), 401);
    server.stop().await;
}

#[on_both]
async fn one_at_a_time(app: TestApp) {
    let ada = app.student("Ada").await;
    let tasks: Vec<_> = (0..32)
        .map(|_| {
            let ada = ada.clone();
            tokio::spawn(async move { request(&ada).await })
        })
        .collect();
    let mut refused = 0;
    for task in tasks {
        let answer = task.await.unwrap();
        let codes = answer.user_errors();
        refused += codes.len();
        assert!(codes.iter().all(|code| *code == "EXPORT_UNDERWAY"));
    }
    assert_eq!(refused, 31);
    app.letters().await;
    assert!(request(&ada).await.user_errors().is_empty());
}

#[on_both]
async fn the_archive_is_taken_away_after_a_week(app: TestApp) {
    let ada = app.student("Ada").await;
    request(&ada).await;
    app.letters().await;
    app.world.pass(Duration::days(7));
    app.app.write_as_system(accounts::purge_tokens).await.unwrap();
    let mine = ada.ask("{ myDataExports { nodes { status downloadUrl } } }").await;
    assert_eq!(*mine.at("/myDataExports/nodes/0"), json!({"status": "EXPIRED", "downloadUrl": null}));
    assert!(!crate::dump::dump(&app).await.contains("lectern-export/1"));
}
