//! The fonts, which lie in the binary: what a certificate looks like must not depend on the machine.

use std::sync::Arc;

use parley::{
    FontContext, FontFamily, FontFamilyName,
    fontique::{Blob, Collection, CollectionOptions, SourceCache},
};

macro_rules! fonts {
    ($($file:literal),* $(,)?) => {
        const FILES: &[&[u8]] = &[$(include_bytes!(concat!("../../../fonts/", $file))),*];
    };
}

fonts! {
    "NotoSans-Regular.ttf",
    "NotoSerif-Regular.ttf",
    "NotoNaskhArabic-Regular.ttf",
    "NotoSansHebrew-Regular.ttf",
    "NotoSansDevanagari-Regular.ttf",
    "NotoSansBengali-Regular.ttf",
    "NotoSansTamil-Regular.ttf",
    "NotoSansThai-Regular.ttf",
    "NotoSansGeorgian-Regular.ttf",
    "NotoSansArmenian-Regular.ttf",
    "NotoSansEthiopic-Regular.ttf",
    "wqy-microhei.ttc",
}

/// For letters that the face itself has not: the first that has them.
const OTHERS: [FontFamilyName<'static>; 10] = [
    FontFamilyName::named("Noto Naskh Arabic"),
    FontFamilyName::named("Noto Sans Hebrew"),
    FontFamilyName::named("Noto Sans Devanagari"),
    FontFamilyName::named("Noto Sans Bengali"),
    FontFamilyName::named("Noto Sans Tamil"),
    FontFamilyName::named("Noto Sans Thai"),
    FontFamilyName::named("Noto Sans Georgian"),
    FontFamilyName::named("Noto Sans Armenian"),
    FontFamilyName::named("Noto Sans Ethiopic"),
    FontFamilyName::named("WenQuanYi Micro Hei"),
];

/// The look of Latin, Greek and Cyrillic letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    Sans,
    Serif,
}

impl Face {
    pub fn families(self) -> FontFamily<'static> {
        let (first, second) = match self {
            Self::Sans => ("Noto Sans", "Noto Serif"),
            Self::Serif => ("Noto Serif", "Noto Sans"),
        };
        let own = [first, second].map(FontFamilyName::named);
        FontFamily::List(own.into_iter().chain(OTHERS).collect())
    }
}

/// These fonts and no others.
pub fn fonts() -> FontContext {
    let mut collection = Collection::new(CollectionOptions { shared: false, system_fonts: false });
    for file in FILES {
        collection.register_fonts(Blob::new(Arc::new(*file)), None);
    }
    FontContext { collection, source_cache: SourceCache::default() }
}
