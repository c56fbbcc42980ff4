//! Text set in lines: shaped, in its direction, as large as it fits.

use parley::{
    Alignment, AlignmentOptions, FontContext, Layout, LayoutContext, LineHeight, OverflowWrap, StyleProperty,
};

use super::fonts::{Face, fonts};

/// How a text is to be set.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    pub face: Face,
    pub size: f32,
    /// What it may shrink to.
    pub least: f32,
    /// In how many lines it should be. As small as it may be, it takes what it needs.
    pub lines: usize,
    pub alignment: Alignment,
    pub ink: Ink,
}

/// The colours of the sheet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ink {
    #[default]
    Navy,
    Grey,
    Gold,
    Red,
}

/// Sets texts; its fonts are read once.
pub struct Setter {
    fonts: FontContext,
    layouts: LayoutContext<Ink>,
}

impl Setter {
    pub fn new() -> Self {
        Self { fonts: fonts(), layouts: LayoutContext::new() }
    }

    /// The text in lines of this width, at the largest size at which it needs no more lines than it should.
    pub fn set(&mut self, text: &str, style: Style, width: f32) -> Layout<Ink> {
        let mut size = style.size;
        loop {
            let layout = self.at(text, style, width, size);
            if layout.len() <= style.lines || size <= style.least {
                return layout;
            }
            size = (size - 1.0).max(style.least);
        }
    }

    /// The text without what no font has, such as an emoji: paper would show a box. All of it when nothing would be left.
    pub fn drawable(&mut self, text: &str, style: Style) -> String {
        let layout = self.at(text, style, f32::MAX, style.size);
        let mut missing = vec![];
        for run in layout.lines().flat_map(|line| line.runs().collect::<Vec<_>>()) {
            let lacking = run.clusters().filter(|cluster| cluster.glyphs().any(|glyph| glyph.id == 0));
            missing.extend(lacking.map(|cluster| cluster.text_range()));
        }
        if missing.is_empty() {
            return text.into();
        }
        let is_drawn = |at: usize| !missing.iter().any(|range| range.contains(&at));
        let left: String = text.char_indices().filter(|(at, _)| is_drawn(*at)).map(|(_, letter)| letter).collect();
        // What joined it to others, and the spaces on both sides of it.
        let left = left.replace(['\u{200d}', '\u{fe0e}', '\u{fe0f}'], "");
        let left = left.split_whitespace().collect::<Vec<_>>().join(" ");
        if left.is_empty() { text.into() } else { left }
    }

    fn at(&mut self, text: &str, style: Style, width: f32, size: f32) -> Layout<Ink> {
        // A scale of 1, and no rounding to pixels: paper has none.
        let mut builder = self.layouts.ranged_builder(&mut self.fonts, text, 1.0, false);
        builder.push_default(StyleProperty::Brush(style.ink));
        builder.push_default(style.face.families());
        builder.push_default(StyleProperty::FontSize(size));
        builder.push_default(LineHeight::FontSizeRelative(1.3));
        // A name without spaces that is longer than the line.
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::Anywhere));
        let mut layout = builder.build(text);
        layout.break_all_lines(Some(width));
        layout.align(style.alignment, AlignmentOptions::default());
        layout
    }
}
