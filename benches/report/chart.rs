//! Bars of ratios to a baseline, as an SVG.
//!
//! The scale is logarithmic and the bars begin at the baseline, so half and twice of it are equally long.

use std::io;

use plotters::coord::cartesian::Cartesian2d;
use plotters::coord::combinators::LogCoord;
use plotters::coord::types::RangedCoordf64;
use plotters::coord::{CoordTranslate as _, Shift};
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use crate::aims;
use crate::format;
use crate::measured::Measured;

const WIDTH: i32 = 860;
const MARGIN: i32 = 16;
/// Above the bars: the title and the legend.
const HEAD: i32 = 68;
/// Below the bars: the scale.
const FOOT: i32 = 34;
/// For each bar, and each title of a part.
const SLOT: i32 = 22;
/// Right of the bars: the ratios in digits.
const DIGITS: i32 = 64;
/// Of one letter, more or less: the reader's font is not known.
const LETTER: i32 = 7;

const INK: RGBColor = RGBColor(31, 35, 40);
const FAINT: RGBColor = RGBColor(89, 99, 110);
const LINE: RGBColor = RGBColor(222, 226, 230);
const OURS: RGBColor = RGBColor(47, 111, 191);
const OTHERS: RGBColor = RGBColor(163, 171, 180);
const AIM: RGBColor = RGBColor(207, 74, 20);

type Canvas<'a> = DrawingArea<SVGBackend<'a>, Shift>;
/// Ratios from left to right, slots from top to bottom.
type Scale = Cartesian2d<LogCoord<f64>, RangedCoordf64>;
type Drawn = Result<(), DrawingAreaErrorKind<io::Error>>;

/// All ratios of a subject.
pub(crate) struct Chart {
    title: String,
    parts: Vec<Part>,
}

/// Bars of one figure in one group.
struct Part {
    title: String,
    bars: Vec<Bar>,
}

struct Bar {
    label: String,
    ratio: f64,
    /// Of this library, not of others.
    is_ours: bool,
    /// What was aimed at.
    bound: Option<f64>,
}

impl Chart {
    /// What of a subject can be drawn, if anything.
    pub(crate) fn of(measured: &Measured) -> Option<Self> {
        let section = measured.section;
        // What all bars have in common is said once.
        let baseline = measured.only_baseline();
        let figure = if let [(figure, _)] = section.drawn {
            Some(format::title(figure))
        } else {
            None
        };
        let mut parts = Vec::new();
        for group in &measured.groups {
            for (drawn, _) in section
                .drawn
                .iter()
                .filter(|(_, end)| group.name.ends_with(end))
            {
                let bars = group.rows.iter().filter_map(|row| {
                    let ratio = group
                        .ratio_to_baseline(row, drawn)
                        .filter(|ratio| *ratio > 0.0)?;
                    let label = match (baseline, &row.baseline) {
                        (None, Some(baseline)) => format!("{} / {baseline}", row.name),
                        _ => row.name.clone(),
                    };
                    let is_ours = !section.others.contains(&row.name.as_str());
                    Some(Bar {
                        label,
                        ratio,
                        is_ours,
                        bound: aims::bound(section.subject, group, row, drawn),
                    })
                });
                let bars: Vec<_> = bars.collect();
                if !bars.is_empty() {
                    let group = section.group_title(&group.name);
                    let title = figure.map_or_else(
                        || format!("{group}: {}", format::title(drawn)),
                        |_| group.clone(),
                    );
                    parts.push(Part { title, bars });
                }
            }
        }
        let figure = figure
            .map(|figure| format!("{figure}, "))
            .unwrap_or_default();
        let baseline = baseline.map_or_else(
            || "the baseline".to_owned(),
            |baseline| format!("\"{baseline}\""),
        );
        let title = format!("{}: {figure}ratio to {baseline}", section.title);
        (!parts.is_empty()).then_some(Self { title, parts })
    }

    /// The SVG's text.
    pub(crate) fn draw(&self) -> io::Result<String> {
        let mut svg = String::new();
        self.draw_to(&mut svg)
            .map_err(|error| io::Error::other(format!("a chart cannot be drawn: {error}")))?;
        Ok(svg)
    }

