//! Charts without axes: gauge, parts of a whole, funnel.

use serde_json::{Value, json};

use super::{ChartSpec, Palette, Unit, axis::verdict, tooltip};

/// One number on its scale: −100…100 for NPS, 0…100 % for shares, else up to the next round number.
pub fn gauge(spec: &ChartSpec, palette: &Palette) -> Value {
    let unit = spec.unit(0);
    let number = spec.rows.first().and_then(|row| spec.number(row, 0));
    let plotted = number.map(|number| unit.plotted(number));
    let (least, most) = match unit {
        Unit::Nps => (-100.0, 100.0),
        Unit::Percent => (0.0, 100.0),
        Unit::Plain | Unit::Span => (0.0, round_up(plotted.unwrap_or(1.0))),
    };
    let colour = match (unit, plotted) {
        (Unit::Nps, Some(score)) => verdict(score, palette).to_owned(),
        (_, _) => palette.series.first().cloned().unwrap_or_default(),
    };
    // A second measure stands small below: the answers a score rests on.
    let below = match (spec.units.len() > 1, spec.rows.first()) {
        (true, Some(row)) => spec.number(row, 1).map(|second| {
            format!("{} {}", spec.title(spec.dimensions() + 1), spec.unit(1).words(second, spec.language))
        }),
        (_, _) => None,
    };
    let words = number.map_or_else(|| "—".to_owned(), |number| unit.words(number, spec.language));
    json!({
        "series": [{
            "type": "gauge", "min": least, "max": most, "startAngle": 205, "endAngle": -25, "radius": "100%", "center": ["50%", "62%"],
            "progress": {"show": plotted.is_some(), "width": 12, "roundCap": true, "itemStyle": {"color": colour}},
            "axisLine": {"roundCap": true, "lineStyle": {"width": 12, "color": [[1, palette.line]]}},
            "axisTick": {"show": false}, "splitLine": {"show": false}, "pointer": {"show": false}, "splitNumber": 1,
            "axisLabel": {"distance": 16, "color": palette.muted, "fontSize": 12},
            "title": {"show": below.is_some(), "offsetCenter": [0, "26%"], "fontSize": 12, "color": palette.muted},
            "detail": {"formatter": words, "offsetCenter": [0, "-8%"], "fontSize": 28, "fontWeight": 600, "color": palette.ink},
            "data": [{"value": plotted.unwrap_or(least), "row": 0, "name": below.unwrap_or_default()}],
        }],
    })
}

/// 1, 2 or 5 times a power of ten, not below `number`.
pub fn round_up(number: f64) -> f64 {
    if number <= 0.0 {
        return 1.0;
    }
    let power = 10_f64.powf(number.log10().floor());
    [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|step| step * power)
        .find(|most| *most >= number)
        .unwrap_or(10.0 * power)
}

fn points(spec: &ChartSpec) -> Vec<Value> {
    spec.categories().into_iter().enumerate().map(|(row, name)| json!({"name": name, "value": spec.number(&spec.rows[row], 0).map(|number| spec.unit(0).plotted(number)), "row": row})).collect()
}

/// Parts of a whole, as a ring: shares at the parts, names below, where long ones have room.
pub fn pie(spec: &ChartSpec, palette: &Palette) -> Value {
    let mut parts = points(spec);
    let size = |part: &Value| part["value"].as_f64().filter(|value| *value > 0.0);
    let whole: f64 = parts.iter().filter_map(size).sum();
    for part in &mut parts {
        let share = size(part).map(|value| format!("{:.0}%", value / whole * 100.0));
        part["label"] = json!({"formatter": share.unwrap_or_default()});
    }
    json!({
        "tooltip": tooltip(palette, "item"),
        "legend": {"type": "scroll", "bottom": 0, "left": "center", "icon": "roundRect", "itemWidth": 10, "itemHeight": 10, "textStyle": {"color": palette.muted, "fontSize": 12}},
        "series": [{
            "type": "pie", "radius": ["46%", "72%"], "center": ["50%", "45%"], "data": parts, "itemStyle": {"borderColor": palette.ground, "borderWidth": 2, "borderRadius": 3},
            "label": {"color": palette.muted, "fontSize": 12}, "labelLine": {"length": 6, "length2": 4, "lineStyle": {"color": palette.line}},
        }],
    })
}

/// Steps that fall, in the order of the rows.
pub fn funnel(spec: &ChartSpec, palette: &Palette) -> Value {
    json!({
        "tooltip": tooltip(palette, "item"),
        "series": [{
            "type": "funnel", "sort": "none", "left": "5%", "right": "5%", "top": 4, "bottom": 4, "gap": 3, "data": points(spec),
            "label": {"position": "inside", "color": palette.ground, "fontSize": 12, "formatter": "{b}  {c}"}, "itemStyle": {"borderWidth": 0},
        }],
    })
}
