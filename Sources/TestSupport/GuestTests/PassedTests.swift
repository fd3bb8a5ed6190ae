/// The names of tests that passed, by the lines that Swift Testing prints for people.
public struct PassedTests: Sendable {
    /// Names, as they stand behind `Test`, without quotes.
    public private(set) var names: Set<String> = []

    /// No line was read yet.
    public init() {}

    /// Takes the name out of a line that says that a test passed.
    ///
    /// Such as `✔ Test "services are read back" with 4 test cases passed after 0.2 seconds.`
    public mutating func take(_ line: String) {
        guard line.hasPrefix("✔ Test "), !line.hasPrefix("✔ Test run ") else { return }
        let rest = line.dropFirst("✔ Test ".count)
        guard let end = rest.ranges(of: " passed after ").last?.lowerBound else { return }
        var name = rest[..<end]
        if name.hasPrefix("\""), let quote = name.dropFirst().lastIndex(of: "\"") {
            name = name[name.index(after: name.startIndex)..<quote]
        } else if let cases = name.ranges(of: " with ").last {
            name = name[..<cases.lowerBound]
        }
        names.insert(String(name))
    }
}
