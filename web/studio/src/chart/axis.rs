//! Charts with axes: lines, areas, bars, heat maps.

use serde_json::{Value, json};

use super::{ChartKind, ChartSpec, Palette, Unit, tooltip};

/// Labels longer than this lie their bars down.
const LONG_LABEL: usize = 6;

/// Lines and bars, one series per measure; with a second dimension one series per its value.
pub fn chart(spec: &ChartSpec, palette: &Palette) -> Value {
    let (categories, series) = series(spec, palette);
    let lying = spec.kind == ChartKind::Bar
        && spec.dimensions() == 1
        && !is_time(spec)
        && (categories.len() > 8 || categories.iter().any(|label| label.chars().count() > LONG_LABEL));
    let few = categories.len() <= 6 && !is_time(spec);
    let unit = spec.unit(0);
    let category = json!({
        "type": "category", "data": categories, "inverse": lying, "boundaryGap": !matches!(spec.kind, ChartKind::Line | ChartKind::Area),
        "axisLine": {"lineStyle": {"color": palette.line}}, "axisTick": {"show": false},
        "axisLabel": {"color": palette.muted, "fontSize": 12, "hideOverlap": !few, "interval": few.then_some(0), "width": if lying { 120 } else { 76 }, "overflow": if few { "break" } else { "truncate" }},
    });
    let mut value = json!({
        "type": "value", "splitNumber": 4, "axisLabel": {"color": palette.muted, "fontSize": 12, "formatter": format!("{{value}}{}", unit.sign(spec.language))},
        "splitLine": {"lineStyle": {"color": palette.line}},
    });
    if unit == Unit::Plain {
        value["minInterval"] = json!(if spec
            .rows
            .iter()
            .all(|row| spec.number(row, 0).is_none_or(|number| number.fract() == 0.0))
        {
            1
        } else {
            0
        });
    }
    let many = series.len() > 1;
    let (x, y) = if lying { (value, category) } else { (category, value) };
    json!({
        "grid": {"left": 4, "right": 12, "top": if many { 32 } else { 12 }, "bottom": 4, "containLabel": true},
        "legend": {"show": many, "type": "scroll", "top": 0, "left": 0, "icon": "roundRect", "itemWidth": 10, "itemHeight": 10, "textStyle": {"color": palette.muted, "fontSize": 12}},
        "tooltip": tooltip(palette, "axis"),
        "xAxis": x, "yAxis": y, "series": series,
    })
}

fn is_time(spec: &ChartSpec) -> bool {
    spec.columns.first().is_some_and(|column| matches!(column.value_type.as_str(), "date" | "datetime"))
}

/// The categories, and for each series its points; a point knows the row it came from.
fn series(spec: &ChartSpec, palette: &Palette) -> (Vec<String>, Vec<Value>) {
    if spec.dimensions() >= 2 {
        return by_second_dimension(spec);
    }
    let measures = if spec.kind == ChartKind::Bar
        || spec.kind == ChartKind::Line
        || spec.kind == ChartKind::Area
        || spec.kind == ChartKind::Stacked
    {
        same_unit(spec)
    } else {
        vec![0]
    };
    let series = measures
        .into_iter()
        .map(|index| {
            let unit = spec.unit(index);
            let points: Vec<Value> = spec
                .rows
                .iter()
                .enumerate()
                .map(|(row, cells)| {
                    let number = spec.number(cells, index).map(|number| unit.plotted(number));
                    match (unit, number) {
                        (Unit::Nps, Some(number)) if spec.kind == ChartKind::Bar => json!({"value": number, "row": row, "itemStyle": {"color": verdict(number, palette)}}),
                        (_, number) => json!({"value": number, "row": row}),
                    }
                })
                .collect();
            one_series(spec, spec.title(spec.dimensions() + index), &points)
        })
        .collect();
    (spec.categories(), series)
}

/// NPS in words of colour: below 0 poor, below 30 fair.
pub fn verdict(score: f64, palette: &Palette) -> &str {
    let index = if score < 0.0 {
        2
    } else if score < 30.0 {
        1
    } else {
        0
    };
    &palette.verdict[index]
}

