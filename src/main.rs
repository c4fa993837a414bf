//! The program `descan`.

use std::process::ExitCode;

fn main() -> ExitCode {
    descan_cli::main()
}
