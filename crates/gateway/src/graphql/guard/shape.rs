use std::collections::HashMap;

use super::{Exceeded, Limits, Weights, within};
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

/// As deep as graphql-js lets introspection lists nest.
const INTROSPECTION_LISTS: u64 = 2;

/// Measures the operation and holds it against the limits.
pub fn shape(
    document: &ExecutableDocument,
    operation: &OperationDefinition,
    variables: &Variables,
    (weights, limits): (&Weights, &Limits),
) -> Result<Shape, Exceeded> {
    let mut walk = Walk { document, operation, variables, weights, known: HashMap::new() };
    let root = match operation.ty {
        OperationType::Query => "Query",
        OperationType::Mutation => "Mutation",
        OperationType::Subscription => "Subscription",
    };
    let mut shape = walk.set(&operation.selection_set.node, root);
    for name in document.fragments.keys() {
        // An unused fragment is parsed and validated too.
        shape.selections = shape.selections.max(walk.fragment(name).selections);
    }
    within("selections", limits.selections, shape.selections)?;
    let root_fields = root_fields(document, &operation.selection_set.node, &mut Vec::new());
    within("depth", limits.depth, shape.depth)?;
    within("aliases", limits.aliases, shape.aliases)?;
    within("directives", limits.directives, shape.directives)?;
    within("rootFields", limits.root_fields, root_fields)?;
    if operation.ty == OperationType::Mutation {
        within("mutations", limits.mutations, root_fields)?;
    }
    // As the specification has it: what several of them answered could not be told apart by when it came.
    if operation.ty == OperationType::Subscription {
        within("subscriptions", 1, root_fields)?;
    }
    within("introspectionLists", INTROSPECTION_LISTS, shape.introspection_lists)?;
    if shape.cost > limits.cost {
        return Err(Exceeded { code: "COST_LIMIT_EXCEEDED", ..Exceeded::document("cost", limits.cost, shape.cost) });
    }
    Ok(shape)
}

/// The fields that run at the root, fragments expanded. Asked only of documents with few selections.
fn root_fields<'a>(document: &'a ExecutableDocument, set: &'a SelectionSet, inside: &mut Vec<&'a str>) -> u64 {
    let mut fields = 0;
    for item in &set.items {
        fields += match &item.node {
            Selection::Field(_) => 1,
            Selection::InlineFragment(inline) => root_fields(document, &inline.node.selection_set.node, inside),
            Selection::FragmentSpread(spread) => {
                let name = spread.node.fragment_name.node.as_str();
                match document.fragments.get(name) {
                    Some(fragment) if !inside.contains(&name) => {
                        inside.push(name);
                        let fields = root_fields(document, &fragment.node.selection_set.node, inside);
                        inside.pop();
                        fields
                    }
                    _ => 0,
                }
            }
        };
    }
    fields
}

struct Walk<'a> {
    document: &'a ExecutableDocument,
    operation: &'a OperationDefinition,
    variables: &'a Variables,
    weights: &'a Weights,
    /// Measured fragments; `None` while one is being measured, so that a cycle ends (validation refuses it later).
    known: HashMap<&'a str, Option<Shape>>,
}

impl<'a> Walk<'a> {
    fn set(&mut self, set: &'a SelectionSet, parent: &'a str) -> Shape {
        let mut total = Shape::default();
        for item in &set.items {
            let (mut inner, directives) = match &item.node {
                Selection::Field(field) => (self.field(&field.node, parent), &field.node.directives),
                Selection::InlineFragment(inline) => {
                    let on = inline.node.type_condition.as_ref().map_or(parent, |on| on.node.on.node.as_str());
                    (self.set(&inline.node.selection_set.node, on), &inline.node.directives)
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

    fn field(&mut self, field: &'a Field, parent: &'a str) -> Shape {
        let name = field.name.node.as_str();
        let (ty, weight) = self.weights.step(parent, name);
        let mut inner = self.set(&field.selection_set.node, ty);
        inner.aliases = inner.aliases.saturating_add(u64::from(field.alias.is_some()));
        inner.cost = inner.cost.saturating_mul(self.page_size(field, weight)).saturating_add(1);
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
        let shape = self.set(&fragment.node.selection_set.node, &fragment.node.type_condition.node.on.node);
        self.known.insert(name, Some(shape));
        shape
    }

    /// How often a field's selection is answered: a connection's page size, the number of ids asked for, or what a list
    /// of its kind is taken to hold.
    fn page_size(&self, field: &Field, weight: u64) -> u64 {
        if let Some(Value::List(ids)) = self.argument(field, "ids") {
            return ids.len().max(1) as u64;
        }
        let size = |name| match self.argument(field, name) {
            Some(Value::Number(number)) => number.as_u64(),
            _ => None,
        };
        size("first").or_else(|| size("last")).unwrap_or(weight).max(1)
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

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;

    use super::*;

    fn measure(text: &str, variables: serde_json::Value, limits: &Limits) -> Result<Shape, Exceeded> {
        let document = parse_query(text).unwrap();
        let (_, operation) = document.operations.iter().next().unwrap();
        let schema = "type Query { a: A list: AConnection rows: [A!]! l: AConnection nodes: [A]! } type A { b: A rows: [A!] } type AConnection { nodes: [A!]! }";
        let weights = Weights::new(&async_graphql::parser::parse_schema(schema).unwrap().definitions);
        shape(&document, &operation.node, &Variables::from_json(variables), (&weights, limits))
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
        assert_eq!(cost("{ list { ... { nodes { b } } } }", none()), 1 + 20 * 2);
        assert_eq!(cost("{ rows { rows { b } } }", none()), 1 + 5 * (1 + 5));
        let variable = "query ($n: Int = 3) { list(first: $n) { nodes { b } } }";
        assert_eq!(cost(variable, none()), 1 + 3 * 2);
        assert_eq!(cost(variable, serde_json::json!({"n": 5})), 1 + 5 * 2);
        assert_eq!(cost("{ nodes(ids: [1, 2, 3]) { id } }", none()), 1 + 3);
    }

    #[test]
    fn each_limit_holds_at_the_limit_and_refuses_one_more() {
        let limits = Limits {
            selections: 9,
            depth: 3,
            aliases: 1,
            directives: 1,
            root_fields: 2,
            mutations: 1,
            cost: 30,
            ..Limits::default()
        };
        for (good, bad, limit) in [
            ("{ a { b c d e f g h i } }", "{ a { b c d e f g h i j } }", "selections"),
            ("{ a { b { c } } }", "{ a { b { c { d } } } }", "depth"),
            ("{ x: a }", "{ x: a y: a }", "aliases"),
            ("{ a @skip(if: true) }", "{ a @skip(if: true) b @skip(if: true) }", "directives"),
            ("{ a b }", "{ a b c }", "rootFields"),
            ("{ a b }", "{ ...f } fragment f on Query { a ... { b } c }", "rootFields"),
            ("mutation { a }", "mutation { a b }", "mutations"),
            ("mutation { a }", "mutation { ...f } fragment f on Mutation { a b }", "mutations"),
            ("subscription { a }", "subscription { a b }", "subscriptions"),
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
