//! SHA-1 over many small pieces.

use sha1::block_api::compress;

use crate::signature::LEN;

const BLOCK: usize = 64;
/// How many blocks are gathered: a usual request is hashed in one go.
const BLOCKS: usize = 4;
const ROOM: usize = BLOCK * BLOCKS;
/// The state before the first block (FIPS 180-4, 5.3.1).
const INITIAL: [u32; 5] = [
    0x6745_2301,
    0xefcd_ab89,
    0x98ba_dcfe,
    0x1032_5476,
    0xc3d2_e1f0,
];

/// Gathers pieces and gives SHA-1 several blocks at once.
///
/// `sha1::Sha1` hashes block by block when fed in pieces, each of which waits for the piece just copied, and leaves
/// the last block on the stack, with the private key in it. This one is wiped.
pub(crate) struct Hasher {
    state: [u32; 5],
    blocks: [[u8; BLOCK]; BLOCKS],
    /// How much of `blocks` is in use; less than all of it.
    used: usize,
    /// How many bytes were hashed before.
    hashed: u64,
}

impl Hasher {
    pub(crate) fn new() -> Self {
        Self {
            state: INITIAL,
            blocks: [[0; BLOCK]; BLOCKS],
            used: 0,
            hashed: 0,
        }
    }

    #[inline]
    pub(crate) fn update(&mut self, piece: &[u8]) {
        let end = self.used + piece.len();
        match self.blocks.as_flattened_mut().get_mut(self.used..end) {
            Some(place) if end < ROOM => {
                place.copy_from_slice(piece);
                self.used = end;
            }
            _ => self.fill(piece),
        }
    }

    /// Takes a piece for which there is no room.
    fn fill(&mut self, mut piece: &[u8]) {
        while let Some((now, later)) = piece.split_at_checked(ROOM - self.used) {
            if let Some(place) = self.blocks.as_flattened_mut().get_mut(self.used..) {
                place.copy_from_slice(now);
            }
            compress(&mut self.state, &self.blocks);
            self.hashed += ROOM as u64;
            self.used = 0;
            piece = later;
        }
        self.update(piece);
    }

    /// The hash of all pieces. By reference, since moving the blocks costs more than hashing one.
    #[inline]
    pub(crate) fn finish(&mut self) -> [u8; LEN] {
        // A one, zeros, and at the end of a block the number of bits (FIPS 180-4, 5.1.1).
        let bits = 8 * (self.hashed + self.used as u64);
        let rest = self
            .blocks
            .as_flattened_mut()
            .get_mut(self.used..)
            .unwrap_or_default();
        rest.fill(0);
        if let Some(place) = rest.first_mut() {
            *place = 0x80;
        }
        let mut blocks = (self.used + 1 + 8).div_ceil(BLOCK);
        if blocks > BLOCKS {
            compress(&mut self.state, &self.blocks);
            self.blocks.as_flattened_mut().fill(0);
            blocks = 1;
        }
        let last = self.blocks.get_mut(..blocks).unwrap_or_default();
        if let Some(place) = last.as_flattened_mut().last_chunk_mut() {
            *place = bits.to_be_bytes();
        }
        compress(&mut self.state, last);
        let mut hash = [0; LEN];
        for (bytes, word) in hash.chunks_exact_mut(4).zip(self.state) {
            bytes.copy_from_slice(&word.to_be_bytes());
        }
        hash
    }
}

impl Drop for Hasher {
    fn drop(&mut self) {
        self.blocks.as_flattened_mut().fill(0);
        // Keeps the writes from being optimised away, as far as safe code can.
        core::hint::black_box(&self.blocks);
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use sha1::{Digest, Sha1};

    use super::*;

    #[test]
    fn any_length_in_any_pieces_is_hashed_as_sha1_does() {
        let text: Vec<u8> = (0..=u8::MAX).cycle().take(3 * ROOM).collect();
        // Around the end of a block, and around where the number of bits needs another one.
        let lengths = (0..2 * BLOCKS + 2)
            .flat_map(|blocks| [0, 1, 54, 55, 56, 57, 63].map(|more| blocks * BLOCK + more));
        for length in lengths {
            let text = &text[..length];
            let expected: [u8; LEN] = Sha1::digest(text).into();
            for piece in [1, 7, BLOCK, ROOM - 1, ROOM, ROOM + 1, 3 * ROOM] {
                let mut hasher = Hasher::new();
                text.chunks(piece).for_each(|piece| hasher.update(piece));
                hasher.update(b"");
                assert_eq!(
                    hasher.finish(),
                    expected,
                    "{length} bytes in pieces of {piece}"
                );
            }
        }
    }
}
