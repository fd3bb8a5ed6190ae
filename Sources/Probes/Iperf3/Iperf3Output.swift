import Contract
import JSON

/// The report in what iperf3 printed, and what stands around it; pure.
///
/// Some builds print a warning in front of their report, and some print the report twice.
struct Iperf3Output {
    /// The first whole object, which is the report.
    let report: JSONNode
    /// What is to be said about the rest; nil where there is nothing else.
    let remark: String?

    init(_ text: String) throws(ProbeFailure) {
        guard text.contains(where: { !$0.isWhitespace }) else {
            throw Self.rubbish("it printed nothing", text)
        }
        let first: FirstJSONObject?
        do throws(JSONError) {
            first = try FirstJSONObject(in: text, limits: Self.limits)
        } catch {
            throw Self.rubbish("its JSON is cut off or malformed, \(error)", text)
        }
        guard let first else { throw Self.rubbish("it printed text without a JSON object", text) }
        report = first.object
        var extras = Self.isBlank(first.before) ? [] : ["text in front of its report"]
        var rest = first.after
        // What is cut off behind a whole report takes nothing from it.
        while let next = (try? FirstJSONObject(in: rest, limits: Self.limits)) ?? nil {
            guard next.object.isSame(as: first.object) else {
                throw ProbeFailure(
                    .contradictory,
                    "iperf3 printed two JSON objects that differ, and nothing says which of them is its report; "
                        + "its output is kept as an artifact",
                    words: text
                )
            }
            if !extras.contains(Self.repetition) { extras.append(Self.repetition) }
            if !Self.isBlank(next.before) { extras.append(Self.trailer) }
            rest = next.after
        }
        if !Self.isBlank(rest), !extras.contains(Self.trailer) { extras.append(Self.trailer) }
        remark =
            extras.isEmpty
            ? nil : "iperf3 printed \(extras.joined(separator: ", and ")); all of it is kept as an artifact"
    }

    // Before 3.10, some members stand there once for each stream.
    private static let limits = JSONLimits(allowsRepeatedNames: true)
    private static let repetition = "its report once more, the same"
    private static let trailer = "text behind its report"

    private static func isBlank(_ text: String) -> Bool { text.allSatisfy(\.isWhitespace) }

    /// The failure of an iperf3 that says something else than it should.
    static func rubbish(_ what: String, _ text: String) -> ProbeFailure {
        ProbeFailure(
            .rubbish,
            "iperf3 is not understood: \(what); run it by hand to see what it does; its output is kept as an "
                + "artifact",
            words: text
        )
    }
}

extension JSONNode {
    /// Whether two values are equal wherever they stand.
    fileprivate func isSame(as other: JSONNode) -> Bool {
        switch (value, other.value) {
        case (.array(let mine), .array(let theirs)):
            return mine.count == theirs.count && zip(mine, theirs).allSatisfy { $0.isSame(as: $1) }
        case (.object(let mine), .object(let theirs)):
            return mine.count == theirs.count
                && mine.allSatisfy { member in other[member.name]?.isSame(as: member.value) == true }
                && theirs.allSatisfy { self[$0.name] != nil }
        default:
            return value == other.value
        }
    }
}
