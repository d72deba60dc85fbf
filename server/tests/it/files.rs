//! Files sent with answers: piece by piece and without script, bound to one answer, brought to nobody else.

use std::io::Cursor;

use axum::http::StatusCode;
use huiyin::services::uploads;
use serde_json::{Value, json};

use crate::support::house::{Answer, HOUR_MS, House, on_each_database};

const ENGLISH: [(&str, &str); 1] = [("accept-language", "en")];

/// A repair request with photos, a bill, and a role that must not see the bill.
fn app() -> String {
    let document: Value = json!({"format": 1, "kind": "app", "key": "repairs", "title": "Repairs", "forms": [
        {"format": 1, "kind": "form", "key": "repair", "title": "Repair",
         "schema": {"type": "object", "required": ["what"], "properties": {
            "what": {"type": "string"},
            "photos": {"type": "array", "maxItems": 2, "items": {"type": "object", "required": ["id"]}},
            "bill": {"type": "string"}}},
         "layout": {"pages": [{"items": [{"field": "/what"}, {"field": "/photos", "control": "image"},
            {"field": "/bill", "control": "file", "files": {"accept": [".pdf"], "max_bytes": 2000}}]}]},
         "publish": {"slug": "repair"}},
        {"format": 1, "kind": "form", "key": "other", "title": "Other",
         "schema": {"type": "object", "properties": {"photos": {"type": "array", "items": {"type": "object"}}}},
         "layout": {"pages": [{"items": [{"field": "/photos", "control": "image"}]}]}, "publish": {"slug": "other"}}],
     "roles": [{"format": 1, "kind": "role", "key": "no-bills", "title": "No bills",
        "grants": [{"form": "repair", "rows": "all", "verbs": ["see"], "hide": ["/bill"]}]}]});
    document.to_string()
}

fn picture(edge: u32) -> Vec<u8> {
    let mut written = Cursor::new(Vec::new());
    let noise = image::RgbImage::from_fn(edge, edge, |x, y| {
        let mixed = (x.wrapping_mul(73_856_093) ^ y.wrapping_mul(19_349_663)).wrapping_mul(83_492_791);
        image::Rgb([(mixed >> 8) as u8, (mixed >> 16) as u8, (mixed >> 24) as u8])
    });
    noise.write_to(&mut written, image::ImageFormat::Png).expect("a picture");
    written.into_inner()
}

async fn begin(house: &House, slug: &str, field: &str, name: &str, size: usize) -> Answer {
    let body = json!({"field": field, "name": name, "size_bytes": size}).to_string().into_bytes();
    house.send("", "POST", &format!("/f/{slug}/files"), &ENGLISH, body).await
}

async fn piece(house: &House, slug: &str, id: &str, offset: usize, bytes: &[u8]) -> Answer {
    let offset = offset.to_string();
    let headers = [("content-type", "application/octet-stream"), ("upload-offset", &*offset), ENGLISH[0]];
    house.send("", "PATCH", &format!("/f/{slug}/files/{id}"), &headers, bytes.to_vec()).await
}

/// Sends a file whole; what the answer holds of it.
async fn send(house: &House, slug: &str, field: &str, name: &str, bytes: &[u8]) -> Value {
    let begun = begin(house, slug, field, name, bytes.len()).await;
    assert_eq!(begun.status, StatusCode::CREATED, "{}", begun.text);
    let id = begun.body["id"].as_str().expect("an id").to_owned();
    let mut last = begun.body;
    for start in (0..bytes.len()).step_by(uploads::PIECE_BYTES) {
        let part = &bytes[start..bytes.len().min(start + uploads::PIECE_BYTES)];
        let answer = piece(house, slug, &id, start, part).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        last = answer.body;
    }
    last["value"].clone()
}

async fn submit(house: &House, slug: &str, data: &Value) -> Answer {
    let path = format!("/api/v1/public/forms/{slug}/submissions");
    house.send("", "POST", &path, &ENGLISH, data.to_string().into_bytes()).await
}

