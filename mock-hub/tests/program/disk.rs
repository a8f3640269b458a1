//! A disk that is full, and files that cannot be written to: writes are refused, reads go on, and nobody has to restart
//! anything.

use std::fs::{self, OpenOptions, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use insta::assert_snapshot;

use crate::process::{CUSTOMERS, Folder, Hub, run, run_by};

/// Something that has only so much room for a journal.
trait Disk {
    /// Starts a hub on a journal there.
    fn start(&self) -> Hub;
    fn fill(&self, hub: &Hub);
    fn make_room(&self, hub: &Hub);
}

/// No file of the process may be larger than it is: for any user, on any Linux.
struct Limit(Folder);

impl Limit {
    fn set(hub: &Hub, limit: &str) {
        let process = hub.process().to_string();
        let set = Command::new("prlimit").args(["--pid", &process, &format!("--fsize={limit}:")]).status();
        assert!(set.unwrap().success());
    }
}

impl Disk for Limit {
    fn start(&self) -> Hub {
        let journal = format!("sqlite:{}", self.0.path("hub.db").display());
        // The signal would end the process; ignored, the write fails.
        Hub::start_by(&["sh", "-c", "trap '' XFSZ; exec \"$@\"", "sh"], &["--journal", &journal])
    }

    fn fill(&self, hub: &Hub) {
        Limit::set(hub, &fs::metadata(self.0.path("hub.db-wal")).unwrap().len().to_string());
    }

    fn make_room(&self, hub: &Hub) {
        Limit::set(hub, "unlimited");
    }
}

/// A disk of its own in memory, where users may have one.
struct Small(Folder);

impl Small {
    const MOUNT: &str = "mount -t tmpfs -o size=1m tmpfs \"$0\" && head -c 300000 /dev/zero > \"$0/ballast\"";

    fn is_allowed() -> bool {
        let folder = Folder::new();
        let mut mount = Command::new("unshare");
        mount.args(["--map-root-user", "--mount", "sh", "-c", Self::MOUNT]).arg(folder.path(""));
        mount.status().is_ok_and(|status| status.success())
    }

    /// A file on it, as seen from outside.
    fn file(&self, hub: &Hub, name: &str) -> PathBuf {
        let inside = self.0.path(name);
        Path::new(&format!("/proc/{}/root", hub.process())).join(inside.strip_prefix("/").unwrap())
    }
}

impl Disk for Small {
    fn start(&self) -> Hub {
        let script = format!("{} && exec \"$@\"", Self::MOUNT);
        let folder = self.0.path("").display().to_string();
        let front = ["unshare", "--map-root-user", "--mount", "sh", "-c", &script, &folder];
        Hub::start_by(&front, &["--journal", &format!("sqlite:{}", self.0.path("hub.db").display())])
    }

    fn fill(&self, hub: &Hub) {
        let filled = fs::write(self.file(hub, "more"), vec![0; 2 << 20]);
        assert_eq!(filled.unwrap_err().kind(), std::io::ErrorKind::StorageFull);
    }

    fn make_room(&self, hub: &Hub) {
        fs::remove_file(self.file(hub, "more")).unwrap();
        fs::remove_file(self.file(hub, "ballast")).unwrap();
    }
}

fn disks() -> Vec<Box<dyn Disk>> {
    let mut disks: Vec<Box<dyn Disk>> = vec![Box::new(Limit(Folder::new()))];
    match Small::is_allowed() {
        true => disks.push(Box::new(Small(Folder::new()))),
        false => eprintln!("left out: a disk of its own, which this user may not have"),
    }
    disks
}

#[test]
fn a_full_disk_refuses_writes_until_there_is_room_api_016() {
    for disk in disks() {
        let hub = disk.start();
        let customer = |number: u32| hub.post(CUSTOMERS, &hub.new_customer(&format!("customer-{number}")));
        assert_eq!(customer(0).status, 202);
        disk.fill(&hub);
        let refused =
            (1..100).map(|number| (number, customer(number))).find(|(_, answer)| answer.status != 202);
        let (number, refused) = refused.expect("the disk is full");
        assert_eq!(refused.status, 503, "{}", refused.text());
        assert_eq!((refused.header("x-mock-hub-rule"), refused.header("retry-after")), ("API-016", "1"));
        let message = refused.json()["message"].as_str().unwrap().to_owned();
        assert!(message.contains("disk") && message.contains("nothing was changed, try again"), "{message}");
        assert_eq!(customer(number).status, 503, "it is still full");

        let list = || hub.get(&format!("{CUSTOMERS}?max=100")).json();
        let before = list();
        assert!(before["items"].as_array().is_some_and(|customers| {
            customers.iter().all(|customer| customer["externalId"] != format!("customer-{number}"))
        }));
        assert_eq!(hub.get("/readyz").status, 200, "it can be read");
        disk.make_room(&hub);
        assert_eq!(customer(number).status, 202, "no restart is needed");
        let after = list()["items"].as_array().unwrap().len();
        assert_eq!(after, before["items"].as_array().unwrap().len() + 1, "it happened once");
    }
}

/// What becomes the program without the right of root to write anywhere; nothing where that right is not there.
fn unprivileged(file: &Path) -> &'static [&'static str] {
    match OpenOptions::new().append(true).open(file) {
        Ok(_) => &["setpriv", "--bounding-set=-dac_override,-dac_read_search"],
        Err(_) => &[],
    }
}

#[test]
fn a_journal_that_cannot_be_written_to_starts_no_hub_and_says_what_it_takes() {
    let folder = Folder::new();
    fs::create_dir(folder.path("kept")).unwrap();
    let file = folder.path("kept/hub.db");
    let journal = format!("sqlite:{}", file.display());
    let hub = Hub::start(&["--journal", &journal]);
    hub.terminate();
    assert_eq!(hub.ended(), Some(0));
    let permit = |path: &Path, mode| fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
    let start = |front| {
        let (code, said) = run_by(front, &["--listen", "127.0.0.1:0", "--journal", &journal]);
        assert_eq!(code, Some(1), "{said}");
        said.replace(&file.display().to_string(), "FILE")
    };

    permit(&file, 0o444);
    let front = unprivileged(&file);
    assert_snapshot!(start(front), @"error: the journal FILE cannot be opened (attempt to write a readonly database): the hub has to write to the file and to its folder");
    permit(&file, 0o644);
    permit(&folder.path("kept"), 0o555);
    assert_snapshot!(start(front), @"error: the journal FILE cannot be opened (attempt to write a readonly database): the hub has to write to the file and to its folder");
    assert_eq!(
        run_by(front, &["journal", "check", &journal]).0,
        Some(0),
        "to look at it takes no more than reading"
    );
    permit(&folder.path("kept"), 0o755);
    assert_eq!(run(&["journal", "check", &journal]).0, Some(0));
}
