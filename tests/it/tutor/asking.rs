//! What is asked in people's own words.

use serde_json::json;
use testkit::{TestApp, on_both};

use super::{Class, adds, asks, changes_section, ids, seen};

const ZEPPELINS: &str = "Zeppelins are lifted by gas in cells within a rigid hull.";

async fn titles(class: &Class, question: &str) -> Vec<String> {
    let answer = class.answers(question).await;
    let cited = answer["citations"].as_array().unwrap().iter();
    cited.map(|cited| cited["title"].as_str().unwrap().to_string()).collect()
}

#[on_both]
async fn a_question_is_found_by_the_words_that_say_something(app: TestApp) {
    let class = Class::open(&app).await;
    adds(&class.tomas, &class.course, "Airships", json!({"description": ZEPPELINS})).await;
    for question in [
        "please explain zeppelins to me in detail",
        "what is so special about zeppelins",
        "delete while streaming zeppelins",
        "Could you perhaps tell somebody without any background how those marvellous zeppelins came to fly?",
    ] {
        assert_eq!(titles(&class, question).await, ["Airships"], "{question}");
    }
    for question in ["please explain submarines to me in detail", "How do submarines help in Rust?"] {
        assert_eq!(titles(&class, question).await, [""; 0], "{question}");
    }
}

#[on_both]
async fn what_a_course_is_about_its_description_says(app: TestApp) {
    let class = Class::open(&app).await;
    let query = "mutation ($input: UpdateCourseInput!) { updateCourse(input: $input) { userErrors { code } } }";
    let about = "From the first line to a program that runs for years.";
    let input = json!({"id": class.course, "description": about});
    assert_eq!(class.tomas.ask_with(query, json!({"input": input})).await.user_errors(), [""; 0]);
    let (message, conversation) = ids(&asks(&class.ada, &class.course, None, "What is this course about?").await);
    app.run_jobs().await;
    let first = seen(&class.ada, &message).await;
    assert_eq!([&first["citations"][0]["kind"], &first["citations"][0]["quote"]], [&json!("COURSE"), &json!(about)]);
    for question in ["Who is the owner of a value?", "Give me an overview, please"] {
        let (message, _) = ids(&asks(&class.ada, &class.course, Some(&conversation), question).await);
        app.run_jobs().await;
        let is_about_all = seen(&class.ada, &message).await["citations"][0]["kind"] == "COURSE";
        assert_eq!(is_about_all, question.starts_with("Give"), "{question}");
    }
    // What one may not open is no part of an overview.
    changes_section(&class.tomas, &class.ownership, json!({"isPublished": false})).await;
    assert_eq!(titles(&class, "What is this course about?").await, ["Rust from Zero", "Errors"]);
}

#[on_both]
async fn words_without_spaces_are_found_within_texts(app: TestApp) {
    let class = Class::open(&app).await;
    adds(&class.tomas, &class.course, "数学", json!({"description": "これは数学の基礎を学ぶための章です。"})).await;
    adds(&class.tomas, &class.course, "飞艇", json!({"description": "本章讲解所有权和借用。"})).await;
    assert_eq!(titles(&class, "数学とは何ですか").await, ["数学"]);
    assert_eq!(titles(&class, "什么是所有权？").await, ["飞艇"]);
    assert_eq!(titles(&class, "什么是潜水艇？").await, [""; 0]);
}
