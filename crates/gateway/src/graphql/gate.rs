//! Nobody gets in unless the field is on the list.

use std::collections::HashSet;

use async_graphql::parser::types::{
    ExecutableDocument, OperationDefinition, OperationType, Selection, SelectionSet, TypeKind, TypeSystemDefinition,
};

/// The root fields that need no sign-in. Keep it short.
pub const OPEN: &[&str] = &[
    "Query.categories",
    "Query.categoryTree",
    "Query.category",
    "Query.course",
    "Query.courseFacets",
    "Query.courseReviews",
    "Query.courseSearchSuggestion",
    "Query.courses",
    "Query.freeCourses",
    "Query.node",
    "Query.nodes",
    "Query.playback",
    "Query.popularCourses",
    "Query.verifyCertificate",
    "Query.verifyReceipt",
    "Mutation.cancelAccountDeletion",
    "Mutation.completeTwoFactor",
    "Mutation.confirmEmailChange",
    "Mutation.login",
    "Mutation.refreshSession",
    "Mutation.register",
    "Mutation.requestPasswordReset",
    "Mutation.resendVerification",
    "Mutation.resetPassword",
    "Mutation.undoEmailChange",
    "Mutation.verifyEmail",
];

/// Does the field need no sign-in?
pub fn is_open(field: &str) -> bool {
    OPEN.contains(&field)
}

/// Is it open even to those who come with a broken credential? What one does to get a working one, or by a letter, or to
/// get rid of the broken one: a query would be answered as if to a stranger, and its asker would not hear of it.
pub fn is_open_to_rejected(field: &str) -> bool {
    field == "Mutation.logout" || (field.starts_with("Mutation.") && is_open(field))
}

/// Knows every root field there is, so that one nobody has heard of is left to validation, which says so.
pub struct Gate(HashSet<String>);

impl Gate {
    /// From the schema's definitions.
    pub fn new(definitions: &[TypeSystemDefinition]) -> Self {
        Self(definitions.iter().flat_map(root_fields).collect())
    }

    /// The first root field of the operation that is not on the list.
    pub fn first_closed(
        &self,
        document: &ExecutableDocument,
        operation: &OperationDefinition,
        is_open: fn(&str) -> bool,
    ) -> Option<String> {
        self.known(document, operation).into_iter().find(|field| !is_open(field))
    }

    /// The least of what is said of the operation's root fields; `None` when there is none, or nothing is said of one.
    pub fn least(
        &self,
        document: &ExecutableDocument,
        operation: &OperationDefinition,
        said: fn(&str) -> Option<u32>,
    ) -> Option<u32> {
        let said: Option<Vec<u32>> = self.known(document, operation).iter().map(|field| said(field)).collect();
        said?.into_iter().min()
    }

    /// What the operation is counted as: its root field, when it has one that there is.
    pub fn field(&self, document: &ExecutableDocument, operation: &OperationDefinition) -> String {
        let known = self.known(document, operation);
        let mut names = known.iter().filter_map(|field| field.split_once('.')).map(|(_, name)| name);
        match (names.next(), names.next()) {
            (Some(name), None) => name.into(),
            (Some(_), Some(_)) => "several".into(),
            (None, _) => if asks_for_schema(document, operation) { "introspection" } else { "none" }.into(),
        }
    }

    /// The root fields of the operation that there are.
    fn known(&self, document: &ExecutableDocument, operation: &OperationDefinition) -> Vec<String> {
        let root = match operation.ty {
            OperationType::Query => "Query",
            OperationType::Mutation => "Mutation",
            OperationType::Subscription => "Subscription",
        };
        let mut fields = Vec::new();
        collect(document, &operation.selection_set.node, &mut HashSet::new(), &mut fields);
        let fields = fields.into_iter().map(|field| format!("{root}.{field}"));
        fields.filter(|field| self.0.contains(field)).collect()
    }
}

/// Does the operation ask what there is?
pub fn asks_for_schema(document: &ExecutableDocument, operation: &OperationDefinition) -> bool {
    let mut fields = Vec::new();
    collect(document, &operation.selection_set.node, &mut HashSet::new(), &mut fields);
    fields.iter().any(|field| ["__schema", "__type"].contains(field))
}

fn root_fields(definition: &TypeSystemDefinition) -> Vec<String> {
    let TypeSystemDefinition::Type(definition) = definition else {
        return vec![];
    };
    let name = &definition.node.name.node;
    match &definition.node.kind {
        TypeKind::Object(object) if ["Query", "Mutation", "Subscription"].contains(&name.as_str()) => {
            object.fields.iter().map(|field| format!("{name}.{}", field.node.name.node)).collect()
        }
        _ => vec![],
    }
}

fn collect<'a>(
    document: &'a ExecutableDocument,
    set: &'a SelectionSet,
    seen: &mut HashSet<&'a str>,
    fields: &mut Vec<&'a str>,
) {
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
    use async_graphql::parser::{parse_query, parse_schema};

    use super::*;

    fn closed(text: &str) -> Option<String> {
        let document = parse_query(text).unwrap();
        let (_, operation) = document.operations.iter().next().unwrap();
        let gate = Gate::new(
            &parse_schema("type Query { me: Int courses: Int } type Mutation { logout: Int login: Int }")
                .unwrap()
                .definitions,
        );
        gate.first_closed(&document, &operation.node, is_open)
    }

    #[test]
    fn a_closed_field_is_found_wherever_it_hides() {
        for text in [
            "{ me { id } }",
            "{ x: me { id } }",
            "{ courses { nodes { id } } me { id } }",
            "{ ... on Query { me { id } } }",
            "{ ...f } fragment f on Query { ...g } fragment g on Query { me { id } }",
        ] {
            assert_eq!(closed(text).as_deref(), Some("Query.me"), "{text}");
        }
        assert_eq!(closed("mutation { logout { userErrors { code } } }").as_deref(), Some("Mutation.logout"));
    }

    #[test]
    fn a_broken_credential_keeps_nobody_from_open_mutations_and_from_signing_out() {
        for mutation in OPEN.iter().filter(|field| field.starts_with("Mutation.")) {
            assert!(is_open_to_rejected(mutation), "{mutation}");
        }
        assert!(is_open_to_rejected("Mutation.logout"));
        assert!(!is_open_to_rejected("Query.courses") && !is_open_to_rejected("Mutation.updateProfile"));
    }

    #[test]
    fn open_fields_and_introspection_pass() {
        for text in [
            "{ courses { nodes { id } } __typename }",
            "{ __schema { types { name } } }",
            "{ unheardOf }",
            "{ ...a } fragment a on Query { courses { totalCount } ...a }",
        ] {
            assert_eq!(closed(text), None, "{text}");
        }
    }
}
