//! Builds only if compshare-sign and all it depends on do without `std`: see `Cargo.toml`.
//!
//! `unsafe` is needed here, and nowhere else: an allocator and an exported function cannot be had without it.

#![no_std]

extern crate alloc;

use alloc::string::String;
use core::alloc::{GlobalAlloc, Layout};
use core::cell::UnsafeCell;
use core::panic::PanicInfo;
use core::ptr::null_mut;
use core::sync::atomic::{AtomicUsize, Ordering};

use compshare_sign::{Credentials, Params, form, json};
use serde_json::Value;

/// Signs, sends, receives and verifies one request both ways; returns the length of the bodies, 0 if anything failed.
#[unsafe(no_mangle)]
pub extern "C" fn compshare_sign_no_std_check() -> usize {
    form_body()
        .and_then(|form| Some(form.len() + json_body()?.len()))
        .unwrap_or(0)
}

fn credentials() -> Option<Credentials> {
    Credentials::new("my_public_key", "my_private_key")
        .ok()?
        .with_security_token("token")
        .ok()
}

fn form_body() -> Option<String> {
    let params =
        Params::from_pairs([("Action", "DescribeFavoriteImages"), ("Limit", "20")]).ok()?;
    let credentials = credentials()?;
    let body = credentials.sign(params).to_form();
    credentials
        .verify(form::decode(body.as_bytes()).ok()?)
        .ok()?;
    Some(body)
}

fn json_body() -> Option<String> {
    let Ok(Value::Object(params)) =
        serde_json::from_str(r#"{"UHostIds": ["uhost-1", "uhost-2"], "Ratio": 0.5}"#)
    else {
        return None;
    };
    let credentials = credentials()?;
    let signed = json::sign(&credentials, &params).ok()?;
    let Ok(Value::Object(received)) = serde_json::from_str(signed.body()) else {
        return None;
    };
    json::verify(&credentials, &received).ok()?;
    Some(signed.body().into())
}

const HEAP: usize = 1 << 20;

/// Hands out its memory once and takes none back: enough to build and to run one check.
struct Bump {
    memory: UnsafeCell<[u8; HEAP]>,
    used: AtomicUsize,
}

// SAFETY: `used` only grows, so no two callers are given the same bytes of `memory`.
unsafe impl Sync for Bump {}

// SAFETY: every block lies within `memory`, is aligned as asked for, and is handed out once.
unsafe impl GlobalAlloc for Bump {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let base = self.memory.get().cast::<u8>();
        let mut taken = 0;
        let found = self
            .used
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |used| {
                let start = used + (base as usize + used).wrapping_neg() % layout.align();
                taken = start;
                start.checked_add(layout.size()).filter(|end| *end <= HEAP)
            });
        // SAFETY: `taken` plus the size is within `memory`.
        if found.is_ok() {
            unsafe { base.add(taken) }
        } else {
            null_mut()
        }
    }

    unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}
}

#[global_allocator]
static ALLOCATOR: Bump = Bump {
    memory: UnsafeCell::new([0; HEAP]),
    used: AtomicUsize::new(0),
};

#[panic_handler]
fn panic(_: &PanicInfo<'_>) -> ! {
    loop {
        core::hint::spin_loop();
    }
}
