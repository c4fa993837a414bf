//! What a pass is given and what it gives: the view of a text, and proposals.

mod decided;
mod options;
mod proposals;
mod reflow;
mod selection;
mod view;

pub use decided::{Decided, Decider, Ruled};
pub use options::Options;
pub use proposals::{Proposal, Proposals, Resolved};
pub use reflow::Reflow;
pub use selection::{Selection, UnknownName};
pub(crate) use view::core_of;
pub use view::{LARGE, View};
