//! The `yanpan` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    yanpan::run(std::env::args_os())
}
