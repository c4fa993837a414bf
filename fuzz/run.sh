#!/usr/bin/env bash
# Fuzzes each target for some seconds: bash fuzz/run.sh [SECONDS] [TARGET…]
#
# The corpus is grown from the project's own fixtures, rules and documents; it is
# not kept. Needs a nightly toolchain and cargo-fuzz.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

seconds=${1:-600}
shift || true
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=(decode clean rule_file settings records diff)

seed() {
    local folder="fuzz/corpus/$1"
    mkdir -p "$folder"
    shift
    for file in "$@"; do
        # 4 kB are enough to break a text, and many times faster than a whole one.
        head -c 4096 "$file" >"$folder/$(tr / - <<<"$file")"
    done
}

for target in "${targets[@]}"; do
    case $target in
    decode | clean | diff) seed "$target" fixtures/*.txt fixtures/bad/* ;;
    rule_file) seed "$target" rules/*/*.toml ;;
    settings) seed "$target" fuzz/seeds/settings/* ;;
    records) seed "$target" fuzz/seeds/records/* ;;
    esac
    cargo +nightly fuzz run "$target" -- -max_total_time="$seconds" -max_len=4096 -timeout=20 -rss_limit_mb=4096 -print_final_stats=1
done
