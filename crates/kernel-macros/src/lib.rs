//! `#[kernel::audited]`: the columns that every table of the specification's `AuditableModel` has. `InOrder`: rows that are read
//! by the places of their columns.

use proc_macro::TokenStream;
use quote::quote;
use syn::{Fields, ItemStruct, parse::Parser, parse_macro_input};

/// Gives an entity its audit columns: when, and by whom, it was created, updated and deleted.
/// Stands above `#[sea_orm::model]`, so that SeaORM sees the columns too.
#[proc_macro_attribute]
pub fn audited(_: TokenStream, item: TokenStream) -> TokenStream {
    let mut model = parse_macro_input!(item as ItemStruct);
    match add_columns(&mut model) {
        Ok(()) => {}
        Err(error) => return error.to_compile_error().into(),
    }
    quote! {
        #model

        impl ::kernel::Audited for Entity {
            const CREATED_AT: Column = Column::CreatedAt;
            const CREATED_BY: Column = Column::CreatedBy;
            const UPDATED_AT: Column = Column::UpdatedAt;
            const UPDATED_BY: Column = Column::UpdatedBy;
            const IS_DELETED: Column = Column::IsDeleted;
            const DELETED_AT: Column = Column::DeletedAt;
            const DELETED_BY: Column = Column::DeletedBy;
        }
    }
    .into()
}

fn add_columns(model: &mut ItemStruct) -> syn::Result<()> {
    let Fields::Named(columns) = &mut model.fields else {
        return Err(syn::Error::new_spanned(model, "an entity has named columns"));
    };
    for column in [
        quote!(pub created_at: DateTimeUtc),
        quote!(pub created_by: Option<::kernel::UserId>),
        quote!(pub updated_at: DateTimeUtc),
        quote!(pub updated_by: Option<::kernel::UserId>),
        quote!(pub is_deleted: bool),
        quote!(pub deleted_at: Option<DateTimeUtc>),
        quote!(pub deleted_by: Option<::kernel::UserId>),
    ] {
        columns.named.push(syn::Field::parse_named.parse2(column)?);
    }
    Ok(())
}

/// Reads a partial model by the places of its columns, as they were selected, and not by their names: to look a name up, twice for
/// each value, takes longer than to read the value. Stands beside `DerivePartialModel` with `from_query_result = "false"`. Where the
/// model is nested in another its columns have a prefix, and are read by name.
#[proc_macro_derive(InOrder)]
pub fn in_order(item: TokenStream) -> TokenStream {
    let row = parse_macro_input!(item as ItemStruct);
    let name = &row.ident;
    let fields: Vec<_> = row.fields.iter().filter_map(|field| field.ident.as_ref()).collect();
    let names: Vec<String> = fields.iter().map(ToString::to_string).collect();
    let places = 0..fields.len();
    quote! {
        impl ::sea_orm::FromQueryResult for #name {
            fn from_query_result(row: &::sea_orm::QueryResult, prefix: &str) -> Result<Self, ::sea_orm::DbErr> {
                Ok(Self::from_query_result_nullable(row, prefix)?)
            }

            fn from_query_result_nullable(
                row: &::sea_orm::QueryResult,
                prefix: &str,
            ) -> Result<Self, ::sea_orm::TryGetError> {
                if !prefix.is_empty() {
                    return Ok(Self { #(#fields: row.try_get_nullable(prefix, #names)?),* });
                }
                debug_assert!(::kernel::begins_with(row, &[#(#names),*]), "columns in another order than they are read in");
                Ok(Self { #(#fields: row.try_get_by_index_nullable(#places)?),* })
            }
        }
    }
    .into()
}
