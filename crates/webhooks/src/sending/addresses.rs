use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Is this an address on the public internet? Everything that IANA's registries of special addresses hold is not, whatever
/// else it is good for: <https://www.iana.org/assignments/iana-ipv4-special-registry>, and the same of IPv6.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

/// Networks by their first address and the length of their prefix.
const NOT_PUBLIC: [([u8; 4], u32); 16] = [
    ([0, 0, 0, 0], 8),
    ([10, 0, 0, 0], 8),
    ([100, 64, 0, 0], 10),
    ([127, 0, 0, 0], 8),
    ([169, 254, 0, 0], 16),
    ([172, 16, 0, 0], 12),
    ([192, 0, 0, 0], 24),
    ([192, 0, 2, 0], 24),
    ([192, 31, 196, 0], 24),
    ([192, 52, 193, 0], 24),
    ([192, 88, 99, 0], 24),
    ([192, 168, 0, 0], 16),
    ([198, 18, 0, 0], 15),
    ([198, 51, 100, 0], 24),
    ([203, 0, 113, 0], 24),
    // Multicast, reserved, broadcast.
    ([224, 0, 0, 0], 3),
];

fn is_public_v4(address: Ipv4Addr) -> bool {
    let bits = address.to_bits();
    !NOT_PUBLIC.iter().any(|(network, length)| (bits ^ u32::from_be_bytes(*network)) >> (32 - length) == 0)
}

/// What is given out to the internet is in 2000::/3. The rest, and some of that, leads elsewhere, or to an IPv4 address.
fn is_public_v6(address: Ipv6Addr) -> bool {
    let [a, b, c, d, e, f, ..] = address.segments();
    match (a, b) {
        // IPv4 by NAT64 (RFC 6052): where a network has only IPv6, names stand for these.
        (0x64, 0xff9b) if [c, d, e, f] == [0; 4] => is_public_v4(Ipv4Addr::from_bits(address.to_bits() as u32)),
        // Teredo, ORCHID, benchmarks and other protocols; 6to4, which ends at any IPv4 address; documentation.
        (0x2001, 0x0000..=0x01ff | 0x0db8) | (0x2002, _) | (0x3fff, 0x0000..=0x0fff) => false,
        _ => a >> 13 == 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PUBLIC: &str = "1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.1 \
    169.253.255.255 169.255.0.0 172.15.255.255 172.32.0.0 192.0.1.0 192.167.255.255 192.169.0.0 \
    198.17.255.255 198.20.0.0 223.255.255.255 2606:4700:4700::1111 2a00::1 2001:4860::8888 \
    64:ff9b::808:808";

    const NOT_PUBLIC: &str = "0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.0 100.127.255.255 127.0.0.1 127.255.255.254 \
    169.254.0.1 169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.1 192.0.2.1 192.88.99.1 \
    192.168.0.1 198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.1 224.0.0.1 239.1.1.1 240.0.0.1 \
    255.255.255.255 :: ::1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::127.0.0.1 64:ff9b::7f00:1 \
    64:ff9b::a9fe:a9fe 64:ff9b:1::1 64:ff9b::1:808:808 100::1 2001::1 2001:10::1 2001:db8::1 \
    2002:7f00:1::1 2002:808:808::1 3fff::1 5f00::1 fc00::1 fd12:3456::1 fe80::1 fec0::1 ff02::1";

    #[test]
    fn the_public_internet_and_nothing_else() {
        for public in PUBLIC.split_whitespace() {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
        for not in NOT_PUBLIC.split_whitespace() {
            assert!(!is_public(not.parse().unwrap()), "{not}");
        }
    }
}
