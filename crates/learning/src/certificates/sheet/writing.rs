//! The sheet as PDF: only the letters that are used are embedded, and each text says what it is.

use std::{
    collections::{BTreeMap, HashMap},
    num::NonZeroU16,
};

use kernel::{Error, Result};
use krilla::{
    Document, SerializeSettings,
    action::{Action, LinkAction},
    annotation::{Annotation, LinkAnnotation, Target},
    color::rgb,
    geom::{PathBuilder, Point, Rect},
    metadata::{DateTime, Metadata},
    page::{Page, PageSettings},
    paint::{Fill, Stroke},
    surface::Surface,
    tagging::{Artifact, ArtifactType, ContentTag, SpanTag, Tag, TagGroup, TagTree},
    text::{Font, GlyphId, KrillaGlyph},
};
use parley::{GlyphRun, PositionedLayoutItem};

use super::{Block, CODE, HEIGHT, Ink, MARGIN, Role, Sheet, WIDTH, code::squares};
use crate::CertificateRow;

impl Ink {
    fn colour(self) -> rgb::Color {
        match self {
            Self::Navy => rgb::Color::new(24, 36, 68),
            Self::Grey => rgb::Color::new(88, 94, 106),
            Self::Gold => rgb::Color::new(138, 102, 33),
            Self::Red => rgb::Color::new(176, 22, 34),
        }
    }
}

pub(super) fn write(sheet: &Sheet, certificate: &CertificateRow) -> Result<Vec<u8>> {
    let settings = SerializeSettings { enable_tagging: true, ..SerializeSettings::default() };
    let mut document = Document::new_with(settings);
    document.set_metadata(metadata(certificate));
    let size = PageSettings::from_wh(WIDTH, HEIGHT).ok_or_else(|| broken("a page of no size"))?;
    let mut page = document.start_page_with(size);
    let mut tree = TagTree::new().with_lang(Some("en".into()));
    draw(&mut page, sheet, &mut tree)?;
    link(&mut page, sheet, &mut tree);
    page.finish();
    document.set_tag_tree(tree);
    document.finish().map_err(|error| broken(format!("{error:?}")))
}

fn broken(why: impl std::fmt::Display) -> Error {
    Error::Internal(format!("a certificate can't be written: {why}"))
}

fn metadata(certificate: &CertificateRow) -> Metadata {
    use chrono::{Datelike, Timelike};
    let at = certificate.issued_at;
    // All of them fit: a year has four digits.
    let part = |number: u32| u8::try_from(number).unwrap_or_default();
    let created = DateTime::new(u16::try_from(at.year()).unwrap_or_default())
        .month(part(at.month()))
        .day(part(at.day()))
        .hour(part(at.hour()))
        .minute(part(at.minute()));
    Metadata::new()
        .title(format!("Certificate of Completion: {}", certificate.course_title))
        .authors(vec![certificate.institution_name.clone()])
        .language("en".into())
        .creation_date(created)
        .document_id(certificate.serial.clone())
}

fn draw(page: &mut Page<'_>, sheet: &Sheet, tree: &mut TagTree) -> Result<()> {
    let mut surface = page.surface();
    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
    frame(&mut surface, sheet.rule);
    surface.end_tagged();
    let mut fonts = HashMap::new();
    for block in &sheet.blocks {
        let content = surface.start_tagged(ContentTag::Span(SpanTag::empty()));
        letters(&mut surface, block, &mut fonts)?;
        surface.end_tagged();
        let mut group = match block.role {
            Role::Title => TagGroup::new(Tag::Hn(NonZeroU16::MIN, None)),
            Role::Heading => TagGroup::new(Tag::Hn(NonZeroU16::MIN.saturating_add(1), None)),
            Role::Text => TagGroup::new(Tag::P),
        };
        group.push(content);
        tree.push(group);
    }
    if let Some((squares, count)) = squares(&sheet.address) {
        let content = surface.start_tagged(ContentTag::Other);
        dots(&mut surface, &squares, count);
        surface.end_tagged();
        let alternative = "A code that leads a phone to the page of this certificate";
        let mut group = TagGroup::new(Tag::Figure(Some(alternative.into())));
        group.push(content);
        tree.push(group);
    }
    surface.finish();
    Ok(())
}

/// Where the code stands: left, top.
const CODE_AT: (f32, f32) = (WIDTH - MARGIN - CODE, HEIGHT - 54.0 - CODE);

/// Whoever has the file instead of the paper can touch the code.
fn link(page: &mut Page<'_>, sheet: &Sheet, tree: &mut TagTree) {
    let Some(rect) = Rect::from_xywh(CODE_AT.0, CODE_AT.1, CODE, CODE) else { return };
    let target = Target::Action(Action::Link(LinkAction::new(sheet.address.clone())));
    let says = format!("The page of this certificate: {}", sheet.address);
    let annotation = page.add_tagged_annotation(Annotation::new_link(LinkAnnotation::new(rect, target), Some(says)));
    let mut group = TagGroup::new(Tag::Link);
    group.push(annotation);
    tree.push(group);
}

