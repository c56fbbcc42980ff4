use std::collections::BTreeSet;

use chrono::{DateTime, TimeZone, Utc};
use kernel::{CertificateId, CourseId, EnrollmentId, UserId};
use sea_orm::prelude::Uuid;

use super::*;

fn at(day: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 7, day, 12, 0, 0).unwrap()
}

fn certificate(name: &str) -> CertificateRow {
    let id = Uuid::from_u128(1);
    CertificateRow {
        id: CertificateId(id),
        enrollment_id: EnrollmentId(id),
        user_id: UserId(id),
        course_id: CourseId(id),
        course_version_id: None,
        serial: super::super::serial_of(7),
        recipient_name: name.into(),
        course_title: "Ownership and Borrowing".into(),
        instructor_name: "Tomas Reyes".into(),
        institution_name: "Lectern".into(),
        duration: 4_500,
        issued_at: at(3),
        completed_at: at(2),
        revoked_at: None,
        revoked_reason: String::new(),
        superseded_at: None,
        replaced_by: None,
        created_at: at(3),
        updated_at: at(3),
        created_by: None,
        updated_by: None,
    }
}

const ADDRESS: &str = "https://school.example/certificates/0000-0000-0000-0000-0000-0000";

/// Names as people have them.
const NAMES: [&str; 26] = [
    "Ada Lovelace",
    "José Ñuñez-Łukasiewicz",
    "Ægir Þórðarson",
    "Nguyễn Thị Minh Khai",
    "Şükrü Çağlar Ğ",
    "Dvořák Žižka",
    "Zoe\u{308} A\u{301}lvarez",
    "Ἀλέξανδρος Παπαδόπουλος",
    "Фёдор Михайлович Достоевский",
    "Їжакевич Ґалина",
    "王小明",
    "歐陽菲菲",
    "山田 太郎",
    "さくら カタカナ",
    "김철수",
    "박서연",
    "محمد عبد الله",
    "مریم\u{200c}گلی رضایی",
    "دانیال ٹیپو ڈوگر",
    "דוד בן-גוריון",
    "अनन्या शर्मा",
    "অনন্যা চট্টোপাধ্যায়",
    "அனன்யா",
    "สมชาย ใจดี",
    "ნინო ჩხეიძე",
    "Ada عبد الله 王小明 Фёдор דוד",
];

/// The glyphs of a text by their numbers, and the pieces of text that they stand for.
fn shown(block: &Block) -> (Vec<u32>, String) {
    let (mut ids, mut text) = (vec![], vec![]);
    for line in block.layout.lines() {
        for run in line.runs() {
            for cluster in run.visual_clusters() {
                ids.extend(cluster.glyphs().map(|glyph| glyph.id));
                text.push((cluster.text_range().start, block.text[cluster.text_range()].to_string()));
            }
        }
    }
    text.sort();
    (ids, text.into_iter().map(|(_, piece)| piece).collect())
}

#[test]
fn names_of_every_script_have_all_their_letters() {
    for name in NAMES {
        for row in [
            certificate(name),
            CertificateRow { instructor_name: name.into(), course_title: name.into(), ..certificate("Ada") },
        ] {
            for block in laid_out(&row, ADDRESS).blocks {
                let (ids, text) = shown(&block);
                assert!(!ids.is_empty() && !ids.contains(&0), "{}: {ids:?}", block.text);
                assert_eq!(text, block.text, "every character is some glyph's");
            }
        }
    }
}

#[test]
fn what_no_font_has_is_found_out() {
    let sheet = laid_out(&certificate("\u{10330}"), ADDRESS);
    let name = sheet.blocks.iter().find(|block| block.role == Role::Heading).unwrap();
    assert!(shown(name).0.contains(&0), "else the test above can't fail");
}

#[test]
fn what_no_font_has_is_left_out_where_something_is_left() {
    for (name, drawn) in [
        ("Ada 🦀 Lovelace", "Ada Lovelace"),
        ("🎓Ada", "Ada"),
        ("Ada 👩\u{200d}🚀", "Ada"),
        ("مریم\u{200c}گلی 🌹 رضایی", "مریم\u{200c}گلی رضایی"),
    ] {
        let sheet = laid_out(&certificate(name), ADDRESS);
        let block = sheet.blocks.iter().find(|block| block.role == Role::Heading).unwrap();
        assert_eq!(block.text, drawn);
        assert!(!shown(block).0.contains(&0), "{name}");
    }
}

/// The letters of one text on its sheet, from left to right.
fn of_name(name: &str) -> Vec<u32> {
    let sheet = laid_out(&certificate(name), ADDRESS);
    shown(sheet.blocks.iter().find(|block| block.text == name).unwrap()).0
}

