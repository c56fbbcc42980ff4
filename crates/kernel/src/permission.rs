//! The catalogue of permissions: what roles hold, what policies ask for.

/// A right that a role can hold. The code is stored in `role_permissions`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Permission {
    CoursesCreate,
    CoursesManage,
    LearningRead,
    ReviewsModerate,
    UsersRead,
    RolesRead,
    UsersManage,
    RolesManage,
    AuditRead,
    JobsManage,
    EnrollmentsManage,
    EventsRead,
    WebhooksManage,
}

impl Permission {
    pub const ALL: [Self; 13] = [
        Self::CoursesCreate,
        Self::CoursesManage,
        Self::LearningRead,
        Self::ReviewsModerate,
        Self::UsersRead,
        Self::RolesRead,
        Self::UsersManage,
        Self::RolesManage,
        Self::AuditRead,
        Self::JobsManage,
        Self::EnrollmentsManage,
        Self::EventsRead,
        Self::WebhooksManage,
    ];

    /// The stable code, as stored and shown.
    pub const fn code(self) -> &'static str {
        match self {
            Self::CoursesCreate => "courses.create",
            Self::CoursesManage => "courses.manage",
            Self::LearningRead => "learning.read",
            Self::ReviewsModerate => "reviews.moderate",
            Self::UsersRead => "users.read",
            Self::RolesRead => "roles.read",
            Self::UsersManage => "users.manage",
            Self::RolesManage => "roles.manage",
            Self::AuditRead => "audit.read",
            Self::JobsManage => "jobs.manage",
            Self::EnrollmentsManage => "enrollments.manage",
            Self::EventsRead => "events.read",
            Self::WebhooksManage => "webhooks.manage",
        }
    }

    /// What it lets one do, in a sentence.
    pub const fn says(self) -> &'static str {
        match self {
            Self::CoursesCreate => "Create courses and teach them.",
            Self::CoursesManage => "See and change every course, its sections, files and quizzes.",
            Self::LearningRead => "See everybody's enrolments, progress and attempts.",
            Self::ReviewsModerate => "See hidden reviews and moderate them.",
            Self::UsersRead => "See accounts: e-mail, status, roles.",
            Self::RolesRead => "See the roles and what they may do.",
            Self::UsersManage => "Suspend and reactivate accounts.",
            Self::RolesManage => "Create roles and give them to people.",
            Self::AuditRead => "Read the audit trail.",
            Self::JobsManage => "See the background jobs and retry them.",
            Self::EnrollmentsManage => {
                "See everybody's enrolments, enrol people in every course, extend and suspend enrolments."
            }
            Self::EventsRead => "Follow what happens: read the feed of events.",
            Self::WebhooksManage => {
                "Keep webhooks, which are sent all that the feed of events tells; see those of others and delete them."
            }
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|permission| permission.code() == code)
    }
}

/// A set of permissions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Permissions(u64);

impl Permissions {
    pub const fn all() -> Self {
        Self((1 << Permission::ALL.len()) - 1)
    }

    /// Those that are in both.
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Is everything in it that is in the other?
    pub const fn covers(self, other: Self) -> bool {
        other.0 & !self.0 == 0
    }

    pub const fn contains(self, permission: Permission) -> bool {
        self.0 & (1 << permission as u64) != 0
    }
}

impl FromIterator<Permission> for Permissions {
    fn from_iter<I: IntoIterator<Item = Permission>>(permissions: I) -> Self {
        Self(permissions.into_iter().fold(0, |set, permission| set | 1 << permission as u64))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_found_again_and_all_holds_all() {
        for permission in Permission::ALL {
            assert_eq!(Permission::from_code(permission.code()), Some(permission));
            assert!(Permissions::all().contains(permission));
            assert!(!Permissions::default().contains(permission));
            let one: Permissions = [permission].into_iter().collect();
            assert!(one.contains(permission) && Permissions::all().covers(one) && one.covers(Permissions::default()));
            assert!(!one.covers(Permissions::all()) && !Permissions::default().covers(one));
        }
    }
}