fn code(answer: &Answer) -> &str {
    answer.body["problems"][0]["code"].as_str().unwrap_or("")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_comes_in_pieces_goes_on_after_a_break_and_is_brought_as_it_was() {
    on_each_database(async |house| {
        house.install(&app()).await;
        let bytes = picture(800);
        assert!(bytes.len() > uploads::PIECE_BYTES, "{}", bytes.len());
        let begun = begin(&house, "repair", "/photos", "../../水龙头 \"1\".png", bytes.len()).await;
        assert_eq!(begun.status, StatusCode::CREATED, "{}", begun.text);
        let id = begun.body["id"].as_str().expect("an id").to_owned();
        assert_eq!(begun.body["name"], "水龙头 \"1\".png");
        let first = piece(&house, "repair", &id, 0, &bytes[..1_000_000]).await;
        assert_eq!(first.body["received_bytes"], 1_000_000, "{}", first.text);
        // A hole is refused; the sender asks where to go on, and repeats what it is not sure of.
        let hole = piece(&house, "repair", &id, 1_000_001, &bytes[1_000_001..1_100_000]).await;
        assert_eq!(hole.status, StatusCode::CONFLICT, "{}", hole.text);
        let asked = house.ask("", "GET", &format!("/f/repair/files/{id}"), None).await;
        assert_eq!(asked.body["received_bytes"], 1_000_000);
        let early = submit(&house, "repair", &json!({"what": "x", "photos": [{"id": id}]})).await;
        assert_eq!(code(&early), "upload.unknown", "{}", early.text);
        let mut at = 999_000;
        while at < bytes.len() {
            let end = bytes.len().min(at + uploads::PIECE_BYTES);
            let answer = piece(&house, "repair", &id, at, &bytes[at..end]).await;
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
            at = end;
        }
        // What the sender says of it is not believed.
        let lie = json!({"id": id, "name": "evil.exe", "size": 1});
        let sent = submit(&house, "repair", &json!({"what": "drips", "photos": [lie]})).await;
        assert_eq!(sent.status, StatusCode::CREATED, "{}", sent.text);
        let submission = sent.body["id"].as_str().expect("an id").to_owned();
        let seen = house.ask("owner", "GET", &format!("/api/v1/submissions/{submission}"), None).await.body;
        assert_eq!(
            seen["data"]["photos"],
            json!([{"id": id, "name": "水龙头 \"1\".png", "size": bytes.len()}])
        );
        assert_eq!(seen["files"][0]["media_type"], "image/png", "{seen}");

        let path = format!("/api/v1/files/{id}");
        let brought = house.ask("owner", "GET", &path, None).await;
        let header = |answer: &Answer, name: &str| {
            answer.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("").to_owned()
        };
        assert_eq!(brought.status, StatusCode::OK);
        assert_eq!(header(&brought, "content-type"), "application/octet-stream");
        assert_eq!(header(&brought, "content-length"), bytes.len().to_string());
        assert!(header(&brought, "content-disposition").starts_with("attachment;"));
        assert_eq!(header(&brought, "x-content-type-options"), "nosniff");
        assert!(header(&brought, "content-security-policy").contains("sandbox"));
        let small = house.ask("owner", "GET", &format!("{path}?preview=true"), None).await;
        assert_eq!((small.status, &*header(&small, "content-type")), (StatusCode::OK, "image/jpeg"));
        assert!(header(&small, "content-security-policy").contains("sandbox"));
        // Nobody else: a stranger, an answer's page, the uploading road once it is bound.
        assert_eq!(house.ask("", "GET", &path, None).await.status, StatusCode::UNAUTHORIZED);
        let road = house.ask("", "GET", &format!("/f/repair/files/{id}"), None).await;
        assert_eq!(road.status, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_question_does_not_take_is_refused_with_words() {
    on_each_database(async |house| {
        house.install(&app()).await;
        let page = begin(&house, "repair", "/photos", "cat.png", 25).await;
        let id = page.body["id"].as_str().expect("an id").to_owned();
        let lied = piece(&house, "repair", &id, 0, b"<script>alert(1)</script>").await;
        assert_eq!(
            (lied.status, code(&lied)),
            (StatusCode::UNPROCESSABLE_ENTITY, "upload.type"),
            "{}",
            lied.text
        );
        assert!(lied.text.contains("files such as"), "{}", lied.text);
        let gone = house.ask("", "GET", &format!("/f/repair/files/{id}"), None).await;
        assert_eq!(gone.status, StatusCode::NOT_FOUND);
        assert!(house.app.files.hashes().await.expect("reads").is_empty());
        for (field, name, size, expected) in [
            ("/bill", "bill.pdf", 2_001, "upload.too_large"),
            ("/bill", "bill.pdf", 0, "upload.empty"),
            ("/what", "cat.png", 10, "upload.field"),
            ("/nothing", "cat.png", 10, "upload.field"),
        ] {
            let refused = begin(&house, "repair", field, name, size).await;
            assert_eq!(code(&refused), expected, "{}", refused.text);
        }
        let announced = begin(&house, "repair", "/bill", "bill.pdf", 10).await;
        let id = announced.body["id"].as_str().expect("an id").to_owned();
        let more = piece(&house, "repair", &id, 0, b"%PDF-1.7 and more").await;
        assert_eq!(code(&more), "upload.size", "{}", more.text);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_goes_into_one_answer_to_its_own_question() {
    on_each_database(async |house| {
        house.install(&app()).await;
        let photo = send(&house, "repair", "/photos", "a.png", &picture(8)).await;
        let elsewhere = submit(&house, "other", &json!({"photos": [photo]})).await;
        assert_eq!(code(&elsewhere), "upload.unknown", "{}", elsewhere.text);
        let wrong = submit(&house, "repair", &json!({"what": "x", "bill": photo["id"]})).await;
        assert_eq!(code(&wrong), "upload.unknown", "{}", wrong.text);
        let twice = submit(&house, "repair", &json!({"what": "x", "photos": [photo, photo]})).await;
        assert_eq!(code(&twice), "upload.unknown", "{}", twice.text);
        let (data, other) =
            (json!({"what": "x", "photos": [photo]}), json!({"what": "y", "photos": [photo]}));
        let (first, second) = tokio::join!(submit(&house, "repair", &data), submit(&house, "repair", &other));
        let stored = [&first, &second].iter().filter(|answer| answer.status == StatusCode::CREATED).count();
        assert_eq!(stored, 1, "{} {}", first.text, second.text);
        let third = submit(&house, "repair", &json!({"what": "z", "photos": [photo]})).await;
        assert_eq!(code(&third), "upload.unknown", "{}", third.text);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_field_that_is_hidden_hides_its_files() {
    on_each_database(async |house| {
        house.install(&app()).await;
        let bill = send(&house, "repair", "/bill", "bill.pdf", b"%PDF-1.7 1,200").await;
        let photo = send(&house, "repair", "/photos", "a.png", &picture(8)).await;
        let sent = submit(&house, "repair", &json!({"what": "x", "bill": bill, "photos": [photo]})).await;
        assert_eq!(sent.status, StatusCode::CREATED, "{}", sent.text);
        let path = format!("/api/v1/members/{}/roles", house.person("quality-1").user);
        let given = house.ask("admin", "PUT", &path, Some(&json!({"roles": ["no-bills"]}))).await;
        assert!(given.status.is_success(), "{}", given.text);
        let fetch = async |who: &str, id: &Value| {
            house
                .ask(who, "GET", &format!("/api/v1/files/{}", id.as_str().expect("an id")), None)
                .await
                .status
        };
        assert_eq!(fetch("owner", &bill).await, StatusCode::OK);
        assert_eq!(fetch("quality-1", &photo["id"]).await, StatusCode::OK);
        assert_eq!(fetch("quality-1", &bill).await, StatusCode::NOT_FOUND);
        let path = format!("/api/v1/submissions/{}", sent.body["id"].as_str().expect("an id"));
        let seen = house.ask("quality-1", "GET", &path, None).await;
        assert!(!seen.text.contains("bill.pdf") && seen.text.contains("a.png"), "{}", seen.text);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_nobody_sent_off_and_what_was_erased_leaves_no_bytes() {
    on_each_database(async |house| {
        house.install(&app()).await;
        let lost = picture(9);
        send(&house, "repair", "/photos", "lost.png", &lost).await;
        let kept = send(&house, "repair", "/photos", "kept.png", &picture(10)).await;
        let sent = submit(&house, "repair", &json!({"what": "x", "photos": [kept]})).await;
        let age = |days: u64| {
            let old = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(days * 86_400);
            let folder = house.app.config.data_dir.join("files/whole");
            for shelf in std::fs::read_dir(folder).expect("a folder") {
                for file in std::fs::read_dir(shelf.expect("a shelf").path()).expect("a shelf") {
                    let file = std::fs::File::options().write(true).open(file.expect("a file").path());
                    file.expect("opens").set_modified(old).expect("ages");
                }
            }
        };
        age(1);
        assert_eq!(house.app.files.hashes().await.expect("reads").len(), 2);
        house.hand.advance_ms(25 * HOUR_MS);
        uploads::sweep(&house.app).await.expect("sweeps");
        assert_eq!(house.app.files.hashes().await.expect("reads").len(), 1);
        let path = format!("/api/v1/submissions/{}", sent.body["id"].as_str().expect("an id"));
        assert!(house.ask("owner", "DELETE", &path, None).await.status.is_success());
        uploads::sweep(&house.app).await.expect("sweeps");
        assert!(house.app.files.hashes().await.expect("reads").is_empty());
    })
    .await;
}

/// A form post as a browser without script sends it.
fn parts(pairs: &[(&str, &str)], files: &[(&str, &str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in pairs {
        body.extend_from_slice(
            format!("--part\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
                .as_bytes(),
        );
    }
    for (name, file, bytes) in files {
        let head = format!(
            "--part\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--part--\r\n");
    body
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_come_along_without_script_and_survive_a_page_with_problems() {
    on_each_database(async |house| {
        house.install(&app()).await;
        let headers = [("content-type", "multipart/form-data; boundary=part"), ENGLISH[0]];
        let post = async |pairs: &[(&str, &str)], files: &[(&str, &str, &[u8])]| {
            house.send("", "POST", "/f/repair", &headers, parts(pairs, files)).await
        };
        let seen = ("_seen", "/what /photos /bill");
        let page = house.send("", "GET", "/f/repair", &ENGLISH, Vec::new()).await;
        assert!(page.text.contains("multipart/form-data"), "{}", page.text);
        let (cat, dog) = (picture(8), picture(12));
        // The answer to `what` is missing: the photo is kept, and stands on the page as a ticked box.
        let wrong = post(&[seen, ("_nonce", "n")], &[("/photos", "cat.png", &cat), ("/bill", "", b"")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", wrong.text);
        assert!(wrong.text.contains("cat.png"), "{}", wrong.text);
        let (_, rest) = wrong.text.split_once("value=\"{&quot;id").expect("the box of the photo");
        let value = format!("{{\"id{}", rest.split('"').next().expect("its value").replace("&quot;", "\""));
        let untaken = post(
            &[seen, ("/what", "x"), ("/photos", &value), ("_nonce", "n")],
            &[("/bill", "x.pdf", b"none")],
        )
        .await;
        assert_eq!(untaken.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", untaken.text);
        assert!(
            untaken.text.contains("files such as") && untaken.text.contains("cat.png"),
            "{}",
            untaken.text
        );
        let sent = post(
            &[seen, ("/what", "drips"), ("/photos", &value), ("_nonce", "n")],
            &[("/photos", "dog.png", &dog), ("/bill", "bill.pdf", b"%PDF-1.7")],
        )
        .await;
        assert_eq!(sent.status, StatusCode::OK, "{}", sent.text);
        let listed = house.ask("owner", "GET", "/api/v1/forms/repair/submissions", None).await.body;
        let photos = &listed["items"][0]["data"]["photos"];
        assert_eq!(
            (&photos[0]["name"], &photos[1]["name"]),
            (&json!("cat.png"), &json!("dog.png")),
            "{listed}"
        );
        assert!(listed["items"][0]["data"]["bill"].is_string(), "{listed}");
    })
    .await;
}
