//! What the values of a request have to be before anything runs.

use async_graphql::{
    ServerError, Value, Variables,
    parser::types::{ExecutableDocument, OperationDefinition, OperationType, Selection, SelectionSet},
};

use super::execute::coded;

/// What holds U+0000 is told beside what came of each answer: one of a queue keeps no other back. They look at every text
/// themselves, before it comes to the database.
const LOOK_THEMSELVES: [&str; 2] = ["saveAnswer", "saveAnswers"];

/// Every required variable is given (the library runs on without it), and no text holds U+0000, which PostgreSQL can't
/// store.
pub fn check_values(
    document: &ExecutableDocument,
    operation: &OperationDefinition,
    variables: &Variables,
) -> Result<(), ServerError> {
    for variable in &operation.variable_definitions {
        let (name, ty) = (&variable.node.name.node, &variable.node.var_type.node);
        let is_missing = variables.get(name).is_none_or(|value| *value == Value::Null);
        if !ty.nullable && variable.node.default_value.is_none() && is_missing {
            let message = format!("The variable \"${name}\" of the required type \"{ty}\" is not given.");
            return Err(coded(ServerError::new(message, Some(variable.pos)), "BAD_USER_INPUT"));
        }
    }
    if only_those_that_look(operation) {
        return Ok(());
    }
    let sets = document.fragments.values().map(|fragment| &fragment.node.selection_set.node);
    let in_text = sets.chain([&operation.selection_set.node]).any(set_has_nul);
    if in_text || variables.values().any(has_nul) {
        return Err(coded(ServerError::new("Texts can't hold the character U+0000.", None), "BAD_USER_INPUT"));
    }
    Ok(())
}

fn only_those_that_look(operation: &OperationDefinition) -> bool {
    let looks = |selection: &Selection| match selection {
        Selection::Field(field) => LOOK_THEMSELVES.contains(&field.node.name.node.as_str()),
        Selection::InlineFragment(_) | Selection::FragmentSpread(_) => false,
    };
    let selections = &operation.selection_set.node.items;
    operation.ty == OperationType::Mutation && selections.iter().all(|selection| looks(&selection.node))
}

fn set_has_nul(set: &SelectionSet) -> bool {
    set.items.iter().any(|item| match &item.node {
        Selection::Field(field) => {
            let arguments = field.node.arguments.iter();
            let constant = arguments.map(|(_, value)| value.node.clone().into_const_with(|_| Ok::<_, ()>(Value::Null)));
            constant.flatten().any(|value| has_nul(&value)) || set_has_nul(&field.node.selection_set.node)
        }
        Selection::InlineFragment(inline) => set_has_nul(&inline.node.selection_set.node),
        // Fragments are looked through once each.
        Selection::FragmentSpread(_) => false,
    })
}

fn has_nul(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\0'),
        Value::List(values) => values.iter().any(has_nul),
        Value::Object(members) => members.iter().any(|(name, value)| name.contains('\0') || has_nul(value)),
        _ => false,
    }
}
