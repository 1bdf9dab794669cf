//! Where each character of a decoded TOML text was written.

/// For each character of the text that `raw` (quotes included) stands for, the byte in `raw` where it begins; the last entry is
/// the byte after the last character.
pub(super) fn origins(raw: &str) -> Vec<usize> {
    let quote = raw.chars().next().filter(|quote| matches!(quote, '"' | '\'')).unwrap_or('"');
    let escapes = quote == '"';
    let long = raw.len() >= 6 && raw.chars().take(3).all(|letter| letter == quote);
    let width = if long { 3 } else { 1 };
    let mut at = width;
    let end = raw.len().saturating_sub(width);
    if long {
        // A newline right after the opening quotes is not part of the text.
        at += ["\r\n", "\n"]
            .into_iter()
            .find(|newline| raw.get(at..).is_some_and(|rest| rest.starts_with(newline)))
            .map_or(0, str::len);
    }
    let mut origins = Vec::new();
    while let Some(letter) = raw.get(at..end).and_then(|rest| rest.chars().next()) {
        let rest = raw.get(at..end).unwrap_or_default();
        match (escapes && letter == '\\').then(|| rest.chars().nth(1)).flatten() {
            Some(escaped) if escaped.is_whitespace() => {
                at += 1;
                at += rest.get(1..).map_or(0, |rest| rest.len() - rest.trim_start().len());
                continue;
            }
            Some(escaped) => {
                origins.push(at);
                at += match escaped {
                    'u' => 6,
                    'U' => 10,
                    'x' => 4,
                    _ => 1 + escaped.len_utf8(),
                };
            }
            None => {
                origins.push(at);
                at += letter.len_utf8();
            }
        }
    }
    origins.push(at.min(end));
    origins
}
