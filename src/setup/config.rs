//! Finds and reads settings files, and overrides them by the command line.

use std::path::{Path, PathBuf};

use crate::files::nearest::{Nearest, nearest_of_all, read_text};
use crate::settings::{Item, Key, Layer, Origin, Settings};

use crate::args::{Choice, ConfigArgs, Inputs};
use crate::display::shown;
use crate::error::{CliError, Result, usage};
use crate::files::write::folder_of;

/// The name of a settings file.
pub(crate) const NAME: &str = "descan.toml";

/// The settings of a run, and where they come from.
#[derive(Debug, Default)]
pub(crate) struct Loaded {
    pub settings: Settings,
    pub sources: Sources,
}

/// The settings files of a run.
#[derive(Debug, Default)]
pub(crate) struct Sources {
    /// The nearest file first, then those it extends.
    pub files: Vec<PathBuf>,
    /// Whether the user chose a file or none; otherwise it is the nearest one.
    chosen: bool,
}

impl Sources {
    /// Refuses a settings file found inside a named folder. It would apply to its
    /// own folder only, but a run uses one set of settings; ignoring it silently
    /// would be wrong.
    ///
    /// # Errors
    /// The file is not one of the run's settings files.
    pub(crate) fn refuse_nested(&self, found: &Path) -> Result<()> {
        let real = |path: &Path| path.canonicalize().ok();
        if self.chosen || self.files.iter().any(|file| real(file) == real(found)) {
            return Ok(());
        }
        let folder = shown(folder_of(found));
        usage(format!(
            "{} applies only to {folder}, but a run uses one settings file; run {folder} separately and exclude it \
             here, or choose with --config FILE or --no-config",
            shown(found)
        ))
    }
}

/// Loads the settings for texts at `paths` from the nearest `descan.toml` or from
/// `--config`, overridden by the command line.
///
/// # Errors
/// A file cannot be read or is invalid, or different files apply to the texts.
pub(crate) fn load(args: &ConfigArgs, paths: &[PathBuf], command_line: Layer) -> Result<Loaded> {
    let first = match &args.config {
        Some(path) => Some(path.clone()),
        None if args.no_config => None,
        None => nearest_of_all(paths, &Nearest { name: NAME, options: "--config FILE or --no-config" })?,
    };
    let (mut layers, files) = match first {
        Some(path) => chain(path)?,
        None => (Vec::new(), Vec::new()),
    };
    layers.insert(0, command_line);
    let chosen = args.config.is_some() || args.no_config;
    Ok(Loaded { settings: Settings::merged(layers.into_iter().rev()), sources: Sources { files, chosen } })
}

/// A settings file and all that it extends, nearest first.
fn chain(first: PathBuf) -> Result<(Vec<Layer>, Vec<PathBuf>)> {
    let (mut layers, mut files): (Vec<Layer>, Vec<PathBuf>) = (Vec::new(), Vec::new());
    let mut seen: Vec<PathBuf> = Vec::new();
    let mut next = Some((first, None));
    while let Some((path, from)) = next {
        let place = |from: &Option<Origin>| from.as_ref().map_or_else(String::new, |origin| format!("{origin}: "));
        let text = read_text(&path).map_err(|why| CliError::Io(format!("{}{why}", place(&from))))?;
        // Succeeds for a file that was just read.
        let real = path.canonicalize().unwrap_or_else(|_| path.clone());
        if seen.contains(&real) {
            return usage(format!(
                "{}these settings files extend each other in a circle: {} comes up again; remove one `extend`",
                place(&from),
                shown(&path)
            ));
        }
        seen.push(real);
        let layer = Layer::parse(&path, &text).map_err(|refusal| CliError::Usage(refusal.to_string()))?;
        next = layer.extend.clone().map(|extend| (extend.value, Some(extend.origin)));
        layers.push(layer);
        files.push(path);
    }
    Ok((layers, files))
}

/// The settings given as command line options.
pub(crate) fn command_line(choice: Option<&Choice>, inputs: Option<&Inputs>) -> Layer {
    let mut layer = Layer::default();
    let texts = |names: &[String]| names.iter().cloned().map(Item::Text).collect::<Vec<_>>();
    if let Some(choice) = choice {
        put(&mut layer, Key::Level, "--level", choice.level.map(Item::Level));
        put(&mut layer, Key::Unwrap, "--unwrap", choice.unwrap.then_some(Item::Flag(true)));
        put(&mut layer, Key::Unwrap, "--no-unwrap", choice.no_unwrap.then_some(Item::Flag(false)));
        put(&mut layer, Key::Wrap, "--wrap", choice.wrap.map(|n| Item::Number(n.into())));
        put(&mut layer, Key::Structure, "--structure", choice.structure.then_some(Item::Flag(true)));
        for (key, option, items) in [
            (Key::Select, "--select", texts(&choice.select)),
            (Key::Ignore, "--ignore", texts(&choice.ignore)),
            (Key::Style, "--style", texts(&choice.style)),
            (Key::Model, "--model", choice.model.iter().cloned().map(Item::Path).collect()),
        ] {
            if !items.is_empty() {
                layer.set(key, option, items);
            }
        }
    }
    let archive = choice.and_then(|choice| choice.archive.clone());
    put(&mut layer, Key::Archive, "--archive", archive.map(Item::Path));
    let decisions = choice.and_then(|choice| choice.decisions.decisions.clone());
    put(&mut layer, Key::Decisions, "--decisions", decisions.map(Item::Path));
    let threads = inputs.and_then(|inputs| inputs.threads);
    if let Some(inputs) = inputs.filter(|inputs| !inputs.exclude.is_empty()) {
        let globs = inputs.exclude.iter().map(|glob| Item::Glob(PathBuf::new(), glob.clone()));
        layer.set(Key::Exclude, "--exclude", globs);
    }
    put(&mut layer, Key::Threads, "--threads", threads.map(|n| Item::Number(n.into())));
    layer
}

fn put(layer: &mut Layer, key: Key, option: &'static str, item: Option<Item>) {
    if item.is_some() {
        layer.set(key, option, item);
    }
}