#[test]
fn arabic_letters_are_joined_and_run_from_right_to_left() {
    // Beh alone, and as the first, middle and last of three.
    let alone = of_name("ب");
    let joined = of_name("ببب");
    assert_eq!((alone.len(), joined.len()), (1, 3));
    let shapes: BTreeSet<_> = alone.iter().chain(&joined).collect();
    assert_eq!(shapes.len(), 4, "a shape for each place");
    // Latin first: what is said first stands left of it. Arabic first: right of it.
    let sheet = laid_out(&certificate("אב"), ADDRESS);
    let block = sheet.blocks.iter().find(|block| block.text == "אב").unwrap();
    let line = block.layout.lines().next().unwrap();
    let starts: Vec<usize> = line
        .runs()
        .flat_map(|run| run.visual_clusters().map(|cluster| cluster.text_range().start).collect::<Vec<_>>())
        .collect();
    assert_eq!(starts, [2, 0]);
}

#[test]
fn everything_that_is_printed_is_on_the_sheet_and_nothing_else_is_left_out() {
    let row = certificate("Ada Lovelace");
    let texts: Vec<String> = laid_out(&row, ADDRESS).blocks.into_iter().map(|block| block.text).collect();
    let printed = row.printed();
    assert_eq!(printed.len(), 8);
    for one in printed {
        assert!(texts.contains(&one.value), "{}", one.label);
    }
    assert!(texts.contains(&ADDRESS.to_string()));
}

#[test]
fn nothing_leaves_the_sheet_and_no_two_texts_meet() {
    let long = "Wolfeschlegelsteinhausenbergerdorff ".repeat(7).trim().to_string();
    let unbroken = "W".repeat(255);
    let names = NAMES.iter().map(ToString::to_string).chain([long, unbroken, "王".repeat(255)]);
    for name in names {
        let row = CertificateRow {
            instructor_name: name.clone(),
            course_title: name.clone(),
            institution_name: name.clone(),
            revoked_at: Some(at(4)),
            ..certificate(&name)
        };
        let boxes: Vec<_> = laid_out(&row, ADDRESS).blocks.iter().map(extent).collect();
        for (at, one) in boxes.iter().enumerate() {
            assert!(
                one.0 >= 34.0 && one.1 >= 34.0 && one.2 <= WIDTH - 34.0 && one.3 <= HEIGHT - 34.0,
                "{name}: {one:?}"
            );
            let meets = |other: &&(f32, f32, f32, f32)| {
                one.0 < other.2 && other.0 < one.2 && one.1 < other.3 - 0.5 && other.1 < one.3 - 0.5
            };
            assert_eq!(boxes[at + 1..].iter().find(meets), None, "{name}: {one:?}");
        }
    }
}

/// Left, top, right, bottom of what is drawn.
fn extent(block: &Block) -> (f32, f32, f32, f32) {
    let lines = block.layout.lines().map(|line| *line.metrics()).collect::<Vec<_>>();
    let left = lines.iter().map(|line| line.offset).fold(f32::MAX, f32::min);
    let right = lines.iter().map(|line| line.offset + line.advance - line.hanging_advance).fold(0.0, f32::max);
    (block.left + left, block.top, block.left + right, block.top + block.layout.height())
}

#[test]
fn the_same_certificate_is_the_same_file_and_only_used_letters_are_in_it() {
    let row = certificate("Ada Lovelace");
    let file = sheet(&row, ADDRESS).unwrap();
    assert_eq!(file, sheet(&row, ADDRESS).unwrap());
    assert!(file.starts_with(b"%PDF-") && file.len() < 100_000, "{} bytes", file.len());
    let chinese = sheet(&certificate("王小明"), ADDRESS).unwrap();
    assert!(chinese.len() < 100_000 && chinese != file, "{} bytes", chinese.len());
    let has = |needle: &[u8]| file.windows(needle.len()).any(|window| window == needle);
    for part in [&b"/StructTreeRoot"[..], b"/ToUnicode", b"/Lang", b"/Title", b"/FontFile"] {
        assert!(has(part), "{}", String::from_utf8_lossy(part));
    }
}

#[test]
fn a_certificate_that_is_no_longer_good_says_so() {
    let texts = |row: &CertificateRow| -> Vec<String> {
        laid_out(row, ADDRESS).blocks.into_iter().map(|block| block.text).collect()
    };
    let good = certificate("Ada");
    let revoked = CertificateRow { revoked_at: Some(at(9)), ..good.clone() };
    let replaced = CertificateRow { superseded_at: Some(at(9)), ..good.clone() };
    let says = |row: &CertificateRow, words: &str| texts(row).iter().any(|text| text.contains(words));
    assert!(
        says(&revoked, "Revoked on 9 July 2026") && says(&replaced, "Replaced by another certificate on 9 July 2026")
    );
    assert!(!says(&good, "no longer valid"));
    let erased = CertificateRow { recipient_name: String::new(), ..revoked };
    assert!(says(&erased, super::super::printed::NAME_REMOVED));
}
