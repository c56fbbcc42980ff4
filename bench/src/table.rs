//! The one table.

use crate::{
    counting::Counted,
    drive::{Contender, Driven, Turn},
    options::Options,
    process,
    server::Server,
};

pub fn print(options: &Options, driven: &[Driven], counted: &[Counted], contenders: &[Contender<'_>]) {
    let [courses, users, enrollments] = options.size();
    println!(
        "\n{courses} courses, {users} users, {enrollments} enrolments, seed {}; {} rounds of {} s. Each cell: gateway / limit.\n",
        options.seed, options.rounds, options.seconds
    );
    println!("| row | at once | requests/s | p50 ms | p99 ms | CPU ms: server + PostgreSQL | ratio | statements |");
    println!("|---|---|---|---|---|---|---|---|");
    for one in driven {
        if let [gateway, limit, ..] = &one.turns[..] {
            println!("{}", line(one, (gateway, limit), counted));
        }
    }
    println!("\n`ratio` is the processor time of both, gateway / limit.");
    for row in options.rows() {
        println!("- {row:?}: {}", row.says());
    }
    print_sqlite(driven);
    let all: Vec<&Server> = contenders.iter().flat_map(|contender| contender.servers).collect();
    let peaks: Vec<String> = all.iter().map(|server| format!("{:.0}", process::peak_mebibytes(server.pid()))).collect();
    let starts: Vec<String> = all.iter().map(|server| format!("{:.0}", server.started_ms)).collect();
    println!("\nPeak memory: {} MiB. First answer after: {} ms.", peaks.join(" / "), starts.join(" / "));
}

/// The gateway on SQLite beside that on PostgreSQL, where there is one.
fn print_sqlite(driven: &[Driven]) {
    let lines = driven.iter().filter_map(|one| match &one.turns[..] {
        [postgres, _, sqlite] => Some(format!("| {:?} | {} | {}", one.row, one.concurrency, beside(sqlite, postgres))),
        _ => None,
    });
    let lines: Vec<String> = lines.collect();
    if lines.is_empty() {
        return;
    }
    println!("\nThe gateway on SQLite / on PostgreSQL.\n");
    println!("| row | at once | requests/s | p50 ms | p99 ms | CPU ms, with the database's | ratio |");
    println!("|---|---|---|---|---|---|---|");
    lines.iter().for_each(|line| println!("{line}"));
}

fn beside(sqlite: &Turn, postgres: &Turn) -> String {
    let both = |of: fn(&Turn) -> f64, digits: usize| format!("{:.digits$} / {:.digits$}", of(sqlite), of(postgres));
    let cpu = |turn: &Turn| turn.cpu().0 + turn.cpu().1;
    format!(
        "{} | {} | {} | {} | {:.1} |",
        both(Turn::throughput, 0),
        both(|turn| turn.percentile(0.5), 1),
        both(|turn| turn.percentile(0.99), 1),
        both(|turn| turn.cpu().0 + turn.cpu().1, 2),
        cpu(sqlite) / cpu(postgres)
    )
}

fn line(Driven { row, concurrency, .. }: &Driven, (gateway, limit): (&Turn, &Turn), counted: &[Counted]) -> String {
    let both = |of: fn(&Turn) -> f64, digits: usize| format!("{:.digits$} / {:.digits$}", of(gateway), of(limit));
    let ((server, database), (least, least_database)) = (gateway.cpu(), limit.cpu());
    let ratio = (server + database) / (least + least_database);
    let counts = counted.iter().find(|counted| counted.row == *row);
    let statements = counts.map_or_else(String::new, |counts| format!("{:.1} / {:.1}", counts.gateway, counts.limit));
    let (throughput, median, slow) =
        (both(Turn::throughput, 0), both(|turn| turn.percentile(0.5), 1), both(|turn| turn.percentile(0.99), 1));
    format!(
        "| {row:?} | {concurrency} | {throughput} | {median} | {slow} | {server:.2} + {database:.2} / {least:.2} + \
         {least_database:.2} | {ratio:.1} | {statements} |"
    )
}
