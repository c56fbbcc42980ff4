use gateway::seed::{Size, seed};
use testkit::{TestApp, on_both};

/// Queries whose number of statements must not depend on the number of rows. `ROWS` stands for the page size.
const LISTED: [&str; 9] = [
    "{ courses(first: ROWS) { totalCount nodes { title instructor { name } category { name } tags description } } }",
    "{ courses(first: ROWS) { nodes { staff { role user { name } } createdBy { name } metadata } } }",
    "{ popularCourses(first: 1) { nodes { reviews(first: ROWS) { totalCount nodes { rating author { name } } } } } }",
    "{ popularCourses(first: 1) { nodes { enrollments(first: ROWS) { nodes { status user { name } certificateIssued progress { completionPercentage } } } } } }",
    "{ popularCourses(first: 1) { nodes { mediaFiles(first: ROWS) { totalCount nodes { fileName uploadedBy { name } section { title } } } } } }",
    "{ popularCourses(first: ROWS) { nodes { quizzes(first: 3) { totalCount nodes { title questionCount section { title } } } } } }",
    "{ popularCourses(first: ROWS) { nodes { questionBanks(first: 2) { totalCount nodes { name questions(first: 2) { totalCount nodes { preview { options { key } } } } } } quizzes(first: 1) { nodes { questions { content { __typename } questionBank { name } } draws { count questionBank { name } } versions(first: 1) { totalCount nodes { content { points } } } } } } } }",
    "{ popularCourses(first: ROWS) { nodes { reviews(first: 2) { totalCount nodes { author { name } } } videoProgress(first: 2) { nodes { video { fileName } } } } } }",
    "{ popularCourses(first: 1) { nodes { viewerReview { id } reviews(first: ROWS) { nodes { viewerVote viewerCanVote reply { comment author { name } } revisions(first: 1) { totalCount } moderation(first: 1) { nodes { moderator { name } } } reports(first: 1) { nodes { reporter { name } } } } } } } }",
];

#[on_both]
async fn the_number_of_statements_does_not_depend_on_the_rows(app: TestApp) {
    seed(app.db(), &Size { courses: 130, users: 200, enrollments: 1_500, seed: 5 }, "hash").await.unwrap();
    let admin = app.admin("Root").await;
    for query in LISTED {
        let mut counts = Vec::new();
        for rows in [1, 10, 100] {
            let (answer, statements) = app.statements(admin.ask(&query.replace("ROWS", &rows.to_string()))).await;
            answer.data();
            counts.push((statements.len(), statements));
        }
        assert!(counts.iter().all(|(count, _)| *count == counts[0].0), "{query}: {counts:#?}");
    }
}
