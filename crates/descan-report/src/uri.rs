//! Paths as addresses.

use std::path::{Component, Path};

/// A path as a URI, percent-encoded; relative paths stay relative.
pub fn uri(path: &Path) -> String {
    let mut out = String::new();
    for component in path.components() {
        let part = match component {
            Component::Prefix(prefix) => prefix.as_os_str(),
            Component::RootDir => {
                out.insert_str(0, "file:///");
                continue;
            }
            Component::CurDir => continue,
            Component::ParentDir => "..".as_ref(),
            Component::Normal(name) => name,
        };
        if !out.is_empty() && !out.ends_with('/') {
            out.push('/');
        }
        for &byte in part.as_encoded_bytes() {
            if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                out.push(byte as char);
            } else {
                out.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_uris() {
        assert_eq!(uri(Path::new("./a b/ü:ä#1.txt")), "a%20b/%C3%BC%3A%C3%A4%231.txt");
        assert_eq!(uri(Path::new("/tmp/50%.txt")), "file:///tmp/50%25.txt");
        assert_eq!(uri(Path::new("../a.txt")), "../a.txt");
    }
}
