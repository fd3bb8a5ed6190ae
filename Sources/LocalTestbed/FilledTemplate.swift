import JSON
import Resources

/// A template with values in the place of its placeholders, which knows where everything stood before.
struct FilledTemplate: Sendable {
    /// The text with values.
    let text: String
    private let substitutions: [Substitution]

    private struct Substitution: Sendable {
        let line: Int
        let column: Int
        let length: Int
        let filledColumn: Int
        let filledLength: Int
    }

    /// Fills a template in; throws every placeholder that there is none of.
    init(_ template: String, with values: [Placeholder: String], file: String) throws(ConflistProblems) {
        var scanner = TemplateScanner(template)
        var text = String.UnicodeScalarView()
        var substitutions: [Substitution] = []
        var problems: [ConflistProblem] = []
        // How much further right things stand on this line than in the template.
        var (line, shift) = (1, 0)
        while let part = scanner.next() {
            if part.position.line != line { (line, shift) = (part.position.line, 0) }
            guard part.isPlaceholder else {
                text.append(contentsOf: part.scalars)
                continue
            }
            guard let name = part.name, let placeholder = Placeholder(rawValue: name) else {
                problems.append(Self.problem(part, file))
                continue
            }
            let value = values[placeholder] ?? part.text
            text.append(contentsOf: value.unicodeScalars)
            let (length, filled) = (part.scalars.count, value.unicodeScalars.count)
            substitutions.append(
                Substitution(
                    line: line, column: part.position.column, length: length,
                    filledColumn: part.position.column + shift, filledLength: filled)
            )
            shift += filled - length
        }
        guard problems.isEmpty else { throw ConflistProblems(problems) }
        self.text = String(text)
        self.substitutions = substitutions
    }

    /// Where something of the filled text stands in the template; what is inside a value stands at its placeholder.
    func placeInTemplate(of place: JSONPosition) -> JSONPosition {
        var column = place.column
        for part in substitutions.reversed() where part.line == place.line && part.filledColumn <= place.column {
            if place.column < part.filledColumn + part.filledLength {
                return JSONPosition(line: part.line, column: part.column)
            }
            column = place.column - part.filledColumn - part.filledLength + part.column + part.length
            break
        }
        return JSONPosition(line: place.line, column: column)
    }

    private static func problem(_ part: TemplateScanner.Part, _ file: String) -> ConflistProblem {
        let known = Placeholder.allCases.map(\.text).joined(separator: ", ")
        guard let name = part.name else {
            return ConflistProblem(
                file: file, position: part.position,
                message: "a placeholder does not end with }} on its line; there are \(known)")
        }
        let shown = String(name.prefix(40).map { $0.isASCII && $0 >= " " && $0 <= "~" ? $0 : "?" })
        return ConflistProblem(
            file: file,
            position: part.position,
            message: "there is no placeholder {{\(shown)}}; there are \(known)",
            suggestion: NearestName.of(name.filter { !$0.isWhitespace }, among: Placeholder.allCases.map(\.rawValue))
                .map { "{{\($0)}}" }
        )
    }
}
