import Foundation

/// Small inputs that an entrance was once given, those that failed among them: a directory for each entrance.
public struct Corpus: Sendable {
    /// One file.
    public struct Entry: Sendable {
        /// Its name.
        public let name: String
        /// What it holds.
        public let input: [UInt8]
    }

    /// The files in the order of their names.
    public let entries: [Entry]

    /// Reads the directory of an entrance below `directory`; without one there are no entries.
    public init(of entrance: String, below directory: String) {
        let path = "\(directory)/\(entrance)"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        entries = names.sorted().compactMap { name in
            FileManager.default.contents(atPath: "\(path)/\(name)").map { Entry(name: name, input: [UInt8]($0)) }
        }
    }

    /// What the files hold.
    public var inputs: [[UInt8]] { entries.map(\.input) }
}
