//! Where a request comes from, when proxies stand in front.

use std::net::{IpAddr, SocketAddr};

use axum::http::HeaderMap;

const HEADER: &str = "x-forwarded-for";

/// The client's address. Each proxy appends whom it heard from to `X-Forwarded-For`, and everything before what our own
/// proxies appended anybody can have written: with `proxies` of them, the client is the one that far from the right. When
/// the header is shorter, the request has come by another way, and its own address counts.
pub fn client_address(headers: &HeaderMap, peer: SocketAddr, proxies: usize) -> IpAddr {
    let lines: Vec<&str> = headers.get_all(HEADER).into_iter().filter_map(|line| line.to_str().ok()).collect();
    let addresses: Vec<&str> = lines.iter().flat_map(|line| line.split(',')).collect();
    let forwarded = match proxies {
        0 => None,
        _ => addresses.len().checked_sub(proxies).and_then(|place| parse(addresses[place].trim())),
    };
    forwarded.unwrap_or(peer.ip()).to_canonical()
}

/// Some proxies add the port.
fn parse(address: &str) -> Option<IpAddr> {
    let bare = address.trim_start_matches('[').trim_end_matches(']');
    bare.parse().ok().or_else(|| address.parse::<SocketAddr>().ok().map(|address| address.ip()))
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn seen(lines: &[&'static str], proxies: usize) -> String {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(HEADER, HeaderValue::from_static(line));
        }
        client_address(&headers, "192.0.2.9:4711".parse().unwrap(), proxies).to_string()
    }

    #[test]
    fn only_what_our_own_proxies_wrote_is_believed() {
        let forged = ["203.0.113.66, 198.51.100.1", "198.51.100.2,10.0.0.1"];
        assert_eq!(seen(&forged, 0), "192.0.2.9");
        assert_eq!(seen(&forged, 1), "10.0.0.1");
        assert_eq!(seen(&forged, 2), "198.51.100.2");
        assert_eq!(seen(&forged, 3), "198.51.100.1");
    }

    #[test]
    fn what_is_missing_or_no_address_leaves_the_peer() {
        for (lines, proxies) in
            [(vec![], 1), (vec!["198.51.100.1"], 2), (vec!["unknown"], 1), (vec!["198.51.100.1,"], 1)]
        {
            assert_eq!(seen(&lines, proxies), "192.0.2.9", "{lines:?}");
        }
    }

    #[test]
    fn addresses_come_with_and_without_ports() {
        for (line, wanted) in [
            ("198.51.100.1:5000", "198.51.100.1"),
            ("2001:db8::1", "2001:db8::1"),
            ("[2001:db8::1]", "2001:db8::1"),
            ("[2001:db8::1]:5000", "2001:db8::1"),
            ("::ffff:198.51.100.1", "198.51.100.1"),
        ] {
            assert_eq!(seen(&[line], 1), wanted);
        }
    }
}
