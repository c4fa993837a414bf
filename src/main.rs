//! The program `descan`.

use std::process::ExitCode;

fn main() -> ExitCode {
    let program = std::env::current_exe().ok();
    ExitCode::from(descan_cli::run(std::env::args_os(), program))
}
