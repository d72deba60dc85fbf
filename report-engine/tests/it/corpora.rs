//! Two real surveys: counts and shares as counted here by hand from the files.

use std::collections::BTreeMap;

use report_engine::sql::{Parameter, Relation};
use report_engine::{Dataset, Member, MemberType, Source};
use serde_json::{Value, json};

use crate::samples::situation;
use crate::support::Databases;

struct Survey {
    headers: Vec<String>,
    records: Vec<Vec<String>>,
    databases: Databases,
    dataset: Dataset,
    relation: Relation,
}

impl Survey {
    fn load(file: &str) -> Self {
        let path = format!("{}/tests/data/{file}", env!("CARGO_MANIFEST_DIR"));
        let mut reader = csv::Reader::from_path(path).expect("the file is there");
        let headers: Vec<String> = reader.headers().expect("headers").iter().map(str::to_owned).collect();
        let records: Vec<Vec<String>> = reader
            .records()
            .map(|record| record.expect("a record").iter().map(str::to_owned).collect())
            .collect();
        let mut databases = Databases::new();
        databases.execute("CREATE TABLE answers (data TEXT)", "CREATE TEMPORARY TABLE answers (data TEXT)");
        for record in &records {
            let fields =
                headers.iter().zip(record).map(|(header, cell)| (header.clone(), Value::from(cell.as_str())));
            let data = Value::Object(fields.collect()).to_string();
            databases.insert("INSERT INTO answers (data) VALUES ($1)", &[Some(Parameter::Text(data))]);
        }
        let members = headers.iter().map(|header| Member {
            name: name(header),
            title: header.as_str().into(),
            kind: MemberType::Text,
            source: Source::Json { column: "data".to_owned(), pointer: name(header) },
            always_present: false,
        });
        let dataset = Dataset { name: "survey".to_owned(), members: members.collect() };
        let relation =
            Relation { table: "answers".to_owned(), joins: Vec::new(), fixed: Vec::new(), within: None };
        Self { headers, records, databases, dataset, relation }
    }

    fn ask(&mut self, query: &Value) -> Vec<Vec<Value>> {
        self.databases.ask(query, &self.dataset, &self.relation, &situation())
    }
}

fn name(header: &str) -> String {
    format!("/{}", form_engine::pointer::escape(header))
}

fn check(file: &str) {
    let mut survey = Survey::load(file);
    for (column, header) in survey.headers.clone().into_iter().enumerate() {
        let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
        for record in &survey.records {
            *counts.entry(record[column].as_str()).or_default() += 1;
        }
        let missing = counts.remove("");
        let answered: u64 = counts.values().sum();
        let mut wanted: Vec<Vec<Value>> =
            counts.iter().map(|(answer, count)| vec![(*answer).into(), (*count).into()]).collect();
        wanted.extend(missing.map(|count| vec![Value::Null, count.into()]));
        let most = counts
            .iter()
            .max_by_key(|(_, count)| **count)
            .map(|(answer, count)| (answer.to_string(), *count));
        let found = survey.ask(&json!({"dataset": "survey", "dimensions": [{"field": name(&header)}],
                                       "measures": [{"count": "*"}]}));
        assert_eq!(found, wanted, "{header}");
        let Some((answer, count)) = most else { continue };
        let condition = json!({"field": name(&header), "op": "eq", "value": answer});
        let found = survey.ask(&json!({"dataset": "survey", "measures": [
            {"count": name(&header)}, {"share": condition}, {"share": condition, "of": {"all": []}}]}));
        let all = survey_len(&survey);
        let wanted = vec![json!(answered), json!(count as f64 / answered as f64), json!(count as f64 / all)];
        crate::support::assert_same(&found, &[wanted], &header);
    }
}

fn survey_len(survey: &Survey) -> f64 {
    survey.records.len() as f64
}

#[test]
fn flying_etiquette_counts_are_the_files() {
    check("flying-etiquette.csv");
}

#[test]
fn weather_check_counts_are_the_files() {
    check("weather-check.csv");
}
