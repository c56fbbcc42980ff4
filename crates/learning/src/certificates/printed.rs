//! What is printed on a certificate: one list, from which the sheet, the public page and the tests are made.

use chrono::{DateTime, Utc};

use crate::CertificateRow;

/// One thing that a certificate says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    /// Its name in the API.
    pub field: &'static str,
    /// Its name for people.
    pub label: &'static str,
    /// As it is printed.
    pub value: String,
}

/// In place of the name of somebody whose account is gone.
pub const NAME_REMOVED: &str = "Name removed";

impl CertificateRow {
    /// Everything that is printed, in the order of the page.
    pub fn printed(&self) -> Vec<Printed> {
        let fields = [
            ("recipientName", "Name", self.holder().to_string()),
            ("courseTitle", "Course", self.course_title.clone()),
            ("instructorName", "Instructor", self.instructor_name.clone()),
            ("institutionName", "Issued by", self.institution_name.clone()),
            ("durationSeconds", "Length of the course", self.length()),
            ("completedAt", "Completed", day(self.completed_at)),
            ("issuedAt", "Issued", day(self.issued_at)),
            ("serial", "Serial number", self.serial.clone()),
        ];
        let known = fields.into_iter().filter(|(_, _, value)| !value.is_empty());
        known.map(|(field, label, value)| Printed { field, label, value }).collect()
    }

    /// Who holds it.
    pub fn holder(&self) -> &str {
        if self.recipient_name.is_empty() { NAME_REMOVED } else { &self.recipient_name }
    }

    /// `1 hour 5 minutes`; empty when it is not known.
    pub fn length(&self) -> String {
        let minutes = (self.duration + 59) / 60;
        let count = |number: i32, thing: &str| match number {
            0 => None,
            1 => Some(format!("1 {thing}")),
            _ => Some(format!("{number} {thing}s")),
        };
        let parts = [count(minutes / 60, "hour"), count(minutes % 60, "minute")];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

/// `3 July 2026`.
pub fn day(time: DateTime<Utc>) -> String {
    time.format("%-d %B %Y").to_string()
}
