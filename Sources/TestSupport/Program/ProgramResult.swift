import Foundation

/// How a program ended and what it printed.
public struct ProgramResult: Sendable, Equatable {
    /// The exit code; 128 and the signal's number for a program that a signal ended, as a shell has it.
    public let exitCode: Int32
    /// Everything on standard output.
    public let standardOutput: String
    /// Everything on standard error.
    public let standardError: String

    /// Standard output as JSON.
    public func json() throws -> Any {
        try JSONSerialization.jsonObject(with: Data(standardOutput.utf8), options: [.fragmentsAllowed])
    }

    /// Standard output as a value of a type.
    public func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try JSONDecoder().decode(type, from: Data(standardOutput.utf8))
    }

    /// Standard output as a JSON array of objects; empty when it is something else.
    public func objects() throws -> [[String: Any]] {
        try json() as? [[String: Any]] ?? []
    }
}