/// Measures that can share an axis: those with the unit of the first.
fn same_unit(spec: &ChartSpec) -> Vec<usize> {
    (0..spec.units.len().max(1)).filter(|&index| spec.unit(index) == spec.unit(0)).collect()
}

fn one_series(spec: &ChartSpec, name: &str, points: &[Value]) -> Value {
    let mut series = json!({"name": name, "data": points, "type": "bar", "barMaxWidth": 28, "itemStyle": {"borderRadius": 3}});
    match spec.kind {
        ChartKind::Line | ChartKind::Area => {
            series = json!({"name": name, "data": points, "type": "line", "smooth": 0.2, "symbolSize": 7, "showSymbol": points.len() <= 31, "lineStyle": {"width": 2}, "connectNulls": true});
            if spec.kind == ChartKind::Area || spec.units.len() == 1 && spec.dimensions() == 1 {
                series["areaStyle"] = json!({"opacity": 0.1});
            }
        }
        ChartKind::Stacked => series["stack"] = json!("all"),
        ChartKind::Number
        | ChartKind::Gauge
        | ChartKind::Bar
        | ChartKind::Pie
        | ChartKind::Heatmap
        | ChartKind::Funnel
        | ChartKind::Table => {}
    }
    series
}

fn by_second_dimension(spec: &ChartSpec) -> (Vec<String>, Vec<Value>) {
    let (categories, names) = (distinct(spec, 0), distinct(spec, 1));
    let series = names
        .iter()
        .map(|name| {
            let points: Vec<Value> = categories
                .iter()
                .map(|category| {
                    let found = spec.rows.iter().enumerate().find(|(_, row)| spec.words(0, &row[0]) == *category && spec.words(1, &row[1]) == *name);
                    found.map_or(json!({"value": null}), |(row, cells)| json!({"value": spec.number(cells, 0).map(|number| spec.unit(0).plotted(number)), "row": row}))
                })
                .collect();
            one_series(spec, name, &points)
        })
        .collect();
    (categories, series)
}

/// The different values of a dimension in words, in the order of the rows.
fn distinct(spec: &ChartSpec, column: usize) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for row in &spec.rows {
        let words = row.get(column).map(|value| spec.words(column, value)).unwrap_or_default();
        if !found.contains(&words) {
            found.push(words);
        }
    }
    found
}

/// Two dimensions as a grid, the measure as the strength of one colour.
pub fn heatmap(spec: &ChartSpec, palette: &Palette) -> Value {
    let (xs, ys) = (distinct(spec, 0), distinct(spec, 1));
    let place = |list: &[String], column: usize, row: &[Value]| {
        row.get(column).and_then(|value| list.iter().position(|each| *each == spec.words(column, value)))
    };
    let points: Vec<Value> = spec
        .rows
        .iter()
        .enumerate()
        .map(|(index, row)| json!({"value": [place(&xs, 0, row), place(&ys, 1, row), spec.number(row, 0).map(|number| spec.unit(0).plotted(number))], "row": index}))
        .collect();
    let numbers =
        spec.rows.iter().filter_map(|row| spec.number(row, 0)).map(|number| spec.unit(0).plotted(number));
    let (least, most) =
        numbers.fold((f64::MAX, f64::MIN), |(least, most), number| (least.min(number), most.max(number)));
    let axis = |data: &[String]| json!({"type": "category", "data": data, "axisTick": {"show": false}, "axisLine": {"show": false}, "axisLabel": {"color": palette.muted, "width": 90, "overflow": "truncate"}});
    json!({
        "grid": {"left": 4, "right": 12, "top": 8, "bottom": 4, "containLabel": true}, "tooltip": tooltip(palette, "item"), "xAxis": axis(&xs), "yAxis": axis(&ys),
        "visualMap": {"show": false, "min": least.min(most), "max": most.max(least), "inRange": {"color": [palette.line, palette.series.first()]}},
        "series": [{"type": "heatmap", "data": points, "label": {"show": true, "color": palette.ink, "fontSize": 12}}],
    })
}
