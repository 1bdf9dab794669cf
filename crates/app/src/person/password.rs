//! Passwords: Argon2id in PHC form (RFC 9106, the second recommended set: 19 MiB, 2 passes).

use crate::ports::Environment;
use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString},
};
use yanpan_kernel::problem::{INTERNAL, Problem};

fn hasher() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::default())
}

/// Hashes a password with a fresh salt.
///
/// # Errors
/// `INTERNAL` when the library refuses.
pub fn hash_password(environment: &Environment, password: &str) -> Result<String, Problem> {
    let broken = |_| Problem::new(&INTERNAL, &[("reference", &"password-hash")]);
    let salt = SaltString::encode_b64(&environment.random::<16>()).map_err(broken)?;
    Ok(hasher().hash_password(password.as_bytes(), &salt).map_err(broken)?.to_string())
}

/// Whether the password is the one of the hash. A malformed hash is never right.
#[must_use]
pub fn verify_password(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|parsed| hasher().verify_password(password.as_bytes(), &parsed).is_ok())
}

/// A password to be used once: 4 groups of letters and digits that cannot be mistaken for each other.
#[must_use]
pub fn one_time_password(environment: &Environment) -> String {
    const LETTERS: &[u8] = b"abcdefghjkmnpqrstuvwxyz";
    const CAPITALS: &[u8] = b"ABCDEFGHJKMNPQRSTUVWXYZ";
    const DIGITS: &[u8] = b"23456789";
    let random: [u8; 12] = environment.random();
    let mut password = String::new();
    for (position, byte) in random.iter().enumerate() {
        let alphabet = [CAPITALS, LETTERS, DIGITS].get(position % 3).copied().unwrap_or(LETTERS);
        if position > 0 && position % 3 == 0 {
            password.push('-');
        }
        password.push(char::from(alphabet.get(usize::from(*byte) % alphabet.len()).copied().unwrap_or(b'x')));
    }
    password
}
