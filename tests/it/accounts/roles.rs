use kernel::Permission;
use serde_json::{Value, json};
use testkit::{Answer, Person, TestApp, on_both};

const CREATE: &str = "mutation ($input: CreateRoleInput!) { createRole(input: $input) {
  role { name displayName description priority isActive permissions { code } } userErrors { code field } } }";
const UPDATE: &str = "mutation ($input: UpdateRoleInput!) { updateRole(input: $input) {
  role { name displayName description priority isActive permissions { code } } userErrors { code field } } }";
const DELETE: &str = "mutation ($id: ID!) { deleteRole(input: {id: $id}) { deletedRoleId userErrors { code field } } }";
const REVOKE: &str = "mutation ($user: ID!, $role: ID!) { revokeRole(input: {userId: $user, roleId: $role}) {
  role { name } userErrors { code field } } }";

async fn create(person: &Person, input: Value) -> Answer {
    person.ask_with(CREATE, json!({"input": input})).await
}

async fn update(person: &Person, input: Value) -> Answer {
    person.ask_with(UPDATE, json!({"input": input})).await
}

async fn revoke(person: &Person, role: &str, user: &Person) -> Answer {
    person.ask_with(REVOKE, json!({"user": user.wire_id(), "role": role})).await
}

async fn role_id(root: &Person, name: &str) -> String {
    let roles = root.ask("{ roles { id name } }").await;
    let role = roles.at("/roles").as_array().unwrap().iter().find(|role| role["name"] == name).unwrap().clone();
    role["id"].as_str().unwrap().to_string()
}

/// Sorted: the clock of tests stands still.
async fn names(person: &Person) -> Vec<String> {
    let roles = person.ask("{ me { roles { role { name } } } }").await;
    let roles = roles.at("/me/roles").as_array().unwrap().iter();
    let mut names: Vec<_> = roles.map(|role| role["role"]["name"].as_str().unwrap().to_string()).collect();
    names.sort();
    names
}

#[on_both]
async fn a_role_is_made_changed_given_taken_and_deleted(app: TestApp) {
    let (root, ada) = (app.admin("Root").await, app.student("Ada").await);
    let input = json!({"name": "helper", "displayName": " Helper ", "description": "Helps.", "permissions": ["users.read", "users.read"]});
    let made = json!({"name": "helper", "displayName": "Helper", "description": "Helps.", "priority": 500, "isActive": true,
        "permissions": [{"code": "users.read"}]});
    assert_eq!(create(&root, input).await.at("/createRole/role"), &made);
    let id = role_id(&root, "helper").await;
    let assigned = root.assigns(&id, &ada.wire_id()).await;
    assert_eq!(assigned.data(), &json!({"assignRole": {"userRole": {"role": {"name": "helper"}}, "userErrors": []}}));
    assert_eq!(root.assigns(&id, &ada.wire_id()).await.data(), assigned.data());
    assert_eq!(names(&ada).await, ["helper", "student"]);
    assert_eq!(ada.again().await.ask("{ users { totalCount } }").await.at("/users/totalCount"), 2);

    let changed = json!({"id": id, "name": "aide", "priority": 7, "permissions": ["roles.read"]});
    let wanted = json!({"name": "aide", "displayName": "Helper", "description": "Helps.", "priority": 7, "isActive": true,
        "permissions": [{"code": "roles.read"}]});
    assert_eq!(update(&root, changed).await.at("/updateRole/role"), &wanted);
    assert_eq!(ada.again().await.ask("{ users { totalCount } }").await.codes(), ["FORBIDDEN"]);
    assert!(ada.again().await.viewer.has(Permission::RolesRead));
    assert!(update(&root, json!({"id": id, "isActive": false})).await.user_errors().is_empty());
    assert!(!ada.again().await.viewer.has(Permission::RolesRead));

    assert_eq!(root.ask_with(DELETE, json!({"id": id})).await.user_errors(), ["ROLE_IN_USE"]);
    assert_eq!(revoke(&root, &id, &ada).await.at("/revokeRole/role/name"), "aide");
    assert_eq!(revoke(&root, &id, &ada).await.user_errors(), ["ROLE_NOT_HELD"]);
    assert_eq!(names(&ada).await, ["student"]);
    assert_eq!(root.ask_with(DELETE, json!({"id": id})).await.at("/deleteRole/deletedRoleId"), &json!(id));
    assert_eq!(root.ask_with(DELETE, json!({"id": id})).await.codes(), ["NOT_FOUND"]);
    // The name is free again.
    root.makes_role("aide", 7, &[]).await;
}

