//! Identity numbers under the installation's key: XChaCha20-Poly1305 for storage, HMAC-SHA-256 for matching.

use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce, aead::Aead};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use yanpan_app::ports::Vault;

/// Bytes of the nonce that stands before the encrypted number.
const NONCE: usize = 24;

/// Seals and marks under keys derived from the installation's.
pub struct KeyVault {
    sealing: [u8; 32],
    marking: [u8; 32],
}

impl KeyVault {
    /// A vault under this key.
    #[must_use]
    pub fn new(key: &[u8]) -> Self {
        Self { sealing: keyed(key, "identity-seal"), marking: keyed(key, "identity-mark") }
    }
}

/// HMAC of a text; any key length is valid for HMAC.
fn keyed(key: &[u8], text: &str) -> [u8; 32] {
    match <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(key) {
        Ok(mut mac) => {
            mac.update(text.as_bytes());
            mac.finalize().into_bytes().into()
        }
        Err(_) => [0; 32],
    }
}

impl Vault for KeyVault {
    fn seal(&self, number: &str, nonce: [u8; NONCE]) -> Vec<u8> {
        let cipher = XChaCha20Poly1305::new(&self.sealing.into());
        // Encryption into memory fails only beyond 256 GiB.
        let sealed = cipher.encrypt(&XNonce::from(nonce), number.as_bytes()).unwrap_or_default();
        [&nonce[..], &sealed].concat()
    }

    fn open(&self, sealed: &[u8]) -> Option<String> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE>()?;
        let cipher = XChaCha20Poly1305::new(&self.sealing.into());
        String::from_utf8(cipher.decrypt(&XNonce::from(*nonce), sealed).ok()?).ok()
    }

    fn mark(&self, number: &str) -> [u8; 32] {
        keyed(&self.marking, number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_number_is_read_with_its_key_alone_and_marked_alike_each_time() {
        let (vault, other) = (KeyVault::new(b"one"), KeyVault::new(b"two"));
        let sealed = vault.seal("11010519491231002X", [7; 24]);
        assert_eq!(vault.open(&sealed).as_deref(), Some("11010519491231002X"));
        assert!(!String::from_utf8_lossy(&sealed).contains("1949"));
        assert_eq!(other.open(&sealed), None);
        let mut changed = sealed;
        changed[30] ^= 1;
        assert_eq!(vault.open(&changed), None);
        assert_eq!(vault.mark("a"), vault.mark("a"));
        assert_ne!(vault.mark("a"), other.mark("a"));
    }
}
