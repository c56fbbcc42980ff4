//! Somebody else's things, one of each kind that a permission lets others get at.

use testkit::{Person, TestApp};

use super::{
    found::{dead_job, placed_file},
    quizzes::{Quizzes, quizzes},
};

/// Somebody else's things.
pub struct Ids {
    pub user: String,
    pub suspended: String,
    pub role: String,
    pub spare: String,
    pub draft: String,
    pub job: String,
    /// In a section of the draft.
    pub file: String,
    pub section: String,
    pub captions: String,
    /// A course that is no longer there.
    pub deleted: String,
    pub category: String,
    /// Of the draft, which was published for a moment.
    pub version: String,
    /// In the draft; and somebody waits for it.
    pub enrollment: String,
    /// Of somebody who finished the draft.
    pub certificate: String,
    /// Of the draft.
    pub opinion: super::opinions::Opinion,
    /// Of the draft: a request, and what was proposed.
    pub suggestions: (String, Vec<String>),
    pub quizzes: Quizzes,
    /// An attempt at the quiz, and an answer.
    pub handed_in: [String; 3],
    /// And a delivery to it.
    pub webhook: [String; 2],
}

/// `tag` keeps the names of several sets apart.
pub async fn things(app: &TestApp, root: &Person, tag: usize) -> Ids {
    let id = async |name: &str| app.student(&format!("{name}{tag}")).await.wire_id();
    let (user, suspended) = (id("Ben").await, id("Carl").await);
    let suspend = format!(
        "mutation {{ suspendUser(input: {{userId: \"{suspended}\", reason: \"x\"}}) {{ userErrors {{ code }} }} }}"
    );
    assert!(root.ask(&suspend).await.user_errors().is_empty());
    let role = root.makes_role(&format!("helper{tag}"), 500, &[]).await;
    let spare = root.makes_role(&format!("spare{tag}"), 500, &[]).await;
    assert!(root.assigns(&role, &user).await.user_errors().is_empty());
    let draft = root.drafts("Draft").await;
    let (file, section) = placed_file(app, root, &draft).await;
    let captions = crate::media::captions::captions(root, &file).await;
    let category = crate::courses::categories::add(app, &format!("Code{tag}"), None, 0, true).await;
    let version = version_of(root, &draft).await;
    let deleted = root.drafts("Deleted").await;
    let delete = format!("mutation {{ deleteCourse(input: {{id: \"{deleted}\"}}) {{ userErrors {{ code }} }} }}");
    assert!(root.ask(&delete).await.user_errors().is_empty());
    let (job, quizzes) = (dead_job(app).await, quizzes(root, &draft).await);
    let handed_in = super::attempts::handed_in(app, &quizzes, &user).await;
    let opinion = super::opinions::seen(app, root, &draft, &format!("Rita{tag}")).await;
    let suggestions = super::suggestions::made(app, root, &draft).await;
    let learner = id("Lea").await;
    let enrollment = super::enrollments::enrolled(app, &learner, &draft).await;
    super::enrollments::waits(app, &user, &draft).await;
    let dora = app.student(&format!("Dora{tag}")).await;
    let certificate = super::certificates::certificate_of(app, &dora, &draft).await;
    let webhook = super::webhooks::tried(app, &format!("Wanda{tag}")).await;
    Ids {
        user,
        suspended,
        role,
        spare,
        draft,
        job,
        file,
        section,
        captions,
        category,
        deleted,
        version,
        enrollment,
        certificate,
        opinion,
        suggestions,
        quizzes,
        handed_in,
        webhook,
    }
}

/// Published and taken back, a course has a version.
async fn version_of(root: &Person, course: &str) -> String {
    for mutation in ["publishCourse", "unpublishCourse"] {
        let document = format!("mutation {{ {mutation}(input: {{id: \"{course}\"}}) {{ userErrors {{ code }} }} }}");
        assert!(root.ask(&document).await.user_errors().is_empty());
    }
    let versions = root.ask(&format!("{{ courseVersions(courseId: \"{course}\") {{ nodes {{ id }} }} }}")).await;
    versions.at("/courseVersions/nodes/0/id").as_str().unwrap().to_string()
}
