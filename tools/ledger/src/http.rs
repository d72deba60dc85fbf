//! As much HTTP/1.1 as a client on loopback needs: one connection, one request after the other.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use anyhow::{Context, bail};
use serde_json::Value;

/// Longer than any answer takes that comes at all.
const PATIENCE: Duration = Duration::from_secs(20);

/// An answer that came whole.
pub struct Answer {
    pub status: u16,
    pub body: Value,
}

/// A connection that is kept open.
pub struct Connection {
    host: String,
    reader: BufReader<TcpStream>,
}

impl Connection {
    /// Connects to `host`, as `127.0.0.1:8080`.
    pub fn open(host: &str) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(host)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_nodelay(true)?;
        Ok(Connection { host: host.to_owned(), reader: BufReader::new(stream) })
    }

    /// Sends a request and waits for its answer. After an error nobody knows what the server did, and the connection is of no more use.
    pub fn send(
        &mut self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<&Value>,
    ) -> anyhow::Result<Answer> {
        let body = body.map(Value::to_string).unwrap_or_default();
        let mut request =
            format!("{method} {path} HTTP/1.1\r\nhost: {}\r\ncontent-length: {}\r\n", self.host, body.len());
        if !body.is_empty() {
            request.push_str("content-type: application/json\r\n");
        }
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        request.push_str("\r\n");
        request.push_str(&body);
        self.reader.get_mut().write_all(request.as_bytes())?;
        self.receive()
    }

    fn receive(&mut self) -> anyhow::Result<Answer> {
        let status_line = self.line()?;
        let status = status_line
            .split(' ')
            .nth(1)
            .and_then(|code| code.parse().ok())
            .context("expected a status line")?;
        let mut length = None;
        let mut chunked = false;
        loop {
            let line = self.line()?;
            let Some((name, value)) = line.split_once(':') else { break };
            if name.eq_ignore_ascii_case("content-length") {
                length = Some(value.trim().parse()?);
            }
            chunked |= name.eq_ignore_ascii_case("transfer-encoding") && value.trim() == "chunked";
        }
        let bytes = if chunked { self.chunks()? } else { self.exactly(length.unwrap_or(0))? };
        Ok(Answer { status, body: serde_json::from_slice(&bytes).unwrap_or(Value::Null) })
    }

    fn chunks(&mut self) -> anyhow::Result<Vec<u8>> {
        let mut whole = Vec::new();
        loop {
            let length =
                usize::from_str_radix(&self.line()?, 16).context("expected the length of a chunk")?;
            whole.extend(self.exactly(length)?);
            self.line()?;
            if length == 0 {
                return Ok(whole);
            }
        }
    }

    fn exactly(&mut self, length: usize) -> anyhow::Result<Vec<u8>> {
        let mut bytes = vec![0; length];
        self.reader.read_exact(&mut bytes)?;
        Ok(bytes)
    }

    fn line(&mut self) -> anyhow::Result<String> {
        let mut line = String::new();
        if self.reader.read_line(&mut line)? == 0 {
            bail!("the connection was closed");
        }
        Ok(line.trim_end().to_owned())
    }
}
