//! Files of answers, imported over HTTP as the studio does it.

use std::collections::BTreeMap;
use std::io::Write;

use axum::http::StatusCode;
use serde_json::json;

use crate::support::Server;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_share_on_the_board_of_a_survey_is_the_files() {
    let server = Server::start().await;
    let bytes = include_bytes!("../../../report-engine/tests/data/flying-etiquette.csv");
    let preview = server.preview("flying-etiquette.csv", bytes).await;
    assert_eq!(
        (preview.rows, preview.encoding.as_str(), preview.form.as_str()),
        (1_040, "UTF-8", "flying-etiquette")
    );
    let progress = server.import(&preview).await;
    assert_eq!(
        (progress.status.as_str(), progress.imported, progress.refused),
        ("done", 1_040, 0),
        "{:?}",
        progress.refusals
    );

    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let headers: Vec<String> = reader.headers().expect("headers").iter().map(str::to_owned).collect();
    let records: Vec<csv::StringRecord> = reader.records().map(|record| record.expect("a record")).collect();
    let (status, board) = server.get("/api/v1/dashboards/flying-etiquette").await;
    assert_eq!(status, StatusCode::OK, "{board}");
    let mut compared = 0;
    for tile in board["tiles"].as_array().expect("tiles") {
        let rows = server.rows(&tile["query"]).await;
        let Some(column) = headers.iter().position(|header| tile["title"] == header.as_str()) else {
            assert_eq!(rows, [[json!(1_040)]]);
            continue;
        };
        let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
        for answer in records.iter().map(|record| &record[column]).filter(|answer| !answer.is_empty()) {
            *counts.entry(answer).or_default() += 1;
        }
        let answered: u64 = counts.values().sum();
        let shown: u64 = rows.iter().filter_map(|row| row[1].as_u64()).sum();
        assert_eq!((rows.len(), shown), (counts.len(), answered), "{}", tile["title"]);
        for row in rows {
            let answer = row[0].as_str().expect("an answer");
            let share = row[1].as_f64().expect("a count") / shown as f64;
            assert!((share - counts[answer] as f64 / answered as f64).abs() < 1e-12, "{answer}");
            compared += 1;
        }
    }
    assert!(compared > 80, "only {compared} shares were compared");
    server.app.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn damaged_numbers_are_refused_and_nothing_is_lost() {
    let server = Server::start().await;
    let text = "手机,身份证,评分,渠道\n\
        13800138000,110101199003071234,9,门店;官网\n\
        1.38E+10,110101199003071234,8,门店\n\
        13900139000,110101199003070000,7,官网\n\
        13700137000,110101199003071235,很好,官网\n\
        ,,,\n\
        13600136000,110101199003071236,5,门店,多余\n\
        13500135000,,10,官网；门店\n";
    let (bytes, _, _) = encoding_rs::GB18030.encode(text);
    let mut preview = server.preview("客户 回访.csv", &bytes).await;
    assert_eq!((preview.encoding.as_str(), preview.form.as_str()), ("GB18030", "客户-回访"));
    let codes: Vec<&str> = preview.problems.iter().map(|problem| problem.code.as_str()).collect();
    assert!(codes.contains(&"import.rounded") && codes.contains(&"import.truncated"), "{codes:?}");
    // `很好` makes the column a text; its author knows better.
    preview.columns[2].kind = "integer".to_owned();
    preview.columns[3].kind = "multiple".to_owned();
    preview.columns[3].options = vec!["门店".to_owned(), "官网".to_owned()];
    let progress = server.import(&preview).await;
    assert_eq!((progress.status.as_str(), progress.imported, progress.refused), ("done", 2, 4));
    let refused: Vec<(u64, &str, &str)> = progress
        .refusals
        .iter()
        .map(|row| (row.row, row.problems[0].code.as_str(), row.problems[0].path.as_str()))
        .collect();
    let wanted = [
        (3, "import.rounded", "/手机"),
        (4, "import.truncated", "/身份证"),
        (5, "import.kind", "/评分"),
        (7, "import.surplus", ""),
    ];
    assert_eq!(refused, wanted);
    assert_eq!(progress.refusals[0].cells[0], "1.38E+10");
    let query = json!({"dataset": "客户-回访", "dimensions": [{"field": "/渠道"}], "measures": [{"count": "*"}, {"avg": "/评分"}]});
    assert_eq!(json!(server.rows(&query).await), json!([["官网", 2, 9.5], ["门店", 2, 9.5]]));
    let query = json!({"dataset": "客户-回访", "dimensions": [{"field": "/手机"}], "measures": []});
    assert_eq!(json!(server.rows(&query).await), json!([["13500135000"], ["13800138000"]]));

    // Whoever started it is told how it ended.
    let (_, told) = server.get("/api/v1/notifications").await;
    assert_eq!(
        (&told["items"][0]["kind"], &told["items"][0]["form"]),
        (&json!("imported"), &json!("客户-回访"))
    );
    let words = "“客户 回访.csv” is imported: 2 rows; 4 could not be";
    assert_eq!(told["items"][0]["text"], words, "{told}");

    // A telephone number makes the customer known.
    let customers = json!({"dataset": "$customers", "measures": [{"count": "*"}]});
    assert_eq!(json!(server.rows(&customers).await), json!([[2]]));

    let again = json!({"form": preview.form, "title": "x", "app": "imported", "columns": preview.columns});
    let (status, problem) = server.post(&format!("/api/v1/imports/{}/run", preview.id), &again).await;
    assert_eq!(status, StatusCode::CONFLICT, "{problem}");
    server.app.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn spreadsheets_are_read_and_bombs_are_not() {
    let server = Server::start().await;
    let sheet = r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
        <row r="1"><c r="A1" t="inlineStr"><is><t>评分</t></is></c><c r="B1" t="inlineStr"><is><t>电话</t></is></c></row>
        <row r="2"><c r="A2"><v>9</v></c><c r="B2"><v>13800138000</v></c></row>
        <row r="4"><c r="A4"><v>3</v></c><c r="B4"><v>1.3800138000138E+17</v></c></row></sheetData></worksheet>"#;
    let preview = server.preview("a.xlsx", &workbook(sheet.as_bytes())).await;
    assert_eq!((preview.encoding.as_str(), preview.rows), ("xlsx", 2));
    assert_eq!(
        preview.columns.iter().map(|column| column.kind.as_str()).collect::<Vec<_>>(),
        ["integer", "phone"]
    );
    let progress = server.import(&preview).await;
    assert_eq!((progress.imported, progress.refused), (1, 1));
    assert_eq!(
        (progress.refusals[0].row, progress.refusals[0].problems[0].code.as_str()),
        (4, "import.truncated")
    );

    let (status, problem) = server.upload("bomb.xlsx", &workbook(&vec![b' '; 60 << 20])).await;
    assert_eq!(
        (status, &problem["problems"][0]["code"]),
        (StatusCode::UNPROCESSABLE_ENTITY, &json!("import.too_large"))
    );
    for junk in [&b"PK\x03\x04 no zip"[..], b"", b"\n\n"] {
        let (status, problem) = server.upload("junk", junk).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{problem}");
    }
    let (status, _) = server.upload("large.csv", &vec![b'a'; 11 << 20]).await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
    server.app.close().await;
}

/// The least a spreadsheet can be.
fn workbook(sheet: &[u8]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let parts: [(&str, &[u8]); 5] = [
        ("[Content_Types].xml", br#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#),
        ("_rels/.rels", br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#),
        ("xl/workbook.xml", br#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>"#),
        ("xl/_rels/workbook.xml.rels", br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#),
        ("xl/worksheets/sheet1.xml", sheet),
    ];
    for (name, bytes) in parts {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("starts");
        zip.write_all(bytes).expect("writes");
    }
    zip.finish().expect("finishes").into_inner()
}
