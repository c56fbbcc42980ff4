//! Names that nobody can see, or that read as something else, are no names.

use serde_json::{Value, json};
use testkit::{Person, TestApp, on_both};

const BAD: [&str; 6] = ["\u{200b}", "\u{200b}\u{2060}", "\u{202e}tsuR", "a\nb", "a\u{2028}b", "\u{3164}"];
const GOOD: [&str; 4] = ["Rust", "مریم\u{200c}گلی", "👩\u{200d}🔬 science", "数学"];

async fn tries(person: &Person, mutation: &str, input: Value) -> Vec<String> {
    let name = format!("{}{}", mutation[..1].to_uppercase(), &mutation[1..]);
    let query = format!("mutation ($input: {name}Input!) {{ {mutation}(input: $input) {{ userErrors {{ code }} }} }}");
    let answer = person.ask_with(&query, json!({"input": input})).await;
    answer.user_errors().into_iter().map(String::from).collect()
}

#[on_both]
async fn names_show_what_they_are(app: TestApp) {
    let (teacher, admin) = (app.instructor("Tomas").await, app.admin("Root").await);
    let course = teacher.drafts("Course").await;
    let section = teacher.adds_section(&course, "Section").await;
    for (names, is_good) in [(&BAD[..], false), (&GOOD[..], true)] {
        for name in names {
            for (person, mutation, input, code) in [
                (&admin, "createCategory", json!({"name": name}), "CATEGORY_NAME_INVALID"),
                (&teacher, "createCourse", json!({"title": name}), "COURSE_TITLE_UNREADABLE"),
                (&teacher, "updateCourse", json!({"id": course, "title": name}), "COURSE_TITLE_UNREADABLE"),
                (&teacher, "updateCourse", json!({"id": course, "tags": ["a", name]}), "COURSE_TAG_INVALID"),
                (&teacher, "createSection", json!({"courseId": course, "title": name}), "SECTION_TITLE_UNREADABLE"),
                (&teacher, "updateSection", json!({"id": section, "title": name}), "SECTION_TITLE_UNREADABLE"),
            ] {
                let expected = if is_good { vec![] } else { vec![code] };
                assert_eq!(tries(person, mutation, input).await, expected, "{mutation} {name:?}");
            }
        }
    }
}
