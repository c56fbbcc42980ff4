//! What is asked of a role, and what is wrong with it.

use kernel::{Check, Permission, Permissions, Problem, Result, Rule, is_name as is_shown};
use sea_orm::Set;

use crate::{
    rights::Rights,
    role::{ActiveModel, Model},
    roles::BuiltIn,
    rules::*,
};

/// A role to be.
#[derive(Clone, Debug)]
pub struct NewRole {
    pub name: String,
    pub display_name: String,
    pub description: String,
    pub priority: i32,
    /// Codes.
    pub permissions: Vec<String>,
}

/// What to change of a role; `None` leaves a field as it is.
#[derive(Clone, Debug, Default)]
pub struct RoleChange {
    pub name: Option<String>,
    pub display_name: Option<String>,
    pub description: Option<String>,
    pub priority: Option<i32>,
    /// Codes; these and no others.
    pub permissions: Option<Vec<String>>,
    pub is_active: Option<bool>,
}

impl NewRole {
    /// What it shall let people do, when all is well with it.
    pub(crate) fn check(&mut self) -> Result<Vec<Permission>> {
        self.display_name = self.display_name.trim().into();
        let mut check = Check::new();
        check_texts(&mut check, Some(&self.name), Some(&self.display_name), Some(&self.description));
        check.require(PRIORITIES.contains(&self.priority), ROLE_PRIORITY_INVALID.at("priority"));
        check.done()?;
        known(&self.permissions)
    }
}

impl RoleChange {
    /// Of a built-in role the name stays, and of the administrators' all but the words.
    pub(crate) fn check(&mut self, role: &Model) -> Result<()> {
        if let Some(name) = &mut self.display_name {
            *name = name.trim().into();
        }
        let mut check = Check::new();
        check_texts(&mut check, self.name.as_deref(), self.display_name.as_deref(), self.description.as_deref());
        let priority = self.priority.is_none_or(|priority| PRIORITIES.contains(&priority));
        check.require(priority, ROLE_PRIORITY_INVALID.at("priority"));
        let is_built_in = BuiltIn::ALL.iter().any(|built_in| built_in.is(role));
        let is_renamed = self.name.as_ref().is_some_and(|name| *name != role.name);
        check.require(!is_built_in || !is_renamed, ROLE_BUILT_IN.at("name"));
        if BuiltIn::Admin.is(role) {
            check.require(self.permissions.is_none(), ROLE_BUILT_IN.at("permissions"));
            check.require(self.priority.is_none_or(|it| it == role.priority), ROLE_BUILT_IN.at("priority"));
            check.require(self.is_active != Some(false), ROLE_BUILT_IN.at("isActive"));
        }
        check.done()
    }

    pub(crate) fn apply(self, row: &mut ActiveModel) {
        if let Some(name) = self.name {
            row.name = Set(name);
        }
        if let Some(name) = self.display_name {
            row.display_name = Set(name);
        }
        if let Some(description) = self.description {
            row.description = Set(description);
        }
        if let Some(priority) = self.priority {
            row.priority = Set(priority);
        }
        if let Some(is_active) = self.is_active {
            row.is_active = Set(is_active);
        }
    }
}

const PRIORITIES: std::ops::RangeInclusive<i32> = 0..=1_000;

fn check_texts(check: &mut Check, name: Option<&str>, display_name: Option<&str>, description: Option<&str>) {
    check.require(name.is_none_or(is_name), ROLE_NAME_INVALID.at("name"));
    let fits = display_name.is_none_or(|name| is_shown(name) && name.chars().count() <= 100);
    check.require(fits, ROLE_DISPLAY_NAME_INVALID.at("displayName"));
    let fits = description.is_none_or(|text| text.chars().count() <= 1_000);
    check.require(fits, ROLE_DESCRIPTION_TOO_LONG.at("description"));
}

fn is_name(name: &str) -> bool {
    (2..=50).contains(&name.len())
        && name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_-".contains(&byte))
}

/// The permissions that these codes stand for, each once.
pub(crate) fn known(codes: &[String]) -> Result<Vec<Permission>> {
    let mut check = Check::new();
    let mut permissions = vec![];
    for (place, code) in codes.iter().enumerate() {
        let found = Permission::from_code(code).ok_or_else(|| at(PERMISSION_UNKNOWN, place));
        permissions.extend(check.keep(found).filter(|permission| !permissions.contains(permission)));
    }
    check.done()?;
    Ok(permissions)
}

/// Nobody gives what they lack; what is given already may stay.
pub(crate) fn check_grants(own: Rights, wanted: &[Permission], given: Permissions) -> Result<()> {
    let mut check = Check::new();
    for (place, permission) in wanted.iter().enumerate() {
        let may = own.permissions.contains(*permission) || given.contains(*permission);
        check.require(may, at(PERMISSION_NOT_HELD, place));
    }
    check.done()
}

/// Nobody puts a role above the best of their own.
pub(crate) fn check_rank(own: Rights, priority: i32) -> Result<()> {
    if priority < own.rank { Err(ROLE_ABOVE_OWN.at("priority").into()) } else { Ok(()) }
}

/// The rule, broken by one of the codes.
fn at(rule: Rule, place: usize) -> Problem {
    Problem { field: vec!["permissions".into(), place.to_string().into()], ..rule.at("permissions") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_roles() {
        for good in ["ta", "teaching-assistant", "team_2"] {
            assert!(is_name(good), "{good}");
        }
        for bad in ["", "a", "2nd", "-x", "Helper", "a b", "é-role", &"a".repeat(51)] {
            assert!(!is_name(bad), "{bad}");
        }
    }
}
