//! Workflow commands: GitHub shows each problem beside its line.
//!
//! Values are escaped as GitHub's own toolkit does it: `%`, carriage return and line feed in messages; in
//! properties also `:` and `,`. Without that, words of a briefing could give commands of their own.

use super::{Report, Told, human};
use crate::cli::output::plain;
use crate::problem::Severity;

pub(super) fn print(report: &Report) -> String {
    let mut printed: String = report.told.iter().map(command).collect();
    printed.push_str(&human::totals_line(report));
    printed
}

fn command(told: &Told) -> String {
    let problem = &told.problem;
    let level = match problem.severity {
        Severity::Note => "notice",
        Severity::Warning => "warning",
        Severity::Error => "error",
    };
    let (start, end) = (told.start, told.end);
    // Columns across lines are not shown; the first line is marked whole then.
    let range = if start.line == end.line {
        format!(
            "endLine={},col={},endColumn={}",
            end.line, start.column, end.column
        )
    } else {
        format!("endLine={},col={}", end.line, start.column)
    };
    format!(
        "::{level} file={},line={},{range},title={}::{}%0AHelp: {}\n",
        property(&told.path),
        start.line,
        property(problem.code.as_str()),
        data(&problem.message),
        data(&problem.hint),
    )
}

fn data(text: &str) -> String {
    let text = text
        .replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A");
    plain(&text)
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::super::told;
    use super::*;
    use crate::problem::{Code, Problem};

    #[test]
    fn nothing_in_a_value_can_end_it_or_give_a_command() {
        let problem = Problem::new(
            Code::QuoteNear,
            0..1,
            "100 %, found\n::error::x",
            "write \u{1b}[1m",
        );
        assert_eq!(
            command(&told("a,b:c.md", problem, (2, 3), (2, 9))),
            "::warning file=a%2Cb%3Ac.md,line=2,endLine=2,col=3,endColumn=9,title=quote-near::100 %25, found%0A::error::x%0AHelp: write \u{fffd}[1m\n"
        );
    }
}
