use accounts::{UserStatus, email_key, user, user_role};
use kernel::RoleId;
use sea_orm::{Set, prelude::Json};
use serde_json::json;

use super::{
    super::{
        dice::{DAY, Dice, Kind, time},
        plan::{
            School,
            people::{Part, Person, STUDENT},
        },
        words::{grammar::capital, names},
    },
    Dated,
};

pub fn users(school: &School, password: &str) -> impl Iterator<Item = Dated<user::ActiveModel>> {
    let people = school.people.iter().enumerate();
    people.map(move |(row, person)| (person.joined, user(school.seed, row, person, password)))
}

fn user(seed: u64, row: usize, person: &Person, password: &str) -> user::ActiveModel {
    let mut dice = Dice::new(seed, Kind::UserRole, row);
    let bio = bio(&mut dice, row, person);
    let status = status(&mut dice, row, person);
    let host = dice.between(1, 254);
    user::ActiveModel {
        id: Set(person.id),
        email: Set(person.email.clone()),
        email_key: Set(email_key(&person.email)),
        username: Set(person.username.clone()),
        username_key: Set(person.username.as_ref().map(|name| name.to_lowercase())),
        password: Set(Some(password.into())),
        full_name: Set(person.full_name.clone()),
        display_name: Set(person.display_name.clone()),
        avatar: Set(None),
        phone: Set(String::new()),
        bio: Set(bio),
        status: Set(status),
        email_verified: Set(status != UserStatus::Pending),
        phone_verified: Set(false),
        two_factor_enabled: Set(false),
        metadata: Set(json!({})),
        preferences: Set(preferences(&mut dice)),
        last_login: Set((status != UserStatus::Pending).then(|| time(person.seen))),
        // A network that exists in documentation only.
        last_login_ip: Set((status != UserStatus::Pending).then(|| format!("203.0.113.{host}"))),
        last_login_device: Set(dice.pick(&DEVICES).into()),
        is_superuser: Set(person.part == Part::Admin),
        is_staff: Set(person.part == Part::Admin),
        is_active: Set(matches!(status, UserStatus::Active | UserStatus::Pending)),
        date_joined: Set(time(person.joined)),
        ..Default::default()
    }
}

/// One in a hundred each is waiting for a mail, has left, or has been locked out.
fn status(dice: &mut Dice, row: usize, person: &Person) -> UserStatus {
    match dice.between(0, 99) {
        _ if row <= STUDENT || person.part != Part::Student => UserStatus::Active,
        0 if !person.is_busy() => UserStatus::Pending,
        1 => UserStatus::Inactive,
        2 => UserStatus::Suspended,
        _ => UserStatus::Active,
    }
}

fn bio(dice: &mut Dice, row: usize, person: &Person) -> String {
    const KNOWN: [&str; 3] = [
        "Runs this school, and takes a course in it every winter.",
        "Learned to program on a borrowed computer and to cook on a borrowed stove. Teaches what he would have liked to be told at the time.",
        "Nurse, night reader, collector of notebooks. Here to learn something that has nothing to do with work.",
    ];
    if let Some(known) = KNOWN.get(row) {
        return (*known).into();
    }
    let (work, passion) = (dice.pick(&names::WORK), dice.pick(&names::PASSIONS));
    match person.part {
        Part::Instructor => {
            let teaching = dice.pick(&names::TEACHING);
            format!("{} {teaching} Away from the desk: {passion}.", person.display_name)
        }
        _ if dice.percent(40) => String::new(),
        _ => format!("{}, interested in {passion}.", capital(work)),
    }
}

fn preferences(dice: &mut Dice) -> Json {
    let theme = dice.pick(&["light", "dark", "system"]);
    json!({ "theme": theme, "weekly_digest": dice.percent(60) })
}

static DEVICES: [&str; 5] =
    ["Firefox on Linux", "Safari on iPhone", "Chrome on Android", "Chrome on Windows", "Safari on Mac"];

/// The ids of the roles.
#[derive(Clone, Copy)]
pub struct Roles {
    pub admin: RoleId,
    pub instructor: RoleId,
    pub student: RoleId,
}

pub fn user_roles(school: &School, roles: Roles) -> impl Iterator<Item = user_role::ActiveModel> {
    let admin = school.people.first().map(|person| person.id);
    school.people.iter().enumerate().map(move |(row, person)| {
        let (role, assigned_by, assigned) = match person.part {
            Part::Admin => (roles.admin, None, person.joined),
            Part::Instructor => (roles.instructor, admin, person.joined + DAY),
            Part::Student => (roles.student, None, person.joined),
        };
        user_role::ActiveModel {
            id: Set(Dice::new(school.seed, Kind::UserRole, row).id(assigned)),
            user_id: Set(person.id),
            role_id: Set(role),
            assigned_at: Set(time(assigned)),
            assigned_by: Set(assigned_by),
        }
    })
}
