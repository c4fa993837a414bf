//! Lets in only requests of the served page: those with the random token in their address,
//! from this computer and from no other site.

use std::io::Read as _;

use descan_core::decisions::LARGEST;
use tiny_http::{Method, Request};

/// Random bytes in the token.
const TOKEN: usize = 16;

/// What a request must have.
pub(super) struct Guard {
    token: String,
    hosts: [String; 2],
}

/// A request that was let in.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Asked {
    /// The rest of the address behind the token.
    pub path: String,
    /// What was sent; `None` if something is only asked for.
    pub body: Option<String>,
}

/// Why a request is not answered.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Refused {
    /// The status of HTTP.
    pub status: u16,
    /// One sentence.
    pub why: String,
}

impl Refused {
    /// A request that is refused.
    pub(super) fn new(status: u16, why: impl Into<String>) -> Refused {
        Refused { status, why: why.into() }
    }
}

impl Guard {
    /// A guard with a new token.
    ///
    /// # Errors
    /// The system has no random numbers.
    pub(super) fn new(port: u16) -> Result<Guard, getrandom::Error> {
        let mut bytes = [0; TOKEN];
        getrandom::fill(&mut bytes)?;
        let token = descan_text::hash::hex(&bytes);
        Ok(Guard { token, hosts: [format!("127.0.0.1:{port}"), format!("localhost:{port}")] })
    }

    /// The address of the page.
    pub(super) fn address(&self) -> String {
        format!("http://{}/{}/", self.hosts[0], self.token)
    }

    /// The addresses below which the page has its images, parted by spaces.
    pub(super) fn addresses_of_images(&self) -> String {
        self.hosts.each_ref().map(|host| format!("http://{host}/{}/image/", self.token)).join(" ")
    }

    /// Reads a request, if it is one of the page.
    ///
    /// # Errors
    /// It is refused.
    pub(super) fn open(&self, request: &mut Request) -> Result<Asked, Refused> {
        let sends = match request.method() {
            Method::Get => false,
            Method::Post => true,
            _ => return Err(Refused::new(405, "only GET and POST are answered")),
        };
        // Another site's name may lead to this computer.
        let host = header(request, "Host").unwrap_or_default();
        if !self.hosts.contains(&host) {
            return Err(Refused::new(403, "this address is not the one that descan printed"));
        }
        let origin = header(request, "Origin");
        let is_own = origin.as_ref().is_some_and(|origin| *origin == format!("http://{host}"));
        if (origin.is_some() || sends) && !is_own {
            return Err(Refused::new(403, "only the page of descan may ask"));
        }
        let site = header(request, "Sec-Fetch-Site");
        if site.is_some_and(|site| !matches!(site.as_str(), "same-origin" | "none")) {
            return Err(Refused::new(403, "only the page of descan may ask"));
        }
        let url = request.url().split('?').next().unwrap_or_default();
        let Some((token, path)) = url.strip_prefix('/').and_then(|url| url.split_once('/')) else {
            return Err(Refused::new(404, "there is nothing here"));
        };
        if !is_equal(token.as_bytes(), self.token.as_bytes()) {
            return Err(Refused::new(404, "there is nothing here"));
        }
        let path = path.to_owned();
        let body = if sends { Some(body(request)?) } else { None };
        Ok(Asked { path, body })
    }
}

fn header(request: &Request, name: &'static str) -> Option<String> {
    let mut found = request.headers().iter().filter(|header| header.field.equiv(name));
    let value = found.next()?.value.as_str().to_owned();
    // Two of a kind are none that can be trusted.
    Some(if found.next().is_some() { String::new() } else { value })
}

fn body(request: &mut Request) -> Result<String, Refused> {
    let kind = header(request, "Content-Type").unwrap_or_default();
    if kind.split(';').next().map(str::trim) != Some("application/json") {
        return Err(Refused::new(415, "only JSON is read"));
    }
    let mut body = String::new();
    let read = request.as_reader().take(LARGEST as u64 + 1).read_to_string(&mut body);
    match read {
        Ok(length) if length > LARGEST => Err(Refused::new(413, "this is too long")),
        Ok(_) => Ok(body),
        Err(error) => Err(Refused::new(400, format!("this cannot be read: {error}"))),
    }
}

/// Whether two texts are equal; the time does not tell how much of them is.
fn is_equal(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |differ, (a, b)| differ | (a ^ b)) == 0
}
