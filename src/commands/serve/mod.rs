//! `descan serve`: the page of `descan report`, served on this computer, for whole archives.

mod archive;
mod guard;
mod images;
mod saved;

use std::io::Write as _;
use std::time::Duration;

use descan_text::level::Level;
use tiny_http::{Header, Request, Response, Server};

use crate::args::ServeArgs;
use crate::commands::review::create_if_missing;
use crate::commands::review::log::new_place;
use crate::display::shown;
use crate::error::{CliError, Done, Result, output_error, usage};
use crate::inputs::discover::discover;
use crate::inputs::images::PageImages;
use crate::inputs::list::Source;
use crate::say::say;
use crate::setup::session::Session;
use crate::terminal::output::{counted, stdout};
use archive::Archive;
use guard::Guard;
use images::Images;
use saved::Saved;

/// How often to check for Ctrl-C while waiting for a request.
const TICK: Duration = Duration::from_millis(200);
/// Requests answered at the same time.
const AT_ONCE: usize = 2;

/// Runs the command.
pub(crate) fn run(args: &ServeArgs) -> Result {
    if args.choice.decisions.no_decisions {
        return usage("serve saves decisions; remove --no-decisions");
    }
    if let Some(path) = &args.choice.decisions.decisions {
        create_if_missing(path)?;
    }
    let session = Session::new(&args.choice, &args.inputs, Level::Certain, true)?;
    let page_images = PageImages::new(args.images.images.as_deref())?;
    let found = discover(&session, &args.inputs, None)?;
    if found.inputs.iter().any(|input| input.source == Source::Stdin) {
        return usage("serve reads a file again whenever it is opened; name a file instead of -");
    }
    let saved = Saved::new(match &session.decided_in {
        Some(path) => path.clone(),
        None => new_place(&args.inputs.paths)?,
    });
    let server = Server::http(("127.0.0.1", args.port))
        .map_err(|error| CliError::Io(format!("cannot listen on port {}: {error}; try another --port", args.port)))?;
    let port = server.server_addr().to_ip().map_or(args.port, |address| address.port());
    let guard = Guard::new(port).map_err(|error| CliError::Io(format!("cannot make a random token: {error}")))?;
    let mut out = stdout();
    writeln!(out, "{}", guard.address()).and_then(|()| out.flush()).map_err(|e| output_error(&e, Done::Clean))?;
    let files = counted(found.inputs.len(), "file");
    say(format_args!("{files} at this address; decisions are saved in {}; Ctrl-C stops", shown(saved.path())));
    let images = Images::new(&page_images, guard.addresses_of_images());
    let archive = Archive::new(&session, &found, &args.inputs, images, saved);
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| serve(&server, &session, &guard, &archive));
        }
        archive.read_all()?;
        page_images.warn();
        Ok(())
    })?;
    say(archive.summary());
    Ok(if found.failed.is_empty() { Done::Clean } else { Done::SomeFailed })
}

/// Answers requests until Ctrl-C.
fn serve(server: &Server, session: &Session, guard: &Guard, archive: &Archive<'_>) {
    while !session.is_stopped() {
        // A connection that breaks is the browser's to report.
        if let Ok(Some(request)) = server.recv_timeout(TICK) {
            answer(request, guard, archive);
        }
    }
}

fn answer(mut request: Request, guard: &Guard, archive: &Archive<'_>) {
    let answer = guard.open(&mut request).and_then(|asked| archive.answer(&asked));
    let (status, kind, body) = match answer {
        Ok(answer) => (200, answer.kind, answer.body),
        Err(refused) => (refused.status, "text/plain; charset=utf-8", refused.why.into_bytes()),
    };
    // The length is known: nothing is sent in chunks.
    let mut response = Response::from_data(body).with_status_code(status).with_chunked_threshold(usize::MAX);
    let headers = [
        ("Content-Type", kind),
        ("Cache-Control", "no-store"),
        ("Content-Security-Policy", "frame-ancestors 'none'"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Referrer-Policy", "no-referrer"),
        ("X-Content-Type-Options", "nosniff"),
    ];
    for (name, value) in headers {
        if let Ok(header) = Header::from_bytes(name, value) {
            response.add_header(header);
        }
    }
    let _ = request.respond(response); // The browser may have gone; nobody is left to tell.
}
