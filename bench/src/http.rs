//! As much HTTP as two servers on this machine need: one connection, one request after the other. It has to be cheap, because
//! it takes its time from the same processors.

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::Outcome;

pub struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    pub async fn open(port: u16) -> Outcome<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port)).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: vec![] })
    }

    /// Sends the bytes of a request and waits for its answer: its status, and its body until the next call.
    pub async fn send(&mut self, request: &[u8]) -> Outcome<(u16, &[u8])> {
        self.stream.write_all(request).await?;
        self.buffer.clear();
        let (status, begins, length) = loop {
            self.read_more().await?;
            if let Some(head) = head(&self.buffer) {
                break head?;
            }
        };
        while self.buffer.len() < begins + length {
            self.read_more().await?;
        }
        Ok((status, &self.buffer[begins..begins + length]))
    }

    async fn read_more(&mut self) -> Outcome {
        self.buffer.reserve(64 << 10);
        match self.stream.read_buf(&mut self.buffer).await? {
            0 => Err("the server has closed the connection".into()),
            _ => Ok(()),
        }
    }
}

/// The status, where the body begins and how long it is; none before all of the head is there.
fn head(bytes: &[u8]) -> Option<Outcome<(u16, usize, usize)>> {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
    Some(read_head(&bytes[..end]).map(|(status, length)| (status, end + 4, length)))
}

fn read_head(head: &[u8]) -> Outcome<(u16, usize)> {
    let head = std::str::from_utf8(head)?;
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).ok_or("an answer without a status")?;
    let mut lengths = head.lines().filter_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse().ok())?
    });
    Ok((status, lengths.next_back().ok_or("an answer without a length")?))
}

/// The bytes of a request with a JSON body.
pub fn post(path: &str, token: Option<&str>, body: &str) -> Vec<u8> {
    let bearer = token.map_or_else(String::new, |token| format!("authorization: Bearer {token}\r\n"));
    let length = body.len();
    format!(
        "POST {path} HTTP/1.1\r\nhost: bench\r\naccept: application/json\r\ncontent-type: application/json\r\n\
         {bearer}content-length: {length}\r\n\r\n{body}"
    )
    .into_bytes()
}

pub fn get(path: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nhost: bench\r\n\r\n").into_bytes()
}