/// Two lines around everything, and one under the name.
fn frame(surface: &mut Surface<'_>, rule: f32) {
    for (inset, width, ink) in [(24.0, 2.5, Ink::Navy), (31.0, 0.8, Ink::Gold)] {
        let rect = Rect::from_xywh(inset, inset, WIDTH - 2.0 * inset, HEIGHT - 2.0 * inset);
        stroke(surface, width, ink, |path| rect.into_iter().for_each(|rect| path.push_rect(rect)));
    }
    stroke(surface, 0.8, Ink::Gold, |path| {
        path.move_to(WIDTH / 2.0 - 150.0, rule);
        path.line_to(WIDTH / 2.0 + 150.0, rule);
    });
}

fn stroke(surface: &mut Surface<'_>, width: f32, ink: Ink, draw: impl FnOnce(&mut PathBuilder)) {
    let mut path = PathBuilder::new();
    draw(&mut path);
    surface.set_fill(None);
    surface.set_stroke(Some(Stroke { paint: ink.colour().into(), width, ..Stroke::default() }));
    if let Some(path) = path.finish() {
        surface.draw_path(&path);
    }
    surface.set_stroke(None);
}

fn fill(surface: &mut Surface<'_>, ink: Ink) {
    surface.set_fill(Some(Fill { paint: ink.colour().into(), ..Fill::default() }));
}

fn dots(surface: &mut Surface<'_>, squares: &[(i32, i32)], count: i32) {
    let side = CODE / count as f32;
    let mut path = PathBuilder::new();
    for (column, row) in squares {
        let (left, top) = (CODE_AT.0 + *column as f32 * side, CODE_AT.1 + *row as f32 * side);
        // A hair wider than it is, so that no gap shows between two.
        Rect::from_xywh(left, top, side + 0.02, side + 0.02).into_iter().for_each(|rect| path.push_rect(rect));
    }
    fill(surface, Ink::Navy);
    if let Some(path) = path.finish() {
        surface.draw_path(&path);
    }
}

fn letters(surface: &mut Surface<'_>, block: &Block, fonts: &mut HashMap<u64, Font>) -> Result<()> {
    for line in block.layout.lines() {
        for item in line.items() {
            if let PositionedLayoutItem::GlyphRun(run) = item {
                fill(surface, run.style().brush);
                let start = Point::from_xy(block.left + run.offset(), block.top + run.baseline());
                let font = font(&run, fonts)?;
                surface.draw_glyphs(start, &glyphs(&run), font, &block.text, run.run().font_size(), false);
            }
        }
    }
    Ok(())
}

fn font(run: &GlyphRun<'_, Ink>, fonts: &mut HashMap<u64, Font>) -> Result<Font> {
    let font = run.run().font().clone();
    let (data, id) = font.data.into_raw_parts();
    if let Some(known) = fonts.get(&id) {
        return Ok(known.clone());
    }
    let new = Font::new(data.into(), font.index).ok_or_else(|| broken("a font can't be read"))?;
    fonts.insert(id, new.clone());
    Ok(new)
}

/// The letters of a run, each with the text that it stands for. The whole block has one style, so that a run of glyphs is a
/// run of text.
fn glyphs(run: &GlyphRun<'_, Ink>) -> Vec<KrillaGlyph> {
    let (size, ends) = (run.run().font_size(), ends(run));
    let mut glyphs = Vec::<KrillaGlyph>::new();
    for cluster in run.run().visual_clusters() {
        let range = cluster.text_range();
        let range = range.start..ends.get(&range.start).copied().unwrap_or(range.end);
        for glyph in cluster.glyphs().filter(|_| !cluster.is_ligature_continuation()) {
            let (advance, x, y) = (glyph.advance / size, glyph.x / size, -glyph.y / size);
            glyphs.push(KrillaGlyph::new(GlyphId::new(glyph.id), advance, x, y, 0.0, range.clone(), None));
        }
    }
    glyphs
}

/// Where the text of each glyph ends, by where it begins: several letters may be drawn as one.
fn ends(run: &GlyphRun<'_, Ink>) -> BTreeMap<usize, usize> {
    let (mut ends, mut start) = (BTreeMap::new(), None);
    for cluster in run.run().clusters() {
        let range = cluster.text_range();
        let first = start.filter(|_| cluster.is_ligature_continuation()).unwrap_or(range.start);
        ends.insert(first, range.end);
        start = Some(first);
    }
    ends
}
