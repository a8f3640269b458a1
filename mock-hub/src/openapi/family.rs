//! Families of routes, with what the OpenAPI document says of them, which is put together only when somebody asks for it.
//!
//! Separate from utoipa's router, which makes the document of all operations before the first request can come: that
//! was most of a start. What the document says stands in the annotations of handlers.

use std::sync::Arc;

use axum::extract::DefaultBodyLimit;
use axum::handler::Handler;
use axum::routing::MethodRouter;
use utoipa::openapi::{HttpMethod, OpenApi};
use utoipa_axum::PathItemExt;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouter};

use crate::app::App;

/// The operations at one path.
#[derive(Debug)]
pub struct Route {
    /// The path, with names in braces.
    pub path: String,
    /// What answers there.
    pub methods: MethodRouter<Arc<App>>,
    documented: fn() -> UtoipaMethodRouter<Arc<App>>,
}

/// Routes of one resource.
#[derive(Debug, Default)]
pub struct Family(Vec<Route>);

/// The route of annotated handlers that have one path.
///
/// A macro, because what `#[utoipa::path]` makes of an annotation is found by the handler's name alone.
macro_rules! routes {
    ($first:path $(, $further:path)*) => {
        utoipa_axum::paste! {
            $crate::openapi::family::Route::at(
                utoipa_axum::routes!(@path [path()] of $first),
                || utoipa_axum::routes!($first $(, $further)*),
            )
            .on(&utoipa_axum::routes!(@path [methods()] of $first), $first)
            $(.on(&utoipa_axum::routes!(@path [methods()] of $further), $further))*
        }
    };
}
pub(crate) use routes;

impl Route {
    pub(crate) fn at(path: String, documented: fn() -> UtoipaMethodRouter<Arc<App>>) -> Self {
        Route { path, methods: MethodRouter::new(), documented }
    }

    pub(crate) fn on<T: 'static>(self, methods: &[HttpMethod], handler: impl Handler<T, Arc<App>>) -> Self {
        let on = |router: MethodRouter<_>, method: &HttpMethod| {
            router.on(method.to_method_filter(), handler.clone())
        };
        Route { methods: methods.iter().fold(self.methods, on), ..self }
    }
}

impl Family {
    pub(crate) fn routes(mut self, route: Route) -> Self {
        self.0.push(route);
        self
    }

    pub(crate) fn merge(mut self, family: Family) -> Self {
        self.0.extend(family.0);
        self
    }

    /// Leaves it to the handlers how much of a body they take in.
    pub(crate) fn without_body_limit(self) -> Self {
        let unlimited =
            |route: Route| Route { methods: route.methods.layer(DefaultBodyLimit::disable()), ..route };
        Family(self.0.into_iter().map(unlimited).collect())
    }

    /// What the document says of them.
    pub(crate) fn document(self) -> OpenApi {
        let add = |router: OpenApiRouter<_>, route: Route| router.routes((route.documented)());
        self.0.into_iter().fold(OpenApiRouter::default(), add).into_openapi()
    }
}

impl IntoIterator for Family {
    type Item = Route;
    type IntoIter = std::vec::IntoIter<Route>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
