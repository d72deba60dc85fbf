//! People from a file: looked at, done in one go, and done again without changing anything.

use std::io::Write;

use api_types::{Change, PeopleReport};
use axum::http::StatusCode;
use huiyin::store;
use serde_json::json;

use crate::support::house::{House, on_each_database};

async fn bring_as(house: &House, who: &str, bytes: &[u8], how: &str) -> (StatusCode, String) {
    let mut body =
        b"--part\r\nContent-Disposition: form-data; name=\"file\"; filename=\"people.csv\"\r\n\r\n".to_vec();
    body.extend_from_slice(bytes);
    body.extend_from_slice(b"\r\n--part--\r\n");
    let headers = [("content-type", "multipart/form-data; boundary=part")];
    let answer = house.send(who, "POST", &format!("/api/v1/people/file?{how}"), &headers, body).await;
    (answer.status, answer.text)
}

async fn bring(house: &House, file: &str, how: &str) -> PeopleReport {
    let (status, text) = bring_as(house, "admin", file.as_bytes(), how).await;
    assert_eq!(status, StatusCode::OK, "{text}");
    serde_json::from_str(&text).expect("a report")
}

const FILE: &str = "\
账号*,姓名,部门编码,部门名称,上级部门,部门负责人,上级账号,角色,邮箱,手机号,技能,备注
li.na,李娜,sales,销售部,总部,是,,设计者,li.na@b.example,13800138000,谈判；英语,新人
wang.fang,王芳,sales-north,北方销售,sales,wang.fang,li.na,客服,,+86 139-0013-9000,,
zhao.lei,赵磊,sales-north,北方销售,sales,wang.fang,wang.fang,客服,zhao@b.example,,英语,
";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_is_looked_at_done_at_once_and_done_again_without_a_change() {
    on_each_database(async |house| {
        let users = async || store::user::count(house.app.db.read()).await.expect("reads");
        let before = users().await;
        let look = bring(&house, FILE, "").await;
        assert_eq!((look.applied, look.rows, look.unchanged), (false, 3, 0));
        assert!(look.problems.is_empty(), "{:?}", look.problems);
        assert_eq!(look.ignored, ["备注"]);
        assert!(look.people.iter().all(|one| one.change == Change::Create));
        let made: Vec<_> =
            look.departments.iter().map(|one| (one.key.as_str(), one.title.as_str())).collect();
        assert_eq!(made.len(), 3, "{made:?}");
        assert!(
            made.contains(&("sales", "销售部")) && made.contains(&("sales-north", "北方销售")),
            "{made:?}"
        );
        assert_eq!(users().await, before, "a look changes nothing");
        let done = bring(&house, FILE, "apply=true").await;
        assert!(done.applied && done.links.len() == 3, "{done:?}");
        assert_eq!(users().await, before + 3);
        let again = bring(&house, FILE, "apply=true").await;
        assert!(again.applied && again.people.is_empty() && again.departments.is_empty(), "{again:?}");
        assert_eq!((again.unchanged, again.links.len()), (3, 0));
        let below = store::department::below(house.app.db.read(), house.team, "sales").await.expect("reads");
        assert_eq!(below, ["sales", "sales-north"]);
        let members = house.ask("admin", "GET", "/api/v1/members", None).await.body;
        let member = |login: &str| {
            let list = members.as_array().expect("a list");
            list.iter()
                .find(|one| one["login"] == login)
                .unwrap_or_else(|| panic!("{login} is missing"))
                .clone()
        };
        let (li, wang, zhao) = (member("li.na"), member("wang.fang"), member("zhao.lei"));
        assert_eq!(
            (&li["role"], &li["skills"], &li["head"]),
            (&json!("designer"), &json!(["谈判", "英语"]), &json!(true))
        );
        assert_eq!(
            (&wang["manager"], &wang["mobile"], &wang["head"]),
            (&li["id"], &json!("13900139000"), &json!(true))
        );
        assert_eq!((&zhao["manager"], &zhao["waiting"]), (&wang["id"], &json!(true)));
        // Each comes in by their own link, and signs in with what the file says.
        let link = done.links.iter().find(|one| one.login == "wang.fang").expect("a link");
        let path = format!("/api/v1/join/{}", link.link.rsplit('/').next().expect("a token"));
        let offer = house.ask("", "GET", &path, None).await.body;
        assert_eq!((&offer["is_waiting"], &offer["login"]), (&json!(true), &json!("wang.fang")));
        let given = json!({"name": "王芳", "login": "somebody-else", "password": "a long walk home"});
        let joined = house.ask("", "POST", &path, Some(&given)).await;
        assert_eq!(joined.status, StatusCode::CREATED, "{}", joined.text);
        for login in ["wang.fang", "139 0013 9000"] {
            let given = json!({"login": login, "password": "a long walk home"});
            assert_eq!(
                house.ask("", "POST", "/api/v1/session", Some(&given)).await.status,
                StatusCode::CREATED
            );
        }
        assert_eq!(bring(&house, FILE, "").await.unchanged, 3, "whoever has come stays as they are");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_changed_file_changes_what_differs_and_who_is_missing_goes_where_asked() {
    on_each_database(async |house| {
        bring(&house, FILE, "apply=true").await;
        let changed = "\
login,name,department key,role,manager,skills,status
li.na,Li Na,sales,designer,,,active
wang.fang,王芳,sales,agent,li.na,english,left
";
        let look = bring(&house, changed, "").await;
        assert!(look.problems.is_empty(), "{:?}", look.problems);
        let of = |login: &str| {
            let found = look.people.iter().find(|one| one.login == login).expect("is listed");
            (found.change, found.fields.join(" "))
        };
        assert_eq!(of("li.na"), (Change::Change, "name skills".to_owned()));
        assert_eq!(of("wang.fang"), (Change::Disable, "department skills access".to_owned()));
        assert_eq!(look.people.len(), 2, "who is missing stays, unless asked otherwise: {look:?}");
        let complete = bring(&house, changed, "apply=true&disable_missing=true").await;
        assert!(complete.applied);
        let gone: Vec<&str> = complete
            .people
            .iter()
            .filter(|one| one.change == Change::Disable && one.row.is_none())
            .map(|one| one.login.as_str())
            .collect();
        assert!(gone.contains(&"zhao.lei"), "{gone:?}");
        let members = house.ask("owner", "GET", "/api/v1/members", None).await.body;
        for member in members.as_array().expect("a list") {
            let stays = ["owner", "admin", "Li Na"].iter().any(|name| member["name"] == *name);
            assert_eq!(member["disabled"] == true, !stays, "{member}");
        }
        assert!(bring(&house, changed, "disable_missing=true").await.people.is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_wrong_is_named_with_row_and_column_and_nothing_is_done() {
    on_each_database(async |house| {
        let file = "\
login,name,role,department key,parent department,department head,manager,email,mobile,status
a.one,One,boss,x-1,,,,,,
a.two,,agent,x-1,,,,,,
a.three,Three,owner,x-1,,,,,,
a.four,Four,agent,X 1,,,,,,
a.five,Five,agent,x-1,x-1,,,,,
a.six,Six,agent,x-1,,nobody,,,,
a.seven,Seven,agent,x-1,,,a.eight,,,
a.eight,Eight,agent,x-1,,,a.seven,,,
a.nine,Nine,agent,x-1,,,,not an address,,
a.ten,Ten,agent,x-1,,,,,12,
a.ten,Ten,agent,x-1,,,,,,perhaps
a.eleven,Eleven,agent,x-1,,,,,,
A.Eleven ,Twelve,agent,x-1,,,,,,
?,Thirteen,agent,x-1,,,,,,
";
        let report = bring(&house, file, "apply=true").await;
        assert!(!report.applied && report.links.is_empty());
        let found: Vec<(u32, &str, &str)> =
            report.problems.iter().map(|one| (one.row, one.column.as_str(), one.code.as_str())).collect();
        for expected in [
            (2, "role", "people.role"),
            (3, "name", "people.name"),
            (4, "role", "people.role"),
            (5, "department key", "people.department"),
            (6, "parent department", "people.parent"),
            (7, "department head", "people.unknown"),
            (8, "manager", "people.manager"),
            (9, "manager", "people.manager"),
            (10, "email", "people.contact"),
            (11, "mobile", "people.contact"),
            (12, "status", "people.status"),
            (14, "login", "people.twice"),
            (15, "login", "people.login"),
        ] {
            assert!(found.contains(&expected), "{expected:?} is missing in {found:#?}");
        }
        assert!(
            store::department::get(house.app.db.read(), house.team, "x-1").await.expect("reads").is_none()
        );
        let report = bring(&house, "name,wage\nOne,1\n", "apply=true").await;
        assert_eq!(report.problems[0].code, "people.columns");
        let (status, _) = bring_as(&house, "admin", b"", "").await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        // An owner's rights are not in reach of an admin's file, and nobody locks themselves out.
        let logins = async |who: &str| {
            let user = store::user::get(house.app.db.read(), house.person(who).user).await.expect("reads");
            user.expect("a user").login
        };
        let (owner, admin) = (logins("owner").await, logins("admin").await);
        let file = format!(
            "login,name,role,status\n{owner},Renamed,agent,\n{admin},admin,,left\n{owner}x,x,owner,\n"
        );
        let report = bring(&house, &file, "apply=true").await;
        let codes: Vec<(u32, &str)> =
            report.problems.iter().map(|one| (one.row, one.code.as_str())).collect();
        assert_eq!(codes, [(2, "people.role"), (3, "people.status"), (4, "people.role")]);
        let file = format!("login,name\n{owner},Renamed\n");
        assert!(bring(&house, &file, "apply=true").await.people.is_empty(), "an owner is renamed by owners");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_spreadsheet_is_read_as_well_and_a_large_one_at_once() {
    on_each_database(async |house| {
        let sheet = "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>\
            <row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>手机号</t></is></c><c r=\"B1\" t=\"inlineStr\"><is><t>姓名</t></is></c></row>\
            <row r=\"2\"><c r=\"A2\"><v>13700137000</v></c><c r=\"B2\" t=\"inlineStr\"><is><t>孙七</t></is></c></row>\
            </sheetData></worksheet>";
        let files = [
            ("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/></Types>"),
            ("_rels/.rels", "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"),
            ("xl/workbook.xml", "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"人员\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"),
            ("xl/_rels/workbook.xml.rels", "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"),
            ("xl/worksheets/sheet1.xml", sheet),
        ];
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, text) in files {
            zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("a file");
            zip.write_all(text.as_bytes()).expect("written");
        }
        let bytes = zip.finish().expect("a zip").into_inner();
        let (status, text) = bring_as(&house, "admin", &bytes, "apply=true").await;
        assert_eq!(status, StatusCode::OK, "{text}");
        let report: PeopleReport = serde_json::from_str(&text).expect("a report");
        assert_eq!(report.links[0].login, "13700137000", "{text}");
        let rows: String =
            (0..3_000).map(|turn| format!("mass.{turn},Person {turn},dept-{},mass.{}\n", turn % 40, turn / 10)).collect();
        let file = format!("login,name,department,manager\n{}", rows.replacen(",mass.0\n", ",\n", 1));
        let done = bring(&house, &file, "apply=true").await;
        assert!(done.applied, "{:?}", done.problems);
        assert_eq!((done.links.len(), done.departments.len()), (3_000, 40));
        assert_eq!(bring(&house, &file, "").await.unchanged, 3_000);
    })
    .await;
}