#[on_both]
async fn what_is_wrong_with_a_role_is_said_by_its_path(app: TestApp) {
    let root = app.admin("Root").await;
    let wrong = json!({"name": "Big Boss", "displayName": " ", "description": "x".repeat(1001), "priority": -1});
    let codes =
        ["ROLE_NAME_INVALID", "ROLE_DISPLAY_NAME_INVALID", "ROLE_DESCRIPTION_TOO_LONG", "ROLE_PRIORITY_INVALID"];
    assert_eq!(create(&root, wrong).await.user_errors(), codes);
    let unknown = json!({"name": "boss", "displayName": "Boss", "permissions": ["users.read", "everything"]});
    let answer = create(&root, unknown).await;
    let errors = json!([{"code": "PERMISSION_UNKNOWN", "field": ["input", "permissions", "1"]}]);
    assert_eq!(answer.at("/createRole"), &json!({"role": null, "userErrors": errors}));
    let taken = json!({"name": "student", "displayName": "Boss"});
    assert_eq!(create(&root, taken).await.user_errors(), ["ROLE_NAME_TAKEN"]);
    let id = root.makes_role("boss", 3, &[]).await;
    assert_eq!(update(&root, json!({"id": id, "name": "student"})).await.user_errors(), ["ROLE_NAME_TAKEN"]);
    let many = json!({"id": id, "permissions": vec!["users.read"; 101]});
    assert_eq!(update(&root, many).await.codes(), ["BAD_USER_INPUT"]);
}

#[on_both]
async fn built_in_roles_stay_what_they_are(app: TestApp) {
    let root = app.admin("Root").await;
    for name in ["admin", "moderator", "instructor", "student"] {
        let id = role_id(&root, name).await;
        assert_eq!(root.ask_with(DELETE, json!({"id": id})).await.user_errors(), ["ROLE_BUILT_IN"], "{name}");
        assert_eq!(update(&root, json!({"id": id, "name": "other"})).await.user_errors(), ["ROLE_BUILT_IN"], "{name}");
        let words = update(&root, json!({"id": id, "name": name, "displayName": "Other"})).await;
        assert_eq!(words.at("/updateRole/role/displayName"), "Other", "{name}");
    }
    let admin = role_id(&root, "admin").await;
    for change in [json!({"permissions": []}), json!({"isActive": false}), json!({"priority": 5})] {
        let mut input = change.clone();
        input["id"] = json!(admin);
        assert_eq!(update(&root, input).await.user_errors(), ["ROLE_BUILT_IN"], "{change}");
    }
    let moderator = role_id(&root, "moderator").await;
    assert!(
        update(&root, json!({"id": moderator, "permissions": ["reviews.moderate"]})).await.user_errors().is_empty()
    );
}

#[on_both]
async fn nobody_gives_what_they_lack(app: TestApp) {
    let root = app.admin("Root").await;
    let clerk = app.with_permissions("Clerk", &[Permission::RolesManage, Permission::UsersRead]).await;
    let ben = app.student("Ben").await;
    let greedy =
        json!({"name": "boss", "displayName": "Boss", "priority": 50, "permissions": ["users.read", "courses.manage"]});
    let errors = json!([{"code": "PERMISSION_NOT_HELD", "field": ["input", "permissions", "1"]}]);
    assert_eq!(create(&clerk, greedy).await.at("/createRole/userErrors"), &errors);
    let id = clerk.makes_role("reader", 50, &["users.read"]).await;
    let more = json!({"id": id, "permissions": ["users.read", "courses.manage"]});
    assert_eq!(update(&clerk, more).await.at("/updateRole/userErrors"), &errors);
    assert!(clerk.assigns(&id, &ben.wire_id()).await.user_errors().is_empty());

    // What somebody greater put in may stay, but is given to nobody by this one.
    let more = json!({"id": id, "permissions": ["users.read", "courses.manage"]});
    assert!(update(&root, more).await.user_errors().is_empty());
    let kept = json!({"id": id, "description": "x", "permissions": ["courses.manage"]});
    assert_eq!(update(&clerk, kept).await.at("/updateRole/role/permissions"), &json!([{"code": "courses.manage"}]));
    let eve = app.student("Eve").await;
    let refused = json!([{"code": "PERMISSION_NOT_HELD", "field": ["input", "roleId"]}]);
    assert_eq!(clerk.assigns(&id, &eve.wire_id()).await.at("/assignRole/userErrors"), &refused);
    assert!(update(&root, json!({"id": id, "isActive": false})).await.user_errors().is_empty());
    let on = update(&clerk, json!({"id": id, "isActive": true})).await;
    assert_eq!(on.user_errors(), ["PERMISSION_NOT_HELD"]);
    assert_eq!(names(&eve).await, ["student"]);
}

