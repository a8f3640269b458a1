//! What `docs/ci.md` tells people to paste into their pipelines does what it says, as far as it needs no pipeline.
//!
//! The files are read out of the page, and their lines are run in a folder that stands for a project with an adapter:
//! all but those that build hub and suite, which are those under test here. The hub is the `mock-hub` beside the
//! program.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

const HUB_CONFORMANCE: &str = env!("CARGO_BIN_EXE_hub-conformance");

/// The YAML file that the page shows under this name, which stands in the first line as a comment.
fn file_of_the_page(name: &str) -> Value {
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/ci.md");
    let page = fs::read_to_string(page).expect("docs/ci.md is as the test knows it");
    let begin = format!("```yaml\n# {name}\n");
    let (_, behind) = page.split_once(&begin).unwrap_or_else(|| panic!("docs/ci.md shows no {name}"));
    serde_saphyr::from_str(behind.split("\n```").next().expect("docs/ci.md is as the test knows it"))
        .expect("docs/ci.md is as the test knows it")
}

/// Writes a project with the adapter of a client that can do one thing, and nothing that is known to fail.
fn project(folder: &Path) {
    let conformance = folder.join("conformance");
    let mut init = Command::new(HUB_CONFORMANCE);
    init.args(["init", "--lang", "python", "--into"]).arg(&conformance);
    assert!(init.output().expect("docs/ci.md is as the test knows it").status.success());
    let adapter = conformance.join("adapter.py");
    let text = fs::read_to_string(&adapter).expect("docs/ci.md is as the test knows it");
    let declared = "@adapter.op(\"subscriber.provision\")\n";
    assert!(text.contains(declared), "the skeleton has another operation to leave out");
    fs::write(adapter, text.replace(declared, "")).expect("docs/ci.md is as the test knows it");
    fs::write(conformance.join("known.yaml"), "# nothing yet\n").expect("docs/ci.md is as the test knows it");
}

/// Runs lines as a pipeline does: in the folder of the project, up to the first that fails.
fn run(folder: &Path, lines: &str) {
    let beside = Path::new(HUB_CONFORMANCE).parent().expect("docs/ci.md is as the test knows it");
    let path = format!(
        "{}:{}",
        beside.display(),
        std::env::var("PATH").expect("docs/ci.md is as the test knows it")
    );
    let mut shell = Command::new("bash");
    shell
        .args(["-e", "-c", lines])
        .current_dir(folder)
        .env("PATH", path)
        .env("HOME", folder)
        .env("CI", "true");
    shell.env("GITHUB_PATH", folder.join("path")).env("GITHUB_STEP_SUMMARY", folder.join("summary"));
    let output = shell.output().expect("docs/ci.md is as the test knows it");
    let said = String::from_utf8([output.stdout, output.stderr].concat())
        .expect("docs/ci.md is as the test knows it");
    assert!(output.status.success(), "{lines}: {said}");
}

/// The reports of a run that is conformant, where the pipeline looks for them.
fn has_reports(folder: &Path) {
    let report = |name: &str| {
        fs::read_to_string(folder.join("reports").join(name)).expect("docs/ci.md is as the test knows it")
    };
    assert!(report("conformance.xml").contains("<testsuites"));
    assert!(report("conformance.sarif").contains("\"$schema\""));
    assert!(report("conformance.md").starts_with("# Conformance: conformant"));
    assert!(report("conformance.html").contains("my-client"));
}

fn is_missing_python() -> bool {
    let is_missing = Command::new("python3").arg("--version").output().is_err();
    if is_missing {
        eprintln!("LEFT OUT: the adapter of the page is in Python, which this machine does not have");
    }
    is_missing
}

#[test]
fn the_workflow_for_github_runs() {
    if is_missing_python() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    project(folder.path());
    let workflow = file_of_the_page(".github/workflows/conformance.yml");
    let steps = workflow["jobs"]["conformance"]["steps"].as_array().unwrap();
    let all: Vec<&str> = steps.iter().filter_map(|step| step["run"].as_str()).collect();
    let run_here: Vec<&&str> = all.iter().filter(|lines| !lines.contains("cargo install")).collect();
    assert_eq!((all.len(), run_here.len()), (5, 4), "{all:?}");
    run_here.iter().for_each(|lines| run(folder.path(), lines));
    has_reports(folder.path());
    let summary = fs::read_to_string(folder.path().join("summary")).unwrap();
    assert!(summary.starts_with("# Conformance: conformant"), "{summary}");
}

#[test]
fn the_job_for_gitlab_runs() {
    if is_missing_python() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    project(folder.path());
    let pipeline = file_of_the_page(".gitlab-ci.yml");
    let lines = pipeline["conformance"]["script"].as_array().unwrap();
    let lines: Vec<&str> = lines.iter().map(|line| line.as_str().unwrap()).collect();
    run(folder.path(), &lines.join("\n"));
    has_reports(folder.path());
    let junit = pipeline["conformance"]["artifacts"]["reports"]["junit"].as_str().unwrap();
    assert!(folder.path().join(junit).is_file());
}
