//! What `/proc` says of processes.

use std::fs;

/// `/proc` counts in hundredths of a second on every Linux that we know.
const TICK_MS: f64 = 10.0;

/// The fields of `/proc/PID/stat` after the name, which may hold blanks: the state is the first.
fn stat(pid: u32) -> Option<Vec<String>> {
    let text = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let (_, rest) = text.rsplit_once(')')?;
    Some(rest.split_whitespace().map(str::to_string).collect())
}

pub fn parent(pid: u32) -> Option<u32> {
    stat(pid)?.get(1)?.parse().ok()
}

/// The milliseconds of processor time that the process has taken, and the children that it has waited for.
pub fn cpu_ms(pid: u32) -> f64 {
    let Some(fields) = stat(pid) else {
        return 0.0;
    };
    let ticks = fields.iter().skip(11).take(4).filter_map(|field| field.parse::<f64>().ok());
    ticks.sum::<f64>() * TICK_MS
}

/// The same of a process and those that it has started.
pub fn family_cpu_ms(pid: u32) -> f64 {
    let all = fs::read_dir("/proc").into_iter().flatten().flatten();
    let pids = all.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    pids.filter(|other| *other == pid || parent(*other) == Some(pid)).map(cpu_ms).sum()
}

/// The most memory that the process ever had, in mebibytes.
pub fn peak_mebibytes(pid: u32) -> f64 {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kibibytes = peak.and_then(|peak| peak.split_whitespace().next()?.parse::<f64>().ok());
    kibibytes.unwrap_or_default() / 1024.0
}