#[on_both]
async fn nobody_reaches_above_the_best_of_their_roles(app: TestApp) {
    let root = app.admin("Root").await;
    // Their role stands at 10.
    let clerk = app.with_permissions("Clerk", &Permission::ALL).await;
    let (high, low) = (root.makes_role("high", 9, &[]).await, root.makes_role("low", 10, &[]).await);
    let above = |field: &str| json!([{"code": "ROLE_ABOVE_OWN", "field": ["input", field]}]);
    let ben = app.student("Ben").await;
    root.assigns(&high, &ben.wire_id()).await.data();
    assert_eq!(clerk.assigns(&high, &clerk.wire_id()).await.at("/assignRole/userErrors"), &above("roleId"));
    assert_eq!(revoke(&clerk, &high, &ben).await.at("/revokeRole/userErrors"), &above("roleId"));
    assert_eq!(
        update(&clerk, json!({"id": high, "description": "x"})).await.at("/updateRole/userErrors"),
        &above("id")
    );
    assert_eq!(
        update(&clerk, json!({"id": low, "priority": 9})).await.at("/updateRole/userErrors"),
        &above("priority")
    );
    assert_eq!(clerk.ask_with(DELETE, json!({"id": high})).await.at("/deleteRole/userErrors"), &above("id"));
    let new = json!({"name": "new", "displayName": "New", "priority": 9});
    assert_eq!(create(&clerk, new).await.at("/createRole/userErrors"), &above("priority"));
    assert!(clerk.assigns(&low, &ben.wire_id()).await.user_errors().is_empty());
    assert_eq!(names(&ben).await, ["high", "low", "student"]);
}

#[on_both]
async fn the_last_administrator_stays(app: TestApp) {
    let (root, ada) = (app.admin("Root").await, app.admin("Ada").await);
    let admin = role_id(&root, "admin").await;
    assert!(revoke(&root, &admin, &ada).await.user_errors().is_empty());
    assert_eq!(revoke(&root, &admin, &root).await.user_errors(), ["LAST_ADMINISTRATOR"]);
    // One who can't sign in does not count.
    root.assigns(&admin, &ada.wire_id()).await.data();
    let suspend = "mutation ($id: ID!) { suspendUser(input: {userId: $id, reason: \"x\"}) { userErrors { code } } }";
    assert!(root.ask_with(suspend, json!({"id": ada.wire_id()})).await.user_errors().is_empty());
    assert_eq!(revoke(&root, &admin, &root).await.user_errors(), ["LAST_ADMINISTRATOR"]);
    // The last can be suspended by nobody, whoever else may suspend.
    let clerk = app.with_permissions("Clerk", &Permission::ALL).await;
    assert_eq!(clerk.ask_with(suspend, json!({"id": root.wire_id()})).await.user_errors(), ["LAST_ADMINISTRATOR"]);
    assert_eq!(names(&root).await, ["admin", "student"]);
}

async fn administrators(app: &TestApp) -> u64 {
    use sea_orm::{ColumnTrait, PaginatorTrait, QueryFilter};
    let root = app.with_permissions("Auditor", &[Permission::RolesRead]).await;
    let id = role_id(&root, "admin").await;
    let id = <kernel::RoleId as kernel::EntityId>::from_wire(&id).unwrap();
    let given = accounts::user_role::Entity::visible_to(&kernel::Viewer::System);
    given.filter(accounts::user_role::Column::RoleId.eq(id)).count(app.db().read()).await.unwrap()
}

#[on_both]
async fn of_administrators_who_depose_each_other_at_once_one_remains(app: TestApp) {
    let mut people = vec![];
    for name in ["Ada", "Ben", "Carl", "Dora"] {
        people.push(app.admin(name).await);
    }
    let admin = role_id(&people[0], "admin").await;
    let mut tasks = vec![];
    for (place, person) in people.iter().enumerate() {
        for other in 1..people.len() {
            let (person, other, admin) =
                (person.clone(), people[(place + other) % people.len()].clone(), admin.clone());
            tasks.push(tokio::spawn(async move { revoke(&person, &admin, &other).await }));
        }
    }
    for task in tasks {
        let answer = task.await.unwrap();
        answer.data();
    }
    assert_eq!(administrators(&app).await, 1);
}

#[on_both]
async fn of_two_who_step_down_at_once_one_stays(app: TestApp) {
    let (ada, ben) = (app.admin("Ada").await, app.admin("Ben").await);
    let admin = role_id(&ada, "admin").await;
    let down = |person: Person| {
        let admin = admin.clone();
        tokio::spawn(async move { revoke(&person, &admin, &person).await })
    };
    let (ada, ben) = (down(ada), down(ben));
    let (ada, ben) = (ada.await.unwrap(), ben.await.unwrap());
    let mut codes = [ada.user_errors(), ben.user_errors()].concat();
    codes.sort_unstable();
    assert_eq!(codes, ["LAST_ADMINISTRATOR"]);
    assert_eq!(administrators(&app).await, 1);
}
