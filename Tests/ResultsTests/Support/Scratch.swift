import Foundation
import Results

/// A directory of its own for one test, removed afterwards whatever happens.
func withScratchDirectory<Value>(_ body: (String) throws -> Value) throws -> Value {
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent("results-\(SortableID.make())").path
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: directory) }
    return try body(directory)
}

/// A new store in a directory of its own.
func withStore<Value>(_ body: (Store) throws -> Value) throws -> Value {
    try withScratchDirectory { directory in
        try body(try Store.open(at: directory + "/results.sqlite"))
    }
}
