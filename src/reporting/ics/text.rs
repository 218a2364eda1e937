//! Lines of a calendar file: escaped, folded, ended with CR and LF (RFC 5545, 3.1 and 3.3.11).

/// Most bytes of a line, its end left out.
const MOST: usize = 75;

/// A file as it grows.
#[derive(Debug, Default)]
pub(super) struct Lines(String);

impl Lines {
    /// A content line, folded where it is long; characters stay whole.
    pub(super) fn line(&mut self, line: &str) {
        let mut used = 0;
        for c in line.chars() {
            if used + c.len_utf8() > MOST {
                self.0.push_str("\r\n ");
                used = 1;
            }
            self.0.push(c);
            used += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }

    /// A property whose value is text.
    pub(super) fn text(&mut self, name: &str, value: &str) {
        self.line(&format!("{name}:{}", escaped(value)));
    }

    pub(super) fn finish(self) -> String {
        self.0
    }
}

/// Text with its special characters marked; controls other than the end of a line are left out.
fn escaped(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    for c in value.chars() {
        match c {
            '\\' => text.push_str("\\\\"),
            ';' => text.push_str("\\;"),
            ',' => text.push_str("\\,"),
            '\n' => text.push_str("\\n"),
            c if c.is_control() => {}
            c => text.push(c),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_folded_between_characters() {
        let mut lines = Lines::default();
        lines.text("SUMMARY", &"ö".repeat(60));
        let text = lines.finish();
        let parts: Vec<&str> = text.split("\r\n").collect();
        // 8 bytes of the name, then 33 letters of 2 bytes each fill 74 of 75 bytes.
        assert_eq!(parts[0].len(), 74);
        assert!(parts[1].starts_with(' ') && parts[1].len() == 55);
        assert_eq!(text.replace("\r\n ", "").chars().count(), 8 + 60 + 2);
    }

    #[test]
    fn special_characters_are_marked() {
        assert_eq!(escaped("a;b,c\\d\ne\r\u{7}"), "a\\;b\\,c\\\\d\\ne");
    }
}
