//! `#[testkit::on_both]`: one test, run on SQLite and on PostgreSQL.

use proc_macro::TokenStream;
use quote::quote;
use syn::{ItemFn, parse_macro_input};

/// Makes of `async fn name(app: TestApp)` the tests `name::on_sqlite` and `name::on_postgres`, each with a database of
/// its own.
#[proc_macro_attribute]
pub fn on_both(_: TokenStream, item: TokenStream) -> TokenStream {
    let test = parse_macro_input!(item as ItemFn);
    let name = &test.sig.ident;
    quote! {
        #test

        mod #name {
            #[test]
            fn on_sqlite() {
                ::testkit::run(async {
                    let app = ::testkit::TestApp::on_sqlite().await;
                    super::#name(app.clone()).await;
                    app.finish().await;
                });
            }

            #[test]
            fn on_postgres() {
                ::testkit::run(async {
                    let app = ::testkit::TestApp::on_postgres().await;
                    super::#name(app.clone()).await;
                    app.finish().await;
                });
            }
        }
    }
    .into()
}