    fn bars(&self) -> impl Iterator<Item = &Bar> {
        self.parts.iter().flat_map(|part| &part.bars)
    }

    /// What the scale reaches over: all ratios and aims, the baseline, and some room.
    fn range(&self) -> (f64, f64) {
        let marks = self
            .bars()
            .flat_map(|bar| [Some(bar.ratio), bar.bound])
            .flatten();
        let (least, most) = marks.fold((1.0_f64, 1.0_f64), |(least, most), mark| {
            (least.min(mark), most.max(mark))
        });
        // Small differences are not to look like large ones.
        let (least, most) = if most / least < 4.0 {
            (least.min(0.5), most.max(2.0))
        } else {
            (least, most)
        };
        let room = (most / least).powf(0.04);
        (least / room, most * room)
    }

    fn draw_to(&self, svg: &mut String) -> Drawn {
        let slots = u32::try_from(self.parts.len() + self.bars().count()).unwrap_or_default();
        let bottom = HEAD + SLOT * i32::try_from(slots).unwrap_or_default();
        let root =
            SVGBackend::with_string(svg, (WIDTH.unsigned_abs(), (bottom + FOOT).unsigned_abs()))
                .into_drawing_area();
        // A page may be dark.
        root.fill(&WHITE)?;
        root.draw_text(&self.title, &bold(17), (MARGIN, MARGIN + 8))?;
        self.draw_legend(&root)?;

        let titles = self
            .parts
            .iter()
            .map(|part| &part.title)
            .chain(self.bars().map(|bar| &bar.label));
        let letters = titles
            .map(|title| title.chars().count())
            .max()
            .unwrap_or_default();
        let left = MARGIN + LETTER * i32::try_from(letters).unwrap_or_default() + 16;
        let end = WIDTH - MARGIN;
        let (least, most) = self.range();
        let scale = Scale::new(
            (least..most).log_scale(),
            0.0..f64::from(slots),
            (left..end - DIGITS, HEAD..bottom),
        );
        // The middle of a slot.
        let at = |ratio: f64, slot: f64| scale.translate(&(ratio, slot + 0.5));

        for tick in ticks(least, most) {
            let (x, _) = at(tick, 0.0);
            let colour = if (tick - 1.0).abs() < f64::EPSILON {
                INK
            } else {
                LINE
            };
            root.draw(&PathElement::new(
                [(x, HEAD), (x, bottom)],
                colour.stroke_width(1),
            ))?;
            root.draw_text(
                &format!("{tick}x"),
                &text(14, FAINT, HPos::Center),
                (x, bottom + 14),
            )?;
        }
        let mut slot = 0.0;
        for part in &self.parts {
            root.draw_text(&part.title, &bold(15), (MARGIN, at(1.0, slot).1))?;
            slot += 1.0;
            for bar in &part.bars {
                let ((from, middle), (to, _)) = (at(1.0, slot), at(bar.ratio, slot));
                let (colour, half) = (if bar.is_ours { OURS } else { OTHERS }, SLOT / 2 - 4);
                let corners = [(from.min(to), middle - half), (from.max(to), middle + half)];
                root.draw(&Rectangle::new(corners, colour.filled()))?;
                if let Some(bound) = bar.bound {
                    draw_aim(&root, at(bound, slot))?;
                }
                root.draw_text(&bar.label, &text(15, INK, HPos::Right), (left - 10, middle))?;
                root.draw_text(
                    &format::ratio(bar.ratio),
                    &text(15, INK, HPos::Right),
                    (end, middle),
                )?;
                slot += 1.0;
            }
        }
        root.present()
    }

