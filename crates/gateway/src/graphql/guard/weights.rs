use std::collections::HashMap;

use async_graphql::parser::types::{FieldDefinition, TypeKind, TypeSystemDefinition};

/// What the page of a connection holds when nothing else is said.
const PAGE: u64 = 20;
/// What a list that is short by nature is taken to hold.
const SHORT_LIST: u64 = 5;

/// Where each field of each type leads and how often its selection is answered: from the schema, so that no spelling of a
/// query hides a list.
#[derive(Default)]
pub struct Weights(HashMap<String, HashMap<String, Step>>);

/// A field's type, and what its list is taken to hold.
struct Step {
    ty: String,
    weight: u64,
}

impl Weights {
    /// From the schema's definitions.
    pub fn new(definitions: &[TypeSystemDefinition]) -> Self {
        Self(definitions.iter().filter_map(steps).collect())
    }

    /// The type that a field leads to, and its weight. What is not in the schema leads nowhere: validation refuses it.
    pub fn step(&self, parent: &str, field: &str) -> (&str, u64) {
        let step = self.0.get(parent).and_then(|fields| fields.get(field));
        step.map_or(("", 1), |step| (step.ty.as_str(), step.weight))
    }
}

fn steps(definition: &TypeSystemDefinition) -> Option<(String, HashMap<String, Step>)> {
    let TypeSystemDefinition::Type(definition) = definition else {
        return None;
    };
    let fields = match &definition.node.kind {
        TypeKind::Object(object) => &object.fields,
        TypeKind::Interface(interface) => &interface.fields,
        _ => return None,
    };
    let name = definition.node.name.node.to_string();
    // A connection has been counted where it began; its own lists hold no more.
    let is_connection = name.ends_with("Connection");
    let fields = fields.iter().map(|field| step(&field.node, is_connection));
    Some((name, fields.collect()))
}

fn step(field: &FieldDefinition, is_counted: bool) -> (String, Step) {
    let ty = field.ty.node.to_string();
    let inner = ty.trim_matches(['[', ']', '!']).to_string();
    let weight = if is_counted {
        1
    } else if inner.ends_with("Connection") {
        PAGE
    } else if ty.starts_with('[') {
        SHORT_LIST
    } else {
        1
    };
    (field.name.node.to_string(), Step { ty: inner, weight })
}
