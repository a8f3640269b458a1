//! `/v1/wholesale/subPartners`: only listed, because Cisco sets them up on request.

use axum::response::Response;
use hub_core::operation::sub_partners;
use hub_core::record::{ProvisioningState, SubPartner};
use serde::Serialize;
use utoipa::ToSchema;

use super::wire::Time;
use crate::http::answer::{self, List};
use crate::http::call::Call;
use crate::http::paging::Paging;
use crate::http::problem::Problem;
use crate::http::wire_id::{self, WireId};
use crate::http::word::{Word, Worded, one_of};
use crate::openapi::family::{Family, routes};

pub(super) fn routes() -> Family {
    Family::default().routes(routes!(list))
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct SubPartnerView<'a> {
    org_id: WireId,
    subscription_id: &'a str,
    #[schema(schema_with = one_of::<ProvisioningState>)]
    provisioning_state: Word<ProvisioningState>,
    created: Time,
    billing_start_date: Time,
}

impl Worded for ProvisioningState {
    const WORDS: &[(&str, Self)] =
        &[("active", ProvisioningState::Active), ("suspended", ProvisioningState::Suspended)];
}

impl<'a> SubPartnerView<'a> {
    fn of(sub_partner: &'a SubPartner) -> Self {
        SubPartnerView {
            org_id: wire_id::of(sub_partner.organization),
            subscription_id: &sub_partner.subscription,
            provisioning_state: Word(sub_partner.provisioning_state),
            created: Time(sub_partner.created),
            billing_start_date: Time(sub_partner.billing_start),
        }
    }
}

/// Lists the sub-partners of a partner.
#[utoipa::path(
    get, path = "/v1/wholesale/subPartners", tag = "Wholesale Provisioning",
    operation_id = "listWholesaleSubPartners",
    params(("provisioningState" = Option<String>, Query, description = "`active` or `suspended`."), Paging),
    responses((status = 200, description = "A page of sub-partners.", body = List<SubPartnerView>)),
)]
async fn list(mut call: Call) -> Result<Response, Problem> {
    let state = call.parameters.choice("provisioningState", ProvisioningState::WORDS)?;
    let wanted = call.page()?;
    call.finish()?;
    let page = call.read(|world, context| sub_partners::list(world, context, state, wanted))?;
    let items: Vec<_> = page.items.iter().map(|sub_partner| SubPartnerView::of(sub_partner)).collect();
    Ok(answer::page(&call, wanted, &items, page.next))
}
