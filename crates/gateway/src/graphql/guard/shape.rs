use std::collections::HashMap;

use super::{Exceeded, Limits, within};
use async_graphql::{
    Name, Value, Variables,
    parser::types::{ExecutableDocument, Field, OperationDefinition, OperationType, Selection, SelectionSet},
};

/// What an operation amounts to with its fragments expanded.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Shape {
    pub selections: u64,
    pub depth: u64,
    pub aliases: u64,
    pub directives: u64,
    pub cost: u64,
    /// How deep the lists of an introspection nest: `fields { type { fields { ...`.
    introspection_lists: u64,
}

impl Shape {
    fn add(&mut self, other: Self) {
        self.selections = self.selections.saturating_add(other.selections);
        self.aliases = self.aliases.saturating_add(other.aliases);
        self.directives = self.directives.saturating_add(other.directives);
        self.cost = self.cost.saturating_add(other.cost);
        self.depth = self.depth.max(other.depth);
        self.introspection_lists = self.introspection_lists.max(other.introspection_lists);
    }
}

/// What the page of a connection holds when nothing else is said.
const DEFAULT_PAGE: u64 = 20;
/// As deep as graphql-js lets introspection lists nest.
const INTROSPECTION_LISTS: u64 = 2;

/// Measures the operation and holds it against the limits.
pub fn shape(
    document: &ExecutableDocument,
    operation: &OperationDefinition,
    variables: &Variables,
    limits: &Limits,
) -> Result<Shape, Exceeded> {
    let mut walk = Walk { document, operation, variables, known: HashMap::new() };
    let mut shape = walk.set(&operation.selection_set.node);
    for name in document.fragments.keys() {
        // An unused fragment is parsed and validated too.
        shape.selections = shape.selections.max(walk.fragment(name).selections);
    }
    let root_fields = operation.selection_set.node.items.len() as u64;
    within("selections", limits.selections, shape.selections)?;
    within("depth", limits.depth, shape.depth)?;
    within("aliases", limits.aliases, shape.aliases)?;
    within("directives", limits.directives, shape.directives)?;
    within("rootFields", limits.root_fields, root_fields)?;
    if operation.ty == OperationType::Mutation {
        within("mutations", limits.mutations, root_fields)?;
    }
    within("introspectionLists", INTROSPECTION_LISTS, shape.introspection_lists)?;
    if shape.cost > limits.cost {
        return Err(Exceeded { code: "COST_LIMIT_EXCEEDED", ..Exceeded::document("cost", limits.cost, shape.cost) });
    }
    Ok(shape)
}

struct Walk<'a> {
    document: &'a ExecutableDocument,
    operation: &'a OperationDefinition,
    variables: &'a Variables,
    /// Measured fragments; `None` while one is being measured, so that a cycle ends (validation refuses it later).
    known: HashMap<&'a str, Option<Shape>>,
}

impl<'a> Walk<'a> {
    fn set(&mut self, set: &'a SelectionSet) -> Shape {
        let mut total = Shape::default();
        for item in &set.items {
            let (mut inner, directives) = match &item.node {
                Selection::Field(field) => (self.field(&field.node), &field.node.directives),
                Selection::InlineFragment(inline) => {
                    (self.set(&inline.node.selection_set.node), &inline.node.directives)
                }
                Selection::FragmentSpread(spread) => {
                    (self.fragment(&spread.node.fragment_name.node), &spread.node.directives)
                }
            };
            inner.selections = inner.selections.saturating_add(1);
            inner.directives = inner.directives.saturating_add(directives.len() as u64);
            total.add(inner);
        }
        total
    }

    fn field(&mut self, field: &'a Field) -> Shape {
        let mut inner = self.set(&field.selection_set.node);
        let name = field.name.node.as_str();
        inner.aliases = inner.aliases.saturating_add(u64::from(field.alias.is_some()));
        inner.cost = inner.cost.saturating_mul(self.page_size(field)).saturating_add(1);
        if name.starts_with("__") {
            // The standard introspection is 15 levels deep and says nothing of our data.
            inner.depth = 0;
            inner.cost = 1;
        } else if matches!(name, "fields" | "interfaces" | "possibleTypes" | "inputFields") {
            inner.introspection_lists += 1;
        }
        inner.depth += 1;
        inner
    }

    fn fragment(&mut self, name: &'a str) -> Shape {
        if let Some(known) = self.known.get(name) {
            return known.unwrap_or_default();
        }
        let Some(fragment) = self.document.fragments.get(name) else {
            return Shape::default();
        };
        self.known.insert(name, None);
        let shape = self.set(&fragment.node.selection_set.node);
        self.known.insert(name, Some(shape));
        shape
    }

