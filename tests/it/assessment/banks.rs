//! Question banks, and quizzes that draw from them.

use serde_json::json;
use testkit::{TestApp, on_both};

use super::{adds_bank, adds_draw, adds_question, creates_quiz, does};

#[on_both]
async fn a_bank_has_questions_that_quizzes_draw(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let (course, other) = (tomas.drafts("Rust").await, tomas.drafts("Go").await);
    let (quiz, bank) = (creates_quiz(&tomas, &course, "Quiz").await, adds_bank(&tomas, &course, "Bank").await);
    for text in ["a", "b", "c"] {
        adds_question(&tomas, &json!({"bankId": bank, "questionText": text})).await;
    }
    let own = adds_question(&tomas, &json!({"quizId": quiz, "questionText": "own"})).await;
    let draw = adds_draw(&tomas, &quiz, &bank, 2).await;
    let order = format!("quizId: \"{quiz}\", order: [\"{draw}\", \"{own}\"], expectedVersion: 3");
    assert_eq!(does(&tomas, "reorderQuestions", &order, "").await.user_errors(), [""; 0]);
    let query = format!(
        "{{ quiz: node(id: \"{quiz}\") {{ ... on Quiz {{ questionCount questions {{ questionText orderIndex questionBank {{ name }} quiz {{ title }} }}
            draws {{ count pointsEach orderIndex questionBank {{ name version }} quiz {{ title }} }} }} }}
        course(id: \"{course}\") {{ questionBanks {{ totalCount nodes {{ name questions(first: 2) {{ totalCount
            nodes {{ questionText questionBank {{ name }} quiz {{ title }} }} }} }} }} }} }}"
    );
    let of_bank = |text: &str| json!({"questionText": text, "questionBank": {"name": "Bank"}, "quiz": null});
    let wanted = json!({
        "quiz": {"questionCount": 3,
            "questions": [{"questionText": "own", "orderIndex": 1, "questionBank": null, "quiz": {"title": "Quiz"}}],
            "draws": [{"count": 2, "pointsEach": 1.0, "orderIndex": 0, "questionBank": {"name": "Bank", "version": 4}, "quiz": {"title": "Quiz"}}]},
        "course": {"questionBanks": {"totalCount": 1, "nodes": [{"name": "Bank",
            "questions": {"totalCount": 3, "nodes": [of_bank("a"), of_bank("b")]}}]}}});
    assert_eq!(tomas.ask(&query).await.data(), &wanted);
    // A bank of another course is none of the quiz's.
    let elsewhere = adds_bank(&tomas, &other, "Elsewhere").await;
    let fields = format!("quizId: \"{quiz}\", bankId: \"{elsewhere}\", count: 1");
    let refused = does(&tomas, "addBankDraw", &fields, "bankDraw { id }").await;
    let error = json!([{"code": "BANK_NOT_FOUND", "field": ["input", "bankId"]}]);
    assert_eq!(refused.at("/addBankDraw/userErrors"), &error);
    for (change, code) in [("count: 0", "DRAW_COUNT_INVALID"), ("pointsEach: 0", "DRAW_POINTS_INVALID")] {
        let change = format!("id: \"{draw}\", {change}");
        assert_eq!(does(&tomas, "updateBankDraw", &change, "").await.user_errors(), [code]);
    }
    let change = format!("id: \"{draw}\", count: 1, pointsEach: 2.5");
    let changed = does(&tomas, "updateBankDraw", &change, "bankDraw { count pointsEach }").await;
    assert_eq!(changed.at("/updateBankDraw/bankDraw"), &json!({"count": 1, "pointsEach": 2.5}));
}

#[on_both]
async fn a_bank_that_is_drawn_from_stays(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let course = tomas.drafts("Rust").await;
    let (quiz, bank) = (creates_quiz(&tomas, &course, "Quiz").await, adds_bank(&tomas, &course, "Bank").await);
    adds_question(&tomas, &json!({"bankId": bank})).await;
    let draw = adds_draw(&tomas, &quiz, &bank, 1).await;
    let delete = format!("id: \"{bank}\"");
    let refused = does(&tomas, "deleteQuestionBank", &delete, "deletedQuestionBankId").await;
    assert_eq!(refused.at("/deleteQuestionBank/deletedQuestionBankId"), &json!(null));
    assert_eq!(refused.user_errors(), ["BANK_IN_USE"]);
    let renamed = does(
        &tomas,
        "updateQuestionBank",
        &format!("id: \"{bank}\", name: \"New\", expectedVersion: 2"),
        "questionBank { name version }",
    )
    .await;
    assert_eq!(renamed.at("/updateQuestionBank/questionBank"), &json!({"name": "New", "version": 3}));
    let stale = format!("id: \"{bank}\", name: \"Newer\", expectedVersion: 2");
    assert_eq!(does(&tomas, "updateQuestionBank", &stale, "").await.user_errors(), ["STALE_VERSION"]);
    let gone =
        does(&tomas, "deleteBankDraw", &format!("id: \"{draw}\""), "deletedBankDrawId quiz { questionCount }").await;
    assert_eq!(
        gone.at("/deleteBankDraw"),
        &json!({"deletedBankDrawId": draw, "quiz": {"questionCount": 0}, "userErrors": []})
    );
    let gone =
        does(&tomas, "deleteQuestionBank", &delete, "deletedQuestionBankId course { questionBanks { totalCount } }")
            .await;
    let wanted =
        json!({"deletedQuestionBankId": bank, "course": {"questionBanks": {"totalCount": 0}}, "userErrors": []});
    assert_eq!(gone.at("/deleteQuestionBank"), &wanted);
}
