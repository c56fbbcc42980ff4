use std::sync::Arc;

use accounts::{Device, Registration, Tokens, account_deletion, role, user, user_role};
use kernel::{EntityId, Live, Tx, UserId, Viewer};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set, sea_query::Expr};
use serde_json::{Value, json};

use crate::{Answer, TestApp};

/// Somebody with an account, signed in.
#[derive(Clone)]
pub struct Person {
    app: TestApp,
    pub id: UserId,
    pub email: String,
    pub tokens: Tokens,
    pub viewer: Viewer,
}

impl Person {
    pub(crate) async fn new(app: &TestApp, name: &str, role: Option<&str>) -> Self {
        let email = format!("{}@example.org", name.to_lowercase());
        let mut tx = app.tx().await;
        let registration = Registration::new(&email, "correct horse", name).unwrap();
        // No test signs such a person in by password: the work of hashing one is saved.
        accounts::register(&mut tx, registration, "no hash".into()).await.unwrap();
        forget_letter(&tx, &email).await;
        let id =
            user::Entity::live().filter(user::Column::EmailKey.eq(&email)).one(&tx.conn).await.unwrap().unwrap().id;
        verify(&tx, id).await;
        if let Some(role) = role {
            let role = role::Entity::live().filter(role::Column::Name.eq(role)).one(&tx.conn).await.unwrap().unwrap();
            let link = user_role::ActiveModel {
                id: Set(tx.new_id().unwrap()),
                user_id: Set(id),
                role_id: Set(role.id),
                assigned_at: Set(tx.now),
                assigned_by: Set(None),
            };
            tx.insert_all(vec![link]).await.unwrap();
        }
        let tokens = accounts::sign_in(&mut tx, id, Device::default()).await.unwrap();
        tx.commit().await.unwrap();
        let now = kernel::World::now(&*app.world);
        let signed_in = accounts::authenticate(app.db(), &tokens.access, now).await.unwrap().unwrap();
        Self { app: app.clone(), id, email, tokens, viewer: Viewer::User(Arc::new(signed_in)) }
    }

    pub async fn ask(&self, query: &str) -> Answer {
        self.ask_with(query, json!({})).await
    }

    pub async fn ask_with(&self, query: &str, variables: Value) -> Answer {
        self.app.ask_as(&self.viewer, query, variables).await
    }

    /// An API token with these scopes: its secret.
    pub async fn creates_token(&self, scopes: &[&str]) -> String {
        let query = "mutation ($scopes: [String!]!) { createApiToken(input: {name: \"A program\", scopes: $scopes}) { secret userErrors { code } } }";
        let answer = self.ask_with(query, json!({"scopes": scopes})).await;
        answer.at("/createApiToken/secret").as_str().unwrap_or_else(|| panic!("{answer:?}")).to_string()
    }

    /// The id of the account on the wire.
    pub fn wire_id(&self) -> String {
        self.id.to_wire()
    }

    /// As if they came again: with the rights that they have by now.
    pub async fn again(&self) -> Self {
        let now = kernel::World::now(&*self.app.world);
        let signed_in = accounts::authenticate(self.app.db(), &self.tokens.access, now).await.unwrap().unwrap();
        Self { viewer: Viewer::User(Arc::new(signed_in)), ..self.clone() }
    }

    /// The id of a new role.
    pub async fn makes_role(&self, name: &str, priority: i32, permissions: &[&str]) -> String {
        let query =
            "mutation ($input: CreateRoleInput!) { createRole(input: $input) { role { id } userErrors { code } } }";
        let input = json!({"name": name, "displayName": name, "priority": priority, "permissions": permissions});
        let answer = self.ask_with(query, json!({"input": input})).await;
        answer.at("/createRole/role/id").as_str().unwrap_or_else(|| panic!("{answer:?}")).to_string()
    }

    /// Gives a role to an account, both by their ids on the wire.
    pub async fn assigns(&self, role: &str, user: &str) -> Answer {
        let query = "mutation ($user: ID!, $role: ID!) { assignRole(input: {userId: $user, roleId: $role}) {
            userRole { role { name } } userErrors { code field } } }";
        self.ask_with(query, json!({"user": user, "role": role})).await
    }

    /// The id of a new draft.
    pub async fn drafts(&self, title: &str) -> String {
        let query = "mutation ($title: String!) { createCourse(input: {title: $title, description: \"Text.\"}) { course { id } userErrors { code } } }";
        let answer = self.ask_with(query, json!({"title": title})).await;
        answer.at("/createCourse/course/id").as_str().unwrap_or_else(|| panic!("{answer:?}")).to_string()
    }

    /// Puts somebody on the staff of a course.
    pub async fn appoints(&self, course: &str, person: &Person, role: &str) -> Answer {
        let query = "mutation ($input: AddCourseStaffInput!) { addCourseStaff(input: $input) { course { id } userErrors { code field } } }";
        let input = json!({"courseId": course, "userId": person.wire_id(), "role": role});
        self.ask_with(query, json!({"input": input})).await
    }

    /// The id of a new section.
    pub async fn adds_section(&self, course: &str, title: &str) -> String {
        let query = "mutation ($course: ID!, $title: String!) { createSection(input: {courseId: $course, title: $title}) { section { id } userErrors { code } } }";
        let answer = self.ask_with(query, json!({"course": course, "title": title})).await;
        answer.at("/createSection/section/id").as_str().unwrap_or_else(|| panic!("{answer:?}")).to_string()
    }

    /// The id of a new published course with one section.
    pub async fn publishes(&self, title: &str) -> String {
        let course = self.drafts(title).await;
        self.adds_section(&course, "Beginning").await;
        let query =
            "mutation ($id: ID!) { publishCourse(input: {id: $id}) { course { isPublished } userErrors { code } } }";
        let answer = self.ask_with(query, json!({"id": course})).await;
        assert_eq!(answer.at("/publishCourse/course/isPublished"), true, "{answer:?}");
        course
    }
}

#[expect(clippy::disallowed_methods, reason = "without the letter that says how")]
async fn verify(tx: &kernel::Tx, id: UserId) {
    let verified = user::Entity::update_many().col_expr(user::Column::EmailVerified, Expr::val(true));
    verified.filter(user::Column::Id.eq(id)).exec(&tx.conn).await.unwrap();
}

/// Nobody reads the letter that asks to verify the address.
async fn forget_letter(tx: &Tx, email: &str) {
    let letter = format!("DELETE FROM jobs WHERE CAST(payload AS TEXT) LIKE '%\"{email}\"%'");
    tx.conn.execute_unprepared(&letter).await.unwrap();
}

impl TestApp {
    /// Erases somebody, as if they had asked for it and not changed their mind.
    pub async fn erases(&self, person: &Person) {
        let tx = self.tx().await;
        let (user_id, now) = (Set(person.id), Set(tx.now));
        let due = account_deletion::ActiveModel { user_id, requested_at: now.clone(), due_at: now, heir_id: Set(None) };
        tx.insert_all(vec![due]).await.unwrap();
        tx.commit().await.unwrap();
        self.app.write_as_system(async |tx| accounts::erase_account(tx, person.id).await).await.unwrap();
    }

    /// Gives somebody the password that this is the hash of.
    pub async fn sets_password(&self, person: &Person, hash: String) {
        let now = kernel::World::now(&*self.world);
        let mut tx = Tx::begin(self.db(), &person.viewer, now, self.world.clone()).await.unwrap();
        accounts::change_password(&mut tx, hash).await.unwrap();
        tx.take_events();
        tx.commit().await.unwrap();
    }
}
