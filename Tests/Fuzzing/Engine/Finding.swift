import Foundation

/// An input with which something that has to be true was not.
public struct Finding: Sendable, Equatable {
    /// The entrance's name.
    public let entrance: String
    /// What was not true.
    public let violation: Violation
    /// The input.
    public let input: [UInt8]

    /// A finding at an entrance.
    public init(entrance: String, violation: Violation, input: [UInt8]) {
        self.entrance = entrance
        self.violation = violation
        self.input = input
    }

    /// A name for a file that is the same for the same input.
    public var fileName: String {
        let hash = input.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        return "\(entrance)-\(String(hash, radix: 16))"
    }

    /// Writes the input into the directory, which is made, and returns the file's path.
    public func save(in directory: String) throws -> String {
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        let path = "\(directory)/\(fileName)"
        try Data(input).write(to: URL(fileURLWithPath: path))
        return path
    }
}
