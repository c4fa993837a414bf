//! Paths as they are written in a file elsewhere.

use std::path::{Component, Path, PathBuf, absolute};

/// The path as seen from a folder, by names alone: as browsers follow links, not as a
/// system follows symbolic links. Without a common beginning it is the whole path.
pub(crate) fn relative_to(folder: &Path, path: &Path) -> PathBuf {
    let (Some(from), Some(to)) = (plain(folder), plain(path)) else { return path.to_owned() };
    let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    if common == 0 {
        return path.to_owned();
    }
    let up = from[common..].iter().map(|_| Component::ParentDir.as_os_str().to_owned());
    up.chain(to[common..].iter().cloned()).collect()
}

/// The names that lead to a path from the root, without `.` and `..`.
fn plain(path: &Path) -> Option<Vec<std::ffi::OsString>> {
    let mut names = Vec::new();
    for component in absolute(path).ok()?.components() {
        match component {
            Component::ParentDir if names.len() > 1 => drop(names.pop()),
            Component::ParentDir | Component::CurDir => {}
            other => names.push(other.as_os_str().to_owned()),
        }
    }
    Some(names)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_seen_from_a_folder() {
        for (folder, path, seen) in [
            ("/a/b", "/a/b/c.png", "c.png"),
            ("/a/b", "/a/c/d.png", "../c/d.png"),
            ("/a/./x/../b", "/a/c/../b/d.png", "d.png"),
            ("/", "/d.png", "d.png"),
            ("out", "scans/d.png", "../scans/d.png"),
            (".", "../d.png", "../d.png"),
        ] {
            assert_eq!(relative_to(Path::new(folder), Path::new(path)), Path::new(seen), "{path} from {folder}");
        }
    }
}
