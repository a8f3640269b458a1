//! Has the crate built anew when a case is added or removed: the compiler itself looks only at files that it knows.

fn main() {
    println!("cargo::rerun-if-changed=cases");
    println!("cargo::rerun-if-changed=hub-cases");
}