    /// What of the bars' colours and marks there is.
    fn draw_legend(&self, root: &Canvas<'_>) -> Drawn {
        let (mut x, y) = (MARGIN, MARGIN + 32);
        let mut entry = |mark: &dyn Fn(i32) -> Drawn, name: &str| {
            mark(x)?;
            root.draw_text(name, &text(14, FAINT, HPos::Left), (x + 18, y))?;
            x += 18 + LETTER * i32::try_from(name.len()).unwrap_or_default() + 14;
            Ok(())
        };
        let square = |colour: RGBColor| {
            move |x| {
                root.draw(&Rectangle::new(
                    [(x, y - 6), (x + 12, y + 6)],
                    colour.filled(),
                ))
            }
        };
        if self.bars().any(|bar| bar.is_ours) {
            entry(&square(OURS), "compshare-rs")?;
        }
        if self.bars().any(|bar| !bar.is_ours) {
            entry(&square(OTHERS), "another way")?;
        }
        if self.bars().any(|bar| bar.bound.is_some()) {
            entry(&|x| draw_aim(root, (x + 6, y)), "aim: at most this")?;
        }
        Ok(())
    }
}

fn draw_aim(root: &Canvas<'_>, (x, y): (i32, i32)) -> Drawn {
    root.draw(&PathElement::new(
        [(x, y - SLOT / 2 + 2), (x, y + SLOT / 2 - 2)],
        AIM.stroke_width(3),
    ))
}

fn text(size: i32, colour: RGBColor, anchor: HPos) -> TextStyle<'static> {
    let (font, pos) = (
        ("sans-serif", size).into_font(),
        Pos::new(anchor, VPos::Center),
    );
    TextStyle {
        font,
        color: colour.to_backend_color(),
        pos,
    }
}

fn bold(size: i32) -> TextStyle<'static> {
    TextStyle {
        font: ("sans-serif", size).into_font().style(FontStyle::Bold),
        ..text(size, INK, HPos::Left)
    }
}

/// Round ratios within the scale: powers of two, or more of them where those are few.
fn ticks(least: f64, most: f64) -> Vec<f64> {
    let powers = (-10..=20).map(|power| 2.0_f64.powi(power)).collect();
    let between = vec![
        0.1, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0,
    ];
    let mut ticks = if most / least > 9.0 { powers } else { between };
    ticks.retain(|tick| (least..=most).contains(tick));
    ticks
}

#[cfg(test)]
mod tests {
    use compshare_benches::results::{Group, Row};

    use super::*;
    use crate::sections::SECTIONS;

    #[test]
    fn names_are_escaped_and_the_ground_is_white() {
        let row = |name: &str, baseline: Option<&str>, value| Row {
            name: name.to_owned(),
            baseline: baseline.map(str::to_owned),
            values: vec![("instructions".to_owned(), value)],
        };
        let rows = vec![
            row("bare", None, 100.0),
            row("<ours> & \"more\"", Some("bare"), 40.0),
        ];
        let section = SECTIONS
            .iter()
            .find(|section| section.subject == "instructions")
            .unwrap();
        let groups = vec![Group {
            name: "a < b".to_owned(),
            rows,
        }];
        let svg = Chart::of(&Measured {
            section,
            groups,
            when: (0, 0),
        })
        .unwrap()
        .draw()
        .unwrap();
        assert!(
            svg.starts_with("<svg ") && svg.trim_end().ends_with("</svg>"),
            "{svg}"
        );
        for text in [
            "&lt;ours&gt; &amp; ",
            "a &lt; b",
            "0.40x",
            "Instructions: instructions, ratio to &quot;bare&quot;",
            "#FFFFFF",
        ] {
            assert!(svg.contains(text), "no {text} in {svg}");
        }
        assert_eq!(svg.matches("<text").count(), svg.matches("</text>").count());
    }

    #[test]
    fn there_is_no_chart_without_a_ratio() {
        let section = SECTIONS.first().unwrap();
        assert!(
            Chart::of(&Measured {
                section,
                groups: Vec::new(),
                when: (0, 0)
            })
            .is_none()
        );
    }

    #[test]
    fn there_are_some_ticks_on_every_scale() {
        for (least, most) in [
            (0.95, 1.05),
            (0.38, 2.1),
            (0.95, 9.0),
            (0.2, 45.0),
            (0.9, 2000.0),
        ] {
            let ticks = ticks(least, most);
            assert!(
                ticks.contains(&1.0) && ticks.len() <= 14,
                "{least} to {most}: {ticks:?}"
            );
        }
    }
}
