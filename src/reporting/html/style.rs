//! The style sheets: the palette of Okabe and Ito, which colour-blind people tell apart, a layout
//! that fits a phone, and pages of A4.

/// Style of the pictures, on the page and in files of their own. Only what every renderer of SVG
/// knows: classes and plain colours.
pub(super) const CHART: &str = r#"
text{font-family:system-ui,"Segoe UI",Helvetica,Arial,"Liberation Sans","DejaVu Sans",Ubuntu,sans-serif;font-size:13.5px;fill:#1a1a1a}
.title{font-size:15.5px;font-weight:bold}
.tick{fill:#444444;font-size:12.5px}
.label{fill:#444444;font-size:13px}
.small{fill:#444444;font-size:11.5px}
.cell{font-size:11.5px;fill:#1a1a1a}
.paper{fill:#ffffff}
.grid{stroke:#e4e4e4;fill:none}
.day{stroke:#aaaaaa;fill:none}
.hour{stroke:#e9e9e9;fill:none}
.own{fill:#0072b2}
.bpo{fill:#e69f00}
.missing{fill:#d55e00}
.surcharge{fill:#009e73}
.gone{fill:#9a9a9a}
.unused{fill:#cc79a7}
.premium{fill:#f0e442}
.bar{fill:#56b4e9}
.busy{fill:#8dc3e6}
.band3{fill:#dcedf9}
.band2{fill:#afd8f3}
.band1{fill:#7cc0ec}
.line-need{fill:none;stroke:#000000;stroke-width:1.6}
.line-mean{fill:none;stroke:#004a75;stroke-width:2}
.line-half{fill:none;stroke:#000000;stroke-width:1.4}
.dot-sim{fill:#f0e442;stroke:#000000}
.dot-actual{fill:#d55e00;stroke:#ffffff}
.mark-min{fill:none;stroke:#000000;stroke-width:2.5}
.mark-max{fill:none;stroke:#000000;stroke-width:2.5;stroke-dasharray:3 2}
.mark-commit{fill:none;stroke:#cc79a7;stroke-width:4}
.mark-promise{fill:none;stroke:#000000;stroke-width:2.5}
.mark-event{fill:none;stroke:#8f3b00;stroke-width:1.6;stroke-dasharray:2 3}
.kept{fill:#7fc9b0}
.near{fill:#f0e442}
.missed{fill:#8f3b00}
.u3{fill:#d55e00}.u2{fill:#eb9a5c}.u1{fill:#f7d3b8}
.z{fill:#f3f3f3}
.o1{fill:#cfe5f3}.o2{fill:#8dc3e6}.o3{fill:#3a8fc7}.o4{fill:#00537f}
.covered{fill:#8dc3e6}
.gap1{fill:#f7d3b8}.gap2{fill:#eb9a5c}
.deferred{fill:#e4e4e4}
.short{fill:none;stroke:#000000;stroke-width:1.4}
"#;

/// Style of the page.
pub(super) const PAGE: &str = r#"
*{box-sizing:border-box}
body{margin:0 auto;max-width:1120px;padding:1rem;font:16px/1.45 system-ui,"Segoe UI",Helvetica,Arial,sans-serif;color:#1a1a1a;background:#ffffff}
h1{font-size:1.7rem;margin:.2rem 0}
h2{font-size:1.3rem;margin:0 0 .5rem;border-bottom:2px solid #0072b2;padding-bottom:.2rem}
h3{font-size:1.02rem;margin:1.2rem 0 .2rem}
section{margin:2.2rem 0}
p{margin:.4rem 0;max-width:75ch}
.note{color:#555555;font-size:.9rem}
nav ol{list-style:none;display:flex;flex-wrap:wrap;gap:.2rem 1rem;padding:0;margin:.5rem 0;font-size:.92rem}
a{color:#005a8e}
.box{border:2px solid #0072b2;border-radius:8px;padding:1rem}
.box h2{border:0;padding:0}
.alarm{border-left:6px solid #d55e00;background:#fdf0e7;padding:.6rem .9rem;margin:.7rem 0;font-weight:600}
.fine{border-left:6px solid #00785a;background:#eaf6f1;padding:.6rem .9rem;margin:.7rem 0}
.steps{margin:.4rem 0;padding-left:1.5rem;max-width:75ch}
.steps li{margin:.25rem 0}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(160px,1fr));gap:.7rem;margin:.8rem 0;padding:0}
.cards div{background:#f4f6f8;border-radius:6px;padding:.6rem .8rem}
.cards dt{font-size:.85rem;color:#555555}
.cards dd{margin:0;font-size:1.3rem;font-weight:650;line-height:1.25}
.cards dd.sub{font-size:.85rem;font-weight:400;color:#555555}
.chart{overflow-x:auto;margin:.3rem 0}
.chart>svg{display:block;width:100%;min-width:760px;height:auto}
.multiples{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,420px),1fr));gap:.4rem 1rem}
.multiples>div{min-width:0}
.multiples svg{display:block;width:100%;height:auto}
.multiples h3{margin:.5rem 0 0}
.legend{list-style:none;display:flex;flex-wrap:wrap;gap:.1rem 1.2rem;margin:.4rem 0 0;padding:0;font-size:.88rem}
.legend li{display:flex;align-items:center;gap:.4rem}
.legend svg.key{width:24px;height:14px;flex:none}
details{margin:.4rem 0 1rem}
summary{cursor:pointer;color:#005a8e;font-size:.92rem}
.scroll{overflow-x:auto;margin:.4rem 0}
table{border-collapse:collapse;font-size:.88rem;font-variant-numeric:tabular-nums}
th,td{padding:.22rem .6rem;text-align:left;border-bottom:1px solid #d5d5d5;vertical-align:top}
thead th{background:#f4f6f8;vertical-align:bottom}
tbody th{font-weight:500;white-space:nowrap}
th.n,td.n{text-align:right}
td.n{white-space:nowrap}
td.wide{min-width:22ch}
.bad{color:#a84700;font-weight:650}
.good{color:#00785a;font-weight:600}
.sum{font-weight:650;border-top:2px solid #888888}
footer{color:#555555;font-size:.88rem;border-top:1px solid #d5d5d5;padding-top:.6rem}
@media(max-width:600px){.chart::before{content:"swipe sideways for all of it";position:sticky;left:0;font-size:.8rem;color:#555555}body{padding:.7rem}.box{padding:.7rem}h1{font-size:1.4rem}.cards{grid-template-columns:1fr 1fr}.cards dd{font-size:1.1rem}}
@media print{@page{size:A4;margin:14mm}html{font-size:10.5pt}body{max-width:none;padding:0;font-size:1rem}.legend{break-after:avoid}nav{display:none}.chart,.scroll{overflow:visible}.chart>svg{min-width:0}.chart,tr,h2,h3,.cards div,.multiples>div{break-inside:avoid}section{margin:1.2rem 0}.box{padding:.6rem}h2,h3{break-after:avoid}details:not([open]){display:none}table{font-size:8.5pt}th,td{padding:.1rem .35rem}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
"#;

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance (WCAG 2.2) of a colour `#rrggbb`.
    fn luminance(colour: &str) -> f64 {
        let part = |at: usize| {
            let byte = u8::from_str_radix(&colour[at..at + 2], 16).expect("two digits");
            let share = f64::from(byte) / 255.0;
            if share <= 0.04045 {
                share / 12.92
            } else {
                ((share + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
    }

    fn contrast(a: &str, b: &str) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// Colours that a sheet gives to a property.
    fn colours<'a>(sheet: &'a str, property: &str) -> Vec<&'a str> {
        let mut found = Vec::new();
        for rule in sheet.split(['{', '}', ';']) {
            if let Some((name, value)) = rule.split_once(':')
                && name.trim() == property
            {
                found.push(value.trim());
            }
        }
        found
    }

    /// What a class of the pictures is filled with.
    fn fill(class: &str) -> &'static str {
        let rule = CHART.split(&format!("\n.{class}{{")).nth(1);
        let rule = rule.or_else(|| CHART.split(&format!("}}.{class}{{")).nth(1));
        let rule = rule.expect("a rule").split('}').next().expect("its end");
        let fill = rule.split("fill:").nth(1).expect("a fill");
        fill.split(';').next().expect("a colour")
    }

    #[test]
    fn contrast_is_what_others_compute() {
        // Examples of the WCAG's own pages.
        assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 1e-9);
        assert!((contrast("#777777", "#ffffff") - 4.48).abs() < 0.005);
    }

    #[test]
    fn every_text_can_be_read_on_every_ground() {
        let (texts, grounds) = (colours(PAGE, "color"), colours(PAGE, "background"));
        assert!(texts.len() > 8 && grounds.len() > 4);
        for text in texts {
            for ground in &grounds {
                let ratio = contrast(text, ground);
                assert!(ratio >= 4.5, "{text} on {ground}: {ratio:.2}");
            }
        }
    }

    #[test]
    fn words_in_pictures_can_be_read() {
        for class in ["title", "tick", "label", "small", "cell"] {
            // A title has the colour of all texts.
            let text = if class == "title" {
                "#1a1a1a"
            } else {
                fill(class)
            };
            assert!(contrast(text, fill("paper")) >= 4.5, "{class}");
        }
        for ground in ["gap1", "gap2"] {
            assert!(contrast(fill("cell"), fill(ground)) >= 4.5, "{ground}");
        }
        // The darkest ground of a shaded table: 60 % of the blue of the palette on white.
        assert!(contrast("#1a1a1a", "#66aad1") >= 4.5);
    }

    #[test]
    fn neighbours_that_mean_different_things_differ_in_lightness() {
        for (a, b) in [
            ("own", "bpo"),
            ("kept", "missed"),
            ("near", "missed"),
            ("covered", "gap1"),
            ("band1", "band3"),
        ] {
            let ratio = contrast(fill(a), fill(b));
            assert!(ratio >= 1.3, "{a} beside {b}: {ratio:.2}");
        }
    }
}
