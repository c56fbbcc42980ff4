//! Nobody gets in unless the field is on the list.

use std::collections::HashSet;

use async_graphql::parser::types::{ExecutableDocument, OperationDefinition, OperationType, Selection, SelectionSet};

/// The root fields that need no sign-in. Keep it short.
pub const OPEN: &[&str] = &[
    "Query.categories",
    "Query.category",
    "Query.course",
    "Query.courses",
    "Query.freeCourses",
    "Query.node",
    "Query.nodes",
    "Query.popularCourses",
    "Mutation.login",
    "Mutation.refreshSession",
    "Mutation.register",
];

/// What one does to get a working credential; open even to those who come with a broken one.
pub const SIGNING_IN: &[&str] = &["Mutation.login", "Mutation.refreshSession", "Mutation.register"];

/// The first root field of the operation that is not on the list.
pub fn first_closed(document: &ExecutableDocument, operation: &OperationDefinition, open: &[&str]) -> Option<String> {
    let root = match operation.ty {
        OperationType::Query => "Query",
        OperationType::Mutation => "Mutation",
        OperationType::Subscription => "Subscription",
    };
    let mut fields = Vec::new();
    collect(document, &operation.selection_set.node, &mut HashSet::new(), &mut fields);
    let mut fields = fields.into_iter().filter(|field| !field.starts_with("__")).map(|field| format!("{root}.{field}"));
    fields.find(|field| !open.contains(&field.as_str()))
}

fn collect<'a>(document: &'a ExecutableDocument, set: &'a SelectionSet, seen: &mut HashSet<&'a str>, fields: &mut Vec<&'a str>) {
    for item in &set.items {
        match &item.node {
            Selection::Field(field) => fields.push(&field.node.name.node),
            Selection::InlineFragment(inline) => collect(document, &inline.node.selection_set.node, seen, fields),
            Selection::FragmentSpread(spread) => {
                let name = spread.node.fragment_name.node.as_str();
                if let Some(fragment) = document.fragments.get(name)
                    && seen.insert(name)
                {
                    collect(document, &fragment.node.selection_set.node, seen, fields);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;

    use super::*;

    fn closed(text: &str) -> Option<String> {
        let document = parse_query(text).unwrap();
        let (_, operation) = document.operations.iter().next().unwrap();
        first_closed(&document, &operation.node, OPEN)
    }

    #[test]
    fn a_closed_field_is_found_wherever_it_hides() {
        for text in ["{ me { id } }", "{ x: me { id } }", "{ courses { nodes { id } } me { id } }", "{ ... on Query { me { id } } }", "{ ...f } fragment f on Query { ...g } fragment g on Query { me { id } }"] {
            assert_eq!(closed(text).as_deref(), Some("Query.me"), "{text}");
        }
        assert_eq!(closed("mutation { logout { userErrors { code } } }").as_deref(), Some("Mutation.logout"));
    }

    #[test]
    fn open_fields_and_introspection_pass() {
        for text in ["{ courses { nodes { id } } __typename }", "{ __schema { types { name } } }", "{ ...a } fragment a on Query { courses { totalCount } ...a }"] {
            assert_eq!(closed(text), None, "{text}");
        }
    }
}
