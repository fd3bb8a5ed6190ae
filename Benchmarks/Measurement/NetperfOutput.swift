/// What netperf prints of the selectors that it was asked for: `NAME=value`, a line each.
struct NetperfOutput {
    let text: String

    /// The value of one, which has to be above 0.
    func number(_ name: String) throws -> Double {
        let line = text.split(whereSeparator: \.isNewline).first { $0.hasPrefix("\(name)=") }
        guard let value = line.flatMap({ Double($0.dropFirst(name.count + 1)) }), value > 0 else {
            throw BenchmarkError("netperf printed no \(name): \(text)")
        }
        return value
    }
}
