#![no_main]

#[path = "../targets.rs"]
#[allow(dead_code)] // Each target is one of its functions.
mod targets;

libfuzzer_sys::fuzz_target!(|data: &[u8]| targets::clean(data));
