#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| compshare_fuzz_properties::retry(data));
