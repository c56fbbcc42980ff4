//! `#[kernel::audited]`: the columns that every table of the specification's `AuditableModel` has.

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
