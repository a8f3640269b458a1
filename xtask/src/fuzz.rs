//! The fuzz targets, each for a bounded time, guided by what its inputs reach.
//!
//! `fuzz/` is built with the coverage that libFuzzer asks for, which the stable compiler can give, in a folder of its own
//! below `target/fuzz`; what was found to reach something new is kept there for the next run. An input that
//! breaks a target is kept, printed as base64 (CI keeps no files), and fails the run. Each run draws from the same seed.

use std::env::{consts::OS, var_os};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::deadline::{ended_within, run_within};
use crate::{cargo, root, target_folder};

/// Where the targets are; a workspace of its own.
pub const MANIFEST: &str = "fuzz/Cargo.toml";

/// What `cargo fuzz` asks of the compiler, where it asks for no sanitizer.
const COVERAGE: &str = "--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares";
/// The targets, each with the folder of inputs that it begins with.
const TARGETS: [(&str, &str); 6] = [
    ("csv_plan", "fuzz/seeds/csv_plan"),
    ("journal_entries", "fixtures/journals"),
    ("protocol_lines", "fuzz/seeds/protocol_lines"),
    ("requests", "fuzz/seeds/requests"),
    ("scim_bodies", "fuzz/seeds/scim_bodies"),
    ("wire_ids", "fuzz/seeds/wire_ids"),
];
const BUILD_LIMIT: Duration = Duration::from_secs(1800);
/// What a target may need besides its time: to begin, and to end its last input.
const GRACE: Duration = Duration::from_secs(60);
const LINES_SHOWN: usize = 30;

/// What to run.
#[derive(Debug)]
pub struct Errand {
    /// This target; none = all of them.
    pub name: Option<String>,
    /// How long each runs.
    pub seconds: u32,
}

/// Builds the targets and runs them one after the other.
pub fn run(errand: &Errand) -> Result<()> {
    ensure!(
        OS == "linux",
        "the fuzz targets run on Linux only: libFuzzer and its coverage are built in there"
    );
    let is_wanted = |name: &str| errand.name.as_ref().is_none_or(|wanted| wanted == name);
    let wanted: Vec<_> = TARGETS.into_iter().filter(|(name, _)| is_wanted(name)).collect();
    if wanted.is_empty() {
        bail!("there is no such fuzz target; there are {}", TARGETS.map(|(name, _)| name).join(", "));
    }
    let programs = build(&wanted)?;
    for (name, seeds) in wanted {
        Fuzzer { program: programs.join(name), name, seeds }.run(errand.seconds)?;
    }
    Ok(())
}

/// Builds these targets; the folder that their programs are in.
fn build(targets: &[(&str, &str)]) -> Result<PathBuf> {
    let compiler = var_os("CXX").unwrap_or_else(|| "c++".into());
    let has_compiler = Command::new(compiler).arg("--version").stdout(Stdio::null()).status().is_ok();
    ensure!(has_compiler, "the fuzz targets need a C++ compiler; Debian's package is g++");
    let host = host()?;
    // A target that is named keeps these flags from build scripts, which have no fuzzer to report to.
    let mut cargo =
        cargo::command(&["build", "--quiet", "--locked", "--manifest-path", MANIFEST, "--target", &host]);
    cargo.args(targets.iter().flat_map(|(name, _)| ["--bin", name]));
    cargo.env("CARGO_TARGET_DIR", folder()).env("RUSTFLAGS", COVERAGE).env_remove("CARGO_ENCODED_RUSTFLAGS");
    run_within(&mut cargo, BUILD_LIMIT)?;
    Ok(folder().join(host).join("debug"))
}

/// The name of this machine's target.
fn host() -> Result<String> {
    let compiler = var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let said = Command::new(compiler).arg("-vV").output().context("cannot run rustc")?.stdout;
    let said = String::from_utf8(said).context("rustc does not say what it is")?;
    let host = said.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(host.context("rustc does not say what its host is")?.to_owned())
}

fn folder() -> PathBuf {
    target_folder().join("fuzz")
}

/// A target that was built.
struct Fuzzer<'a> {
    name: &'a str,
    seeds: &'a str,
    program: PathBuf,
}

impl Fuzzer<'_> {
    fn run(&self, seconds: u32) -> Result<()> {
        let [corpus, artifacts] = ["corpus", "artifacts"].map(|kind| folder().join(kind).join(self.name));
        fs::remove_dir_all(&artifacts).ok();
        for folder in [&corpus, &artifacts] {
            fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        }
        let log = folder().join(format!("{}.log", self.name));
        let file = fs::File::create(&log).with_context(|| format!("cannot write {}", log.display()))?;
        let mut fuzzer = self.command(seconds, &artifacts);
        fuzzer.arg(corpus).arg(self.seeds).stdout(Stdio::null()).stderr(file);
        let limit = Duration::from_secs(seconds.into()) + GRACE;
        let has_passed = ended_within(&mut fuzzer, limit)?.is_some_and(|status| status.success());
        let said = String::from_utf8_lossy(&fs::read(&log).context("cannot read what the fuzzer said")?)
            .into_owned();
        ensure!(has_passed, "{}", self.failure(&said, &artifacts)?);
        let sum = said.lines().rfind(|line| line.contains("DONE") && line.contains("cov:"));
        println!("{}: {}", self.name, sum.context("the fuzzer does not say what its inputs covered")?);
        Ok(())
    }

    fn command(&self, seconds: u32, artifacts: &Path) -> Command {
        let mut fuzzer = Command::new(&self.program);
        // The panic is what is told of a failure; whoever runs the input again can ask for more.
        fuzzer.current_dir(root()).env("RUST_BACKTRACE", "0");
        fuzzer.args(["-seed=1", "-timeout=10", "-rss_limit_mb=2048"]);
        fuzzer.arg(format!("-max_total_time={seconds}"));
        fuzzer.arg(format!("-artifact_prefix={}/", artifacts.display()));
        fuzzer.arg(format!("-dict=fuzz/{}.dict", self.name));
        fuzzer
    }

    /// What a person needs to see it fail again.
    fn failure(&self, said: &str, artifacts: &Path) -> Result<String> {
        let lines: Vec<_> = said.lines().filter(|line| !line.starts_with('#')).collect();
        let mut told = lines[lines.len().saturating_sub(LINES_SHOWN)..].join("\n");
        for found in fs::read_dir(artifacts)? {
            let path = found?.path();
            let input = STANDARD.encode(fs::read(&path)?);
            let (program, path) = (self.program.display(), path.display());
            told += &format!("\n\nThe input, in base64:\n{input}\nTo run it again: {program} {path}");
        }
        Ok(format!("the fuzz target {} is broken:\n{told}", self.name))
    }
}
