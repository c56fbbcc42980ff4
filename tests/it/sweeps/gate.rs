use gateway::graphql::OPEN;
use testkit::{TestApp, on_both};

/// Every root field that is not on the short list turns an anonymous caller away.
#[on_both]
async fn anonymous_gets_in_nowhere_else(app: TestApp) {
    let mut shut = 0;
    for root in ["Query", "Mutation", "Subscription"] {
        for (field, query) in super::sdl::root_fields(root) {
            let codes: Vec<String> = app.ask(&query).await.codes().into_iter().map(str::to_string).collect();
            if OPEN.contains(&format!("{root}.{field}").as_str()) {
                assert!(!codes.contains(&"UNAUTHENTICATED".to_string()), "{query}");
            } else {
                assert_eq!(codes, ["UNAUTHENTICATED"], "{query}");
                shut += 1;
            }
        }
    }
    assert!(shut >= 8, "only {shut} fields are closed");
}

/// The list names only what exists.
#[test]
fn the_open_list_is_not_stale() {
    let exists = |entry: &str| {
        let (root, field) = entry.split_once('.').unwrap();
        super::sdl::root_fields(root).iter().any(|(name, _)| name == field)
    };
    assert!(OPEN.iter().all(|entry| exists(entry)));
}
