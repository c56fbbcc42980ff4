//! The certificate on paper: A4, landscape. First everything is put in its place, then it is written as PDF.

mod code;
mod fonts;
mod setting;
mod writing;

use parley::{Alignment, Layout};

use self::{
    fonts::Face,
    setting::{Ink, Setter, Style},
};
use super::{printed::day, status::CertificateStatus};
use crate::CertificateRow;

use writing::write;

/// In points.
const WIDTH: f32 = 841.89;
const HEIGHT: f32 = 595.28;
/// Text keeps this far from the left and the right edge.
const MARGIN: f32 = 90.0;
const LINE: f32 = WIDTH - 2.0 * MARGIN;
/// The square for phones.
const CODE: f32 = 66.0;

/// What a text is on the sheet, for those who have it read to them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Title,
    Heading,
    Text,
}

/// A text in its place.
struct Block {
    role: Role,
    text: String,
    layout: Layout<Ink>,
    left: f32,
    top: f32,
}

/// All texts, and where the rule under the name goes.
struct Sheet {
    blocks: Vec<Block>,
    rule: f32,
    address: String,
}

/// The certificate as PDF. `address` is that of its public page. The same certificate always comes to the same bytes.
pub fn sheet(certificate: &CertificateRow, address: &str) -> kernel::Result<Vec<u8>> {
    write(&laid_out(certificate, address), certificate)
}

const CENTRED: Style =
    Style { face: Face::Sans, size: 12.0, least: 8.0, lines: 1, alignment: Alignment::Center, ink: Ink::Grey };

/// Puts texts under each other.
struct Column {
    setter: Setter,
    blocks: Vec<Block>,
    top: f32,
}

impl Column {
    /// A text below the last one, over the whole width; then so much space.
    fn put(&mut self, role: Role, text: &str, style: Style, space: f32) {
        let height = self.place(role, text, style, (MARGIN, self.top, LINE));
        self.top += height + space;
    }

    /// A text at its left edge, at this height, this wide: how high it is.
    fn place(&mut self, role: Role, text: &str, style: Style, (left, top, width): (f32, f32, f32)) -> f32 {
        let text = self.setter.drawable(text, style);
        let layout = self.setter.set(&text, style, width);
        let height = layout.height();
        self.blocks.push(Block { role, text, layout, left, top });
        height
    }
}

fn laid_out(certificate: &CertificateRow, address: &str) -> Sheet {
    let mut column = Column { setter: Setter::new(), blocks: vec![], top: 58.0 };
    head(&mut column, certificate);
    let rule = body(&mut column, certificate);
    facts(&mut column, certificate);
    foot(&mut column, certificate, address);
    Sheet { blocks: column.blocks, rule, address: address.into() }
}

fn head(column: &mut Column, certificate: &CertificateRow) {
    let institution = Style { size: 15.0, lines: 2, ink: Ink::Gold, ..CENTRED };
    column.put(Role::Text, &certificate.institution_name, institution, 4.0);
    let title = Style { face: Face::Serif, size: 36.0, ink: Ink::Navy, ..CENTRED };
    column.put(Role::Title, "Certificate of Completion", title, 4.0);
    if let Some(warning) = warning(certificate) {
        column.put(Role::Text, &warning, Style { size: 13.0, lines: 2, ink: Ink::Red, ..CENTRED }, 0.0);
    }
}

/// Said on certificates that are good no longer.
fn warning(certificate: &CertificateRow) -> Option<String> {
    match (certificate.status(), certificate.revoked_at, certificate.superseded_at) {
        (CertificateStatus::Revoked, Some(at), _) => Some(format!("Revoked on {}: no longer valid", day(at))),
        (CertificateStatus::Superseded, _, Some(at)) => {
            Some(format!("Replaced by another certificate on {}: no longer valid", day(at)))
        }
        _ => None,
    }
}

/// Where the facts begin.
const FACTS: f32 = 408.0;

/// The name and the course, in the middle of what is left for them; answers how high the rule between them is.
fn body(column: &mut Column, certificate: &CertificateRow) -> f32 {
    let first = column.blocks.len();
    column.top += 14.0;
    column.put(Role::Text, "This is to certify that", CENTRED, 4.0);
    let name = Style { face: Face::Serif, size: 34.0, least: 11.0, lines: 2, ink: Ink::Navy, ..CENTRED };
    column.put(Role::Heading, certificate.holder(), name, 8.0);
    let rule = column.top;
    column.top += 12.0;
    column.put(Role::Text, "has completed the course", CENTRED, 4.0);
    let course = Style { face: Face::Serif, size: 24.0, least: 10.0, lines: 2, ink: Ink::Navy, ..CENTRED };
    column.put(Role::Heading, &certificate.course_title, course, 0.0);
    let down = ((FACTS - 14.0 - column.top) / 2.0).max(0.0);
    column.blocks.iter_mut().skip(first).for_each(|block| block.top += down);
    rule + down
}

/// In columns of the same width.
fn facts(column: &mut Column, certificate: &CertificateRow) {
    let printed = certificate.printed();
    let shown = ["completedAt", "issuedAt", "instructorName", "durationSeconds"];
    let facts: Vec<_> = shown.iter().filter_map(|field| printed.iter().find(|one| one.field == *field)).collect();
    let width = LINE / facts.len() as f32;
    for (at, fact) in facts.into_iter().enumerate() {
        let left = MARGIN + at as f32 * width;
        let label = Style { size: 9.0, ..CENTRED };
        let height = column.place(Role::Text, fact.label, label, (left, FACTS, width));
        let value = Style { size: 13.0, least: 7.0, lines: 2, ink: Ink::Navy, ..CENTRED };
        column.place(Role::Text, &fact.value, value, (left + 6.0, FACTS + height + 2.0, width - 12.0));
    }
}

fn foot(column: &mut Column, certificate: &CertificateRow, address: &str) {
    let width = LINE - CODE - 16.0;
    let small = Style { size: 9.0, least: 6.0, alignment: Alignment::Start, ..CENTRED };
    let mut top = HEIGHT - 116.0;
    for (text, style) in [
        ("Serial number", small),
        (certificate.serial.as_str(), Style { size: 13.0, ink: Ink::Navy, ..small }),
        ("Check this certificate at", small),
        (address, Style { ink: Ink::Navy, ..small }),
    ] {
        top += column.place(Role::Text, text, style, (MARGIN, top, width));
    }
}

#[cfg(test)]
mod tests;
