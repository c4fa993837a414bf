//! descan takes the scan out of scanned text.
pub mod baseline {
    pub use descan_report::baseline::*;
}
pub mod decisions {
    pub use descan_core::decisions::*;
}
pub mod diff {
    pub use descan_report::diff::*;
}
pub mod document {
    pub use descan_source::*;
}
pub mod edit {
    pub use descan_text::edit::*;
}
pub mod evidence {
    pub use descan_core::evidence::*;
    pub use descan_lang::*;
}
pub mod finding {
    pub use descan_core::finding::*;
    pub use descan_rules::Reason;
}
pub mod fingerprint {
    pub use descan_report::fingerprint::*;
}
pub mod ledger {
    pub use descan_report::ledger::*;
    pub use descan_text::hash::sha256;
}
pub mod level {
    pub use descan_text::level::*;
}
pub mod model {
    pub use descan_train::*;
}
pub mod passes {
    pub use descan_core::passes::*;
    pub use descan_rules::PassName;
}
pub mod pipeline {
    pub use descan_core::pass::*;
    pub use descan_core::pipeline::*;
    pub use descan_core::protect::*;
}
pub mod report {
    pub use descan_report::*;
    pub use descan_text::escape;
}
pub mod rule {
    pub use descan_core::verify::*;
    pub use descan_rules::*;
    pub mod file {
        pub use descan_rule_file::*;
    }
}
pub mod text {
    pub use descan_text::*;
}
pub mod schema;
pub mod settings;
