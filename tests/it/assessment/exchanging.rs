//! Questions that come from files and go into files.

use serde_json::{Value, json};
use testkit::{Answer, Person, TestApp, on_both};

use super::{adds_bank, adds_question, creates_quiz};

async fn imports(person: &Person, home: (&str, &str), format: &str, content: &str, dry_run: bool) -> Answer {
    let query = "mutation ($input: ImportQuestionsInput!) { importQuestions(input: $input) { questionCount
        lineErrors { line code } quiz { questionCount } questionBank { questions { totalCount } } userErrors { code field } } }";
    let mut input = json!({"format": format, "content": content, "dryRun": dry_run});
    input[home.0] = json!(home.1);
    person.ask_with(query, json!({"input": input})).await
}

async fn exports(person: &Person, home: (&str, &str), format: &str) -> Value {
    let query = format!(
        "{{ exportQuestions({}: \"{}\", format: {format}) {{ content mimeType refused {{ number message }} }} }}",
        home.0, home.1
    );
    person.ask(&query).await.at("/exportQuestions").clone()
}

const GIFT: &str = "::One:: 2+2?{#4:0}\n\nParis is in {=France ~Spain#No.####Look at a map.}\n\nTrue?{T}\n";

#[on_both]
async fn what_is_exported_can_be_imported_again(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let course = tomas.drafts("Rust").await;
    let (quiz, bank) = (creates_quiz(&tomas, &course, "Quiz").await, adds_bank(&tomas, &course, "Bank").await);
    let into_quiz = ("quizId", quiz.as_str());
    let rehearsed = imports(&tomas, into_quiz, "GIFT", GIFT, true).await;
    let wanted = |count: i32| json!({"questionCount": 3, "lineErrors": [], "quiz": {"questionCount": count}, "questionBank": null, "userErrors": []});
    assert_eq!(rehearsed.at("/importQuestions"), &wanted(0));
    assert_eq!(imports(&tomas, into_quiz, "GIFT", GIFT, false).await.at("/importQuestions"), &wanted(3));
    for (n, format) in ["CSV", "GIFT", "QTI"].into_iter().enumerate() {
        let out = exports(&tomas, into_quiz, format).await;
        assert_eq!(out["refused"], json!([]), "{format}");
        let content = out["content"].as_str().unwrap();
        let back = imports(&tomas, ("bankId", &bank), format, content, false).await;
        let counted = json!({"questions": {"totalCount": 3 * (n + 1)}});
        assert_eq!(back.at("/importQuestions/questionBank"), &counted, "{format}: {back:?}");
    }
    let out = exports(&tomas, ("bankId", &bank), "GIFT").await["content"].as_str().unwrap().to_string();
    let once = exports(&tomas, into_quiz, "GIFT").await["content"].as_str().unwrap().to_string();
    assert_eq!(out, [once.as_str(); 3].join("\n"));
}

#[on_both]
async fn it_is_all_or_nothing_and_each_line_says_why(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let course = tomas.drafts("Rust").await;
    let quiz = creates_quiz(&tomas, &course, "Quiz").await;
    let home = ("quizId", quiz.as_str());
    for dry_run in [true, false] {
        let broken = "Good?{T}\n\nBad?\n\nTwo?{=a =b ~c}\n";
        let refused = imports(&tomas, home, "GIFT", broken, dry_run).await;
        let errors = json!([{"line": 3, "code": "MALFORMED"}, {"line": 5, "code": "INVALID"}]);
        let wanted = json!({"questionCount": 0, "lineErrors": errors, "quiz": {"questionCount": 0}, "questionBank": null, "userErrors": []});
        assert_eq!(refused.at("/importQuestions"), &wanted);
        let empty = imports(&tomas, home, "CSV", "type,text\n", dry_run).await;
        let error = json!([{"code": "IMPORT_EMPTY", "field": ["input", "content"]}]);
        assert_eq!(empty.at("/importQuestions/userErrors"), &error);
    }
    // All the rest of the file would be in that cell: where it begins is what one looks for.
    let open = "type,text,answer\nessay,\"Two\nlines?\",\nessay,\"Why \"\"so\"\"?,\nessay,And?,\n";
    let query = "mutation ($input: ImportQuestionsInput!) { importQuestions(input: $input) { lineErrors { line code message } } }";
    let refused = tomas.ask_with(query, json!({"input": {"quizId": quiz, "format": "CSV", "content": open}})).await;
    let message = "A quote is opened in this line and never closed.";
    let error = json!([{"line": 4, "code": "MALFORMED", "message": message}]);
    assert_eq!(refused.at("/importQuestions/lineErrors"), &error);
    let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaa\">]><assessmentItem>&a;</assessmentItem>";
    let refused = imports(&tomas, home, "QTI", bomb, false).await;
    assert_eq!(refused.at("/importQuestions/lineErrors"), &json!([{"line": 1, "code": "MALFORMED"}]));
}

#[on_both]
async fn what_a_format_has_no_form_for_is_refused_by_name(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let course = tomas.drafts("Rust").await;
    let quiz = creates_quiz(&tomas, &course, "Quiz").await;
    let options = json!([{"text": "A", "isRight": true}, {"text": "B"}]);
    adds_question(&tomas, &json!({"quizId": quiz, "content": {"multipleChoice": {"options": options}}})).await;
    let home = ("quizId", quiz.as_str());
    let out = exports(&tomas, home, "AIKEN").await;
    assert_eq!(out, json!({"content": "Is it?\nA. A\nB. B\nANSWER: A\n", "mimeType": "text/plain", "refused": []}));
    adds_question(&tomas, &json!({"quizId": quiz})).await;
    let out = exports(&tomas, home, "AIKEN").await;
    let message = "Aiken knows only questions of which one option is to be ticked.";
    let wanted = json!({"content": null, "mimeType": "text/plain", "refused": [{"number": 2, "message": message}]});
    assert_eq!(out, wanted);
    let stranger = app.student("Eve").await;
    let query = format!("{{ exportQuestions(quizId: \"{quiz}\", format: GIFT) {{ content }} }}");
    assert_eq!(stranger.ask(&query).await.codes(), ["NOT_FOUND"]);
}
