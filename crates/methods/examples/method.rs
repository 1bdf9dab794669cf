//! The statistics commands on their own, without the rest of the program: `cargo run --example method -- detect --help`.

use clap::Parser;
use yanpan_methods::Method;

#[derive(Parser)]
struct Line {
    /// 只输出一个 JSON 对象 / One JSON object on standard output
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    method: Method,
}

fn main() -> std::process::ExitCode {
    let line = Line::parse();
    yanpan_methods::main(line.method, line.json)
}
