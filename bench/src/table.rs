//! The one table.

use crate::{
    Outcome,
    counting::Counted,
    drive::{Driven, Turn},
    options::Options,
    process,
    server::Server,
};

pub fn print(
    options: &Options,
    driven: &[Driven],
    counted: &[Counted],
    (gateway, limit): (&Server, &Server),
) -> Outcome {
    let [courses, users, enrollments] = options.size();
    println!(
        "\n{courses} courses, {users} users, {enrollments} enrolments, seed {}; {} rounds of {} s. Each cell: gateway / limit.\n",
        options.seed, options.rounds, options.seconds
    );
    println!("| row | at once | requests/s | p50 ms | p99 ms | CPU ms: server + PostgreSQL | ratio | statements |");
    println!("|---|---|---|---|---|---|---|---|");
    for one in driven {
        println!("{}", line(one, counted));
    }
    println!("\n`ratio` is the processor time of both, gateway / limit.");
    for row in options.rows() {
        println!("- {row:?}: {}", row.says());
    }
    let peak = |server: &Server| process::peak_mebibytes(server.pid());
    println!("\nPeak memory: {:.0} / {:.0} MiB. ", peak(gateway), peak(limit));
    println!("First answer after: {:.0} / {:.0} ms.", gateway.started_ms, limit.started_ms);
    Ok(())
}

fn line(Driven { row, concurrency, gateway, limit }: &Driven, counted: &[Counted]) -> String {
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
