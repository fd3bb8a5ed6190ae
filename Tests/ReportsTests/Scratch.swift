import Foundation

/// A directory of the test's own, removed at the end.
final class Scratch {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "/reports-tests-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// Width and height from a PNG's first chunk.
struct PNGHeader {
    let width: Int
    let height: Int

    init?(_ data: Data) {
        let bytes = [UInt8](data.prefix(24))
        guard bytes.count == 24, bytes[1...3].elementsEqual("PNG".utf8), bytes[12...15].elementsEqual("IHDR".utf8)
        else {
            return nil
        }
        width = bytes[16...19].reduce(0) { $0 << 8 | Int($1) }
        height = bytes[20...23].reduce(0) { $0 << 8 | Int($1) }
    }
}
