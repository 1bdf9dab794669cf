//! People: sign-in, passwords, accounts and grants.

mod calling;
mod change_password;
mod forget;
mod password;
mod put;
mod sign_in;

pub use calling::{calling, standing_in};
pub use change_password::change_password;
pub use forget::forget_pupils;
pub use password::{hash_password, one_time_password, verify_password};
pub use put::{NewPerson, put_people};
pub use sign_in::sign_in;
