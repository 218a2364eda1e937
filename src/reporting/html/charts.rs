//! The charts of the report as files of their own.

use super::PARTS;
use super::view::View;
use crate::planning::Plan;
use crate::reporting::Locale;
use crate::reporting::file_names::FileNames;

#[cfg(feature = "png")]
pub use png::ChartError;

/// A picture of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChartFile {
    /// Name of the file without its ending: the number of its part, the part and what is in it.
    pub name: String,
    /// The picture as SVG that needs no other file: title, legend and style are inside.
    pub svg: String,
}

/// Every chart of the report, in its order, with numbers as a country writes them.
pub fn charts(plan: &Plan, locale: Locale) -> Vec<ChartFile> {
    let view = View::new(plan).told(locale, "");
    let mut names = FileNames::default();
    let mut files = Vec::new();
    for (place, (part, _, build)) in PARTS.iter().enumerate() {
        for chart in build(&view).into_charts() {
            let number = format!("{:02}-{part}", place + 1);
            let name = chart.name.replace(' ', "-");
            files.push(ChartFile {
                name: names.unique(&[&number, &name]),
                svg: chart.alone(),
            });
        }
    }
    files
}

/// Pictures in pixels.
#[cfg(feature = "png")]
mod png {
    use std::sync::Arc;

    use resvg::tiny_skia::{Pixmap, Transform};
    use resvg::usvg::{Options, Tree, fontdb};

    use skrifa::{FontRef, MetadataProvider};

    use super::ChartFile;

    /// Family of the only font: it is part of the program, so a picture is the same on machines
    /// with other fonts, or none.
    const FAMILY: &str = "Ubuntu";

    /// Why a chart did not become pixels.
    #[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
    #[non_exhaustive]
    pub enum ChartError {
        /// A text that the font cannot write.
        #[error(
            "chart `{chart}`: the built-in font has no `{character}`; take the SVG, which uses the \
             fonts of whoever shows it, or another name in Latin, Greek or Cyrillic letters"
        )]
        Letter {
            /// Name of the chart.
            chart: String,
            /// The first letter that is missing.
            character: char,
        },
        /// The picture cannot be drawn.
        #[error("chart `{chart}` cannot be drawn: {reason}")]
        Picture {
            /// Name of the chart.
            chart: String,
            /// What the rasteriser says.
            reason: String,
        },
    }

    impl ChartFile {
        /// The picture as PNG with `scale` pixels for each unit of its SVG; 2 is fine for print.
        ///
        /// # Errors
        /// [`ChartError`] for letters that the built-in font does not have, and for a scale that
        /// gives no pixel or more than memory holds.
        pub fn png(&self, scale: f32) -> Result<Vec<u8>, ChartError> {
            let failed = |reason: String| ChartError::Picture {
                chart: self.name.clone(),
                reason,
            };
            let font = Arc::new(epaint_default_fonts::UBUNTU_LIGHT);
            let mut fonts = fontdb::Database::new();
            let faces = fonts.load_font_source(fontdb::Source::Binary(font));
            // Narrow spaces are not in every font; ordinary ones that do not break are.
            let svg = self.svg.replace('\u{202f}', "\u{a0}");
            let face = faces
                .first()
                .copied()
                .ok_or_else(|| failed("no font".to_owned()))?;
            if let Some(character) = missing(&fonts, face, &svg) {
                let chart = self.name.clone();
                return Err(ChartError::Letter { chart, character });
            }
            fonts.set_sans_serif_family(FAMILY);
            let options = Options {
                fontdb: Arc::new(fonts),
                font_family: FAMILY.to_owned(),
                ..Options::default()
            };
            let tree = Tree::from_str(&svg, &options).map_err(|e| failed(e.to_string()))?;
            let size = tree.size().to_int_size().scale_by(scale);
            let mut pixels = size
                .and_then(|size| Pixmap::new(size.width(), size.height()))
                .ok_or_else(|| failed(format!("{scale} pixels for a unit are too few or many")))?;
            resvg::render(
                &tree,
                Transform::from_scale(scale, scale),
                &mut pixels.as_mut(),
            );
            pixels.encode_png().map_err(|e| failed(e.to_string()))
        }
    }

    /// The first letter of the texts of a picture that the font does not have.
    fn missing(fonts: &fontdb::Database, face: fontdb::ID, svg: &str) -> Option<char> {
        // Names and style are ASCII, so other letters are those of texts.
        let letters = || svg.chars().filter(|c| !c.is_ascii());
        fonts.with_face_data(face, |data, index| {
            let letters_known = FontRef::from_index(data, index).ok()?.charmap();
            letters().find(|c| letters_known.map(*c).is_none())
        })?
    }
}
