//! What somebody who starts the hub must know to use it: the greeting for a person, the ready file for a program.
//!
//! Separate from serving, because it only tells of a hub that listens already.

use std::fs;
use std::io;
use std::net::SocketAddr;
use std::path::Path;

use hub_core::record::ProvisioningState;
use serde::Serialize;

use crate::app::App;
use crate::control::tokens::FULL_ADMIN;
use crate::http::wire_id;

/// A hub that is ready; also the form of the ready file.
#[derive(Debug, Serialize)]
pub(super) struct Ready {
    url: String,
    api: String,
    token: String,
    provisioning_id: Option<String>,
    partner_org_id: Option<String>,
    control: String,
    /// Where it listens on this machine, which a public address does not tell.
    listen: SocketAddr,
}

impl Ready {
    pub(super) fn of(app: &App, listen: SocketAddr) -> Self {
        let url = app.options.public_url.clone().unwrap_or_else(|| format!("http://{listen}"));
        let world = app.sandboxes.get(App::DEFAULT).map(|sandbox| sandbox.head().world.clone());
        let world = world.unwrap_or_default();
        let partner = world.partners().next().map(|partner| partner.organization);
        let mut templates = world.templates();
        let template = templates.find(|template| {
            Some(template.owner) == partner && template.provisioning_state == ProvisioningState::Active
        });
        Ready {
            api: format!("{url}/v1"),
            control: format!("{url}/_mock/v1"),
            token: app.well_known_token(FULL_ADMIN).unwrap_or_default(),
            provisioning_id: template.map(|template| wire_id::of(template.id).to_string()),
            partner_org_id: partner.map(|partner| wire_id::of(partner).to_string()),
            url,
            listen,
        }
    }

    pub(super) fn greeting(&self) -> String {
        let Ready { url, api, token, control, listen, .. } = self;
        let is_told = url.ends_with(&format!("//{listen}"));
        let listens = if is_told { String::new() } else { format!(" and listens on {listen}") };
        format!(
            "mock-hub serves {url}{listens}\n  API    {api}\n  token  {token}\n\nTry:\n  \
             curl -H 'Authorization: Bearer {token}' {api}/wholesale/customers\n  \
             curl -H 'Authorization: Bearer {token}' '{api}/wholesale/subscribers?max=2'\n  \
             curl -H 'Authorization: Bearer {token}' {control}/rules/SUB-003\n"
        )
    }

    /// Writes beside the file and renames, so that nobody reads half of it. One that is there keeps its mode.
    pub(super) fn write_to(&self, file: &Path) -> io::Result<()> {
        let mut draft = file.as_os_str().to_owned();
        draft.push(format!(".{}.tmp", std::process::id()));
        fs::write(&draft, serde_json::to_vec_pretty(self)?)?;
        if let Ok(known) = fs::metadata(file) {
            fs::set_permissions(&draft, known.permissions())?;
        }
        fs::rename(&draft, file)
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs::{Permissions, metadata, set_permissions};
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_ready_file_that_is_there_keeps_its_mode() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("ready.json");
        fs::write(&file, "of a hub before").unwrap();
        set_permissions(&file, Permissions::from_mode(0o640)).unwrap();
        let text = || "http://127.0.0.1:1".to_owned();
        let ready = Ready {
            url: text(),
            api: text(),
            token: text(),
            provisioning_id: None,
            partner_org_id: None,
            control: text(),
            listen: SocketAddr::from(([127, 0, 0, 1], 1)),
        };
        ready.write_to(&file).unwrap();
        assert!(fs::read_to_string(&file).unwrap().contains("127.0.0.1:1"));
        assert_eq!(metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
    }
}