    /// How often a field's selection is answered: a connection's page size, or the number of ids asked for.
    fn page_size(&self, field: &Field) -> u64 {
        if let Some(Value::List(ids)) = self.argument(field, "ids") {
            return ids.len().max(1) as u64;
        }
        let size = |name| match self.argument(field, name) {
            Some(Value::Number(number)) => number.as_u64(),
            _ => None,
        };
        let default = if is_connection(field) { DEFAULT_PAGE } else { 1 };
        size("first").or_else(|| size("last")).unwrap_or(default).max(1)
    }

    /// An argument's value, with variables put in.
    fn argument(&self, field: &Field, wanted: &str) -> Option<Value> {
        let (_, value) = field.arguments.iter().find(|(name, _)| name.node == wanted)?;
        value.node.clone().into_const_with(|name| self.variable(&name).ok_or(())).ok()
    }

    fn variable(&self, name: &Name) -> Option<Value> {
        let given = self.variables.get(name).cloned();
        given.or_else(|| {
            let mut declared = self.operation.variable_definitions.iter();
            let variable = declared.find(|variable| variable.node.name.node == *name)?;
            variable.node.default_value.as_ref().map(|value| value.node.clone())
        })
    }
}

fn is_connection(field: &Field) -> bool {
    field.selection_set.node.items.iter().any(|item| match &item.node {
        Selection::Field(inner) => matches!(inner.node.name.node.as_str(), "nodes" | "edges"),
        // The fields may hide in a fragment: better count too much than too little.
        _ => field.arguments.iter().any(|(name, _)| matches!(name.node.as_str(), "after" | "before")),
    })
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;

    use super::*;

    fn measure(text: &str, variables: serde_json::Value, limits: &Limits) -> Result<Shape, Exceeded> {
        let document = parse_query(text).unwrap();
        let (_, operation) = document.operations.iter().next().unwrap();
        shape(&document, &operation.node, &Variables::from_json(variables), limits)
    }

    fn none() -> serde_json::Value {
        serde_json::Value::Null
    }

    #[test]
    fn a_connection_costs_its_page() {
        let limits = Limits::default();
        let cost = |text, variables| measure(text, variables, &limits).unwrap().cost;
        assert_eq!(cost("{ a { b c } }", none()), 3);
        assert_eq!(cost("{ list(first: 10) { nodes { b } } }", none()), 1 + 10 * 2);
        assert_eq!(cost("{ list { nodes { b } } }", none()), 1 + 20 * 2);
        let variable = "query ($n: Int = 3) { list(first: $n) { nodes { b } } }";
        assert_eq!(cost(variable, none()), 1 + 3 * 2);
        assert_eq!(cost(variable, serde_json::json!({"n": 5})), 1 + 5 * 2);
        assert_eq!(cost("{ nodes(ids: [1, 2, 3]) { id } }", none()), 1 + 3);
    }

    #[test]
    fn each_limit_holds_at_the_limit_and_refuses_one_more() {
        let limits = Limits {
            selections: 8,
            depth: 3,
            aliases: 1,
            directives: 1,
            root_fields: 2,
            mutations: 1,
            cost: 30,
            ..Limits::default()
        };
        for (good, bad, limit) in [
            ("{ a { b c d e f g h } }", "{ a { b c d e f g h i } }", "selections"),
            ("{ a { b { c } } }", "{ a { b { c { d } } } }", "depth"),
            ("{ x: a }", "{ x: a y: a }", "aliases"),
            ("{ a @skip(if: true) }", "{ a @skip(if: true) b @skip(if: true) }", "directives"),
            ("{ a b }", "{ a b c }", "rootFields"),
            ("mutation { a }", "mutation { a b }", "mutations"),
            ("{ l(first: 29) { id } }", "{ l(first: 30) { id } }", "cost"),
        ] {
            assert!(measure(good, none(), &limits).is_ok(), "{good}");
            assert_eq!(measure(bad, none(), &limits).unwrap_err().limit, limit, "{bad}");
        }
    }

    #[test]
    fn a_fragment_bomb_is_measured_at_once_and_refused() {
        let mut text = String::from("{ ...f0 }");
        for i in 0..60 {
            text += &format!(" fragment f{i} on Q {{ ...f{0} ...f{0} }}", i + 1);
        }
        assert_eq!(measure(&text, none(), &Limits::default()).unwrap_err().limit, "selections");
    }

    #[test]
    fn a_fragment_cycle_ends() {
        let text = "{ ...a } fragment a on Q { x ...b } fragment b on Q { y ...a }";
        assert!(measure(text, none(), &Limits::default()).is_ok());
    }

    #[test]
    fn the_standard_introspection_passes_and_a_deeper_one_does_not() {
        let deep = "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }";
        assert_eq!(measure(deep, none(), &Limits::default()).unwrap_err().limit, "introspectionLists");
        let usual = "{ __schema { types { fields { args { type { ofType { ofType { ofType { ofType { ofType { ofType { ofType { name";
        let usual = format!("{usual}{}", " }".repeat(usual.matches('{').count()));
        assert!(measure(&usual, none(), &Limits::default()).is_ok());
    }
}
