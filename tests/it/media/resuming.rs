//! A connection or a server that is gone in the middle of a part: only that part is sent again.

use kernel::{EntityId, UploadId};
use serde_json::json;
use testkit::{TestApp, on_both};
use tokio::{io::AsyncWriteExt, net::TcpStream};

use super::{
    shelf::Shelf,
    uploading::{announcement, complete, create, id_of, status},
};

/// Sends the beginning of a part and hangs up.
async fn cut_off(shelf: &Shelf, url: &str, size: usize) {
    let address = shelf.server.url.strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(address).await.unwrap();
    let head = format!("PUT {url} HTTP/1.1\r\nHost: {address}\r\nContent-Length: {size}\r\n\r\n");
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(&vec![b'x'; size / 2]).await.unwrap();
    stream.shutdown().await.unwrap();
}

#[on_both]
async fn who_is_cut_off_goes_on_with_the_part_that_was_under_way(app: TestApp) {
    let tune = || app.tuned(|app| app.uploads.part = 1 << 20);
    let shelf = Shelf::folder(&tune()).await;
    let tomas = shelf.app.instructor("Tomas").await;
    let bytes = b"Words. ".repeat(500_000);
    let created = create(&tomas, announcement("a.txt", "text/plain", &bytes)).await;
    let (id, parts) = (id_of(&created), created.at("/createUpload/parts").as_array().unwrap());
    assert_eq!(parts.len(), 4);
    let url = |number: usize| parts[number - 1]["url"].as_str().unwrap();
    let part = |number: usize| bytes[(number - 1) << 20..bytes.len().min(number << 20)].to_vec();
    for number in [1, 2] {
        assert_eq!(shelf.put(url(number), part(number)).await.status(), 204);
    }
    // A part that is there is not harmed by one that is cut off when it is sent again.
    for number in [2, 3] {
        cut_off(&shelf, url(number), 1 << 20).await;
    }
    shelf.stop().await;
    let shelf = Shelf::folder(&tune()).await;
    assert_eq!(status(&tomas, &id).await["storedParts"], json!([1, 2]));
    for number in [3, 4] {
        assert_eq!(shelf.put(url(number), part(number)).await.status(), 204);
    }
    assert_eq!(complete(&tomas, &id).await.at("/completeUpload/upload/status"), "VERIFYING");
    shelf.app.run_jobs().await;
    assert_eq!(status(&tomas, &id).await["status"], "COMPLETED");
    let media = UploadId::from_wire(&id).unwrap().0.simple();
    assert_eq!(shelf.keys().await, [format!("media/{media}/source")], "nothing is left of what was begun");
    shelf.stop().await;
}
