//! XML as a tree with the lines of its elements.

use quick_xml::{
    Reader, XmlVersion,
    events::{BytesRef, BytesStart, Event},
};

/// Deeper than any item is.
const MAX_DEPTH: usize = 64;

#[derive(Clone, Debug)]
pub struct Element {
    /// Without a namespace's prefix.
    pub name: String,
    pub line: usize,
    attributes: Vec<(String, String)>,
    pub children: Vec<Child>,
}

#[derive(Clone, Debug)]
pub enum Child {
    Element(Element),
    Text(String),
}

impl Element {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|child| match child {
            Child::Element(element) => Some(element),
            Child::Text(_) => None,
        })
    }

    pub fn named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.elements().filter(move |element| element.name == name)
    }

    /// All elements below of which this holds, in order; none of those within one.
    pub fn below<'a>(&'a self, is_wanted: &dyn Fn(&Element) -> bool) -> Vec<&'a Element> {
        let mut found = vec![];
        for element in self.elements() {
            if is_wanted(element) {
                found.push(element);
            } else {
                found.extend(element.below(is_wanted));
            }
        }
        found
    }
}

/// The document's one element, or the line and the sentence that says what is wrong.
pub fn parse(content: &str) -> Result<Element, (usize, String)> {
    let mut reader = Reader::from_str(content);
    let mut open: Vec<Element> = vec![];
    let mut root = None;
    let mut seen = (0, 1);
    loop {
        let at = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX).min(content.len());
        seen = (at, seen.1 + content.as_bytes()[seen.0..at].iter().filter(|byte| **byte == b'\n').count());
        let line = seen.1;
        let wrong = |message: &str| (line, message.to_string());
        let event = reader.read_event().map_err(|error| (line, format!("This is not well-formed XML: {error}.")))?;
        match event {
            Event::Start(start) => {
                if open.len() >= MAX_DEPTH {
                    return Err(wrong("Elements lie too deep within each other."));
                }
                open.push(element(&start, line)?);
            }
            Event::Empty(start) => close(&mut open, &mut root, element(&start, line)?),
            Event::End(_) => {
                let element = open.pop().ok_or_else(|| wrong("An element ends that never began."))?;
                close(&mut open, &mut root, element);
            }
            Event::Text(text) => push(&mut open, &text.decode().map_err(|_| wrong("This is no text."))?),
            Event::CData(text) => push(&mut open, &text.decode().map_err(|_| wrong("This is no text."))?),
            Event::GeneralRef(reference) => {
                let character = character(&reference).ok_or_else(|| wrong("Entities of one's own are not read."))?;
                push(&mut open, &character.to_string());
            }
            Event::DocType(_) => return Err(wrong("A document type is not read.")),
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
    if !open.is_empty() {
        return Err((seen.1, "An element does not end.".into()));
    }
    root.ok_or((1, "There is nothing in it.".into()))
}

fn element(start: &BytesStart<'_>, line: usize) -> Result<Element, (usize, String)> {
    let wrong = || (line, "An attribute is not well-formed, or names an entity of its own.".to_string());
    let mut attributes = vec![];
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|_| wrong())?;
        let value = attribute.normalized_value(XmlVersion::Explicit1_0).map_err(|_| wrong())?;
        attributes.push((text(attribute.key.local_name().as_ref()), value.into_owned()));
    }
    Ok(Element { name: text(start.local_name().as_ref()), line, attributes, children: vec![] })
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn character(reference: &BytesRef<'_>) -> Option<char> {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return Some(character);
    }
    match &*reference.decode().ok()? {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}

fn push(open: &mut [Element], text: &str) {
    if let Some(last) = open.last_mut() {
        match last.children.last_mut() {
            Some(Child::Text(before)) => before.push_str(text),
            _ => last.children.push(Child::Text(text.into())),
        }
    }
}

fn close(open: &mut [Element], root: &mut Option<Element>, element: Element) {
    match open.last_mut() {
        Some(parent) => parent.children.push(Child::Element(element)),
        None => *root = Some(element),
    }
}
