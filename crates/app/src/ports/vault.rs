//! The port to the installation's key for identity numbers: sealed for storage, hashed for matching.

/// Keeps identity numbers. Neither answer can be made without the installation's key.
pub trait Vault: Send + Sync {
    /// The number encrypted, with a fresh nonce.
    fn seal(&self, number: &str, nonce: [u8; 24]) -> Vec<u8>;
    /// The number that was sealed; `None` when it was sealed under another key or changed.
    fn open(&self, sealed: &[u8]) -> Option<String>;
    /// The same for the same number, so that a person is found again.
    fn mark(&self, number: &str) -> [u8; 32];
}
