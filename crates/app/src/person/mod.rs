//! People: sign-in, passwords, accounts and grants.

mod account;
mod calling;
mod change_password;
mod forget;
mod grant;
mod list;
mod password;
mod put;
mod sign_in;

pub use account::change_account;
pub use calling::{calling, standing_in};
pub use change_password::change_password;
pub use forget::forget_pupils;
pub use grant::{add_grant, end_grant, hand_over};
pub use list::{Listed, list_people};
pub use password::{hash_password, one_time_password, verify_password};
pub use put::{NewPerson, put_people};
pub use sign_in::sign_in;

use crate::{App, Caller};
use yanpan_kernel::{
    entry::Statement,
    id::Id,
    person::{Account, Grant},
};

/// The statement that tells what a caller did to an account.
fn statement(app: &App, caller: &Caller, (account, by): (Id<Account>, Id<Grant>), verb: &str) -> Statement {
    Statement {
        chain: account.cast(),
        kind: "account".to_owned(),
        verb: verb.to_owned(),
        unit: None,
        actor: caller.account,
        grant: Some(by),
        happened_on: app.environment.today(),
        from: None,
        to: None,
    }
}
