//! The built program from outside: sockets, signals, files, exit codes.

#![cfg(test)]
#![cfg(unix)]

mod attack;
mod commands;
mod csv;
mod damage;
mod deploy_doc;
#[cfg(target_os = "linux")]
mod disk;
mod faults;
mod job;
mod postgres;
mod process;
mod secrets;
mod start_and_stop;
mod wire;
