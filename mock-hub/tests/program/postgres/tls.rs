//! A database that is spoken to by TLS only: the hub encrypts, and checks who it is speaking to where it is told to.

use std::path::Path;

use throwaway_postgres::Server;

use super::{Session, server};
use crate::process::{CUSTOMERS, Hub, run};

/// Certificates for the name `localhost`, by an authority that only this test knows.
const SCRIPT: &str = "set -e
new='-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes'
openssl req -x509 $new -keyout ca.key -out ca.crt -days 2 -subj /CN=authority
openssl req $new -keyout server.key -out server.csr -subj /CN=database
echo subjectAltName=DNS:localhost > names
openssl x509 -req -in server.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 -extfile names -out server.crt
echo 'hostssl all all 127.0.0.1/32 trust' > hba
echo 'local all all trust' >> hba";

/// None where these tests are left out.
fn own_server() -> Option<Server> {
    server()?;
    let mut server = Server::prepare("tls").unwrap();
    server.run("sh", &["-c", SCRIPT]).unwrap();
    let file = |name: &str| server.folder().join(name).display().to_string();
    let (certificate, key) = (file("server.crt"), file("server.key"));
    let settings = [
        "fsync=off",
        "ssl=on",
        &format!("ssl_cert_file={certificate}"),
        &format!("ssl_key_file={key}"),
        &format!("hba_file={}", file("hba")),
    ];
    server.listen(&settings).unwrap();
    Some(server)
}

fn address(server: &Server, host: &str, mode: &str, authority: Option<&Path>) -> String {
    let authority = authority.map_or_else(String::new, |file| format!("&sslrootcert={}", file.display()));
    format!("{}?sslmode={mode}{authority}", server.url_at(host))
}

#[test]
fn a_hub_speaks_to_its_database_by_tls_and_knows_whom_it_speaks_to() {
    let Some(server) = own_server() else { return };
    let authority = server.folder().join("ca.crt");
    for (mode, authority) in
        [("require", None), ("verify-ca", Some(&*authority)), ("verify-full", Some(&*authority))]
    {
        let hub = Hub::frozen(&["--journal", &address(&server, "localhost", mode, authority)]);
        let customer = hub.new_customer(mode);
        assert_eq!(hub.post(CUSTOMERS, &customer).status, 202, "{mode}");
        let encrypted = "SELECT STRING_AGG(DISTINCT ssl::text, ' ') FROM pg_stat_ssl \
                         JOIN pg_stat_activity USING (pid) WHERE application_name = 'mock-hub'";
        assert_eq!(Session::on(&server.url()).text(encrypted), "true", "{mode}");
    }
    // The certificate is not for this name of the machine, which counts for one of the modes only.
    let hub = Hub::frozen(&["--journal", &address(&server, "127.0.0.1", "verify-ca", Some(&authority))]);
    let journal = hub.get(&format!("{CUSTOMERS}?max=100")).text().to_owned();
    assert!(["require", "verify-ca", "verify-full"].iter().all(|name| journal.contains(name)), "{journal}");
}

#[test]
fn a_database_that_is_not_the_one_meant_is_refused_at_once() {
    let Some(server) = own_server() else { return };
    let authority = server.folder().join("ca.crt");
    for (host, mode, authority, why) in [
        ("localhost", "verify-full", None, "invalid peer certificate"),
        ("localhost", "verify-ca", None, "invalid peer certificate"),
        ("127.0.0.1", "verify-full", Some(&*authority), "not valid for name"),
        ("localhost", "disable", None, "no encryption"),
    ] {
        let (code, said) = run(&["--journal", &address(&server, host, mode, authority)]);
        assert_eq!(code, Some(1), "{mode}: {said}");
        assert!(said.starts_with("error: the journal failed to open the database"), "{said}");
        assert!(said.contains(why) && !said.contains("waiting"), "{said}");
    }
}
