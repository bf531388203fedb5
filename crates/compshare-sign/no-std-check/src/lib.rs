//! Builds only if compshare-sign and its dependencies are `no_std`; see `Cargo.toml`.
//!
//! The only crate with `unsafe`, which a global allocator and an exported function require.

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

/// Signs and verifies a form body and a JSON body. Returns their total length, or 0 on failure.
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

/// A bump allocator that never frees.
struct Bump {
    memory: UnsafeCell<[u8; HEAP]>,
    used: AtomicUsize,
}

// SAFETY: `used` only grows, so allocations do not overlap.
unsafe impl Sync for Bump {}

// SAFETY: every block is within `memory`, aligned to its layout, and allocated once.
unsafe impl GlobalAlloc for Bump {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let base = self.memory.get().cast::<u8>();
        let mut start = 0;
        let reserved = self
            .used
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |used| {
                let padding = (base as usize + used).wrapping_neg() % layout.align();
                start = used + padding;
                start.checked_add(layout.size()).filter(|end| *end <= HEAP)
            });

        // SAFETY: `start` plus the size is within `memory`.
        if reserved.is_ok() {
            unsafe { base.add(start) }
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
