//! A typical user rule.

/// The text of a user rule at the given level.
macro_rules! inkblot {
    ($level:literal) => {
        concat!(
            r##"name = "inkblot"
summary = "a blot read as a hash mark"
level = ""##,
            $level,
            r##""
why = "This archive's scans have blots in the middle of words."
pattern = '''[a-z](?P<bad>#)[a-z]'''
with = ""
triggers = ["#"]

[[change]]
from = "The gar#den was green."
to = "The garden was green."

[[keep]]
text = "The number was #12."
"##
        )
    };
}
pub(crate) use inkblot;
