import Glibc

/// Keeps what is being tried, and what came out so far, in a file that outlives the process: whatever ends it is told from there.
public final class FlightRecorder: @unchecked Sendable {
    /// The recorder's file cannot be used.
    public struct Failure: Error, CustomStringConvertible {
        /// What did not work.
        public let description: String
    }

    /// Numbers that the file holds before the input.
    private enum Field: Int, CaseIterable {
        case index, inputs, accepted, slowest, kinds, findings, length
    }

    private static let head = Field.allCases.count * 8
    private static let size = head + Mutator.largest

    // Written by one thread of one process, and read by another process: each number is one aligned word.
    private let memory: UnsafeMutableRawPointer

    /// Opens the file, and makes it where there is none.
    public init(path: String) throws(Failure) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Failure(description: "open \(path): \(String(cString: strerror(errno)))") }
        defer { close(descriptor) }
        guard ftruncate(descriptor, off_t(Self.size)) == 0,
            let memory = mmap(nil, Self.size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0), memory != MAP_FAILED
        else { throw Failure(description: "map \(path): \(String(cString: strerror(errno)))") }
        self.memory = memory
    }

    deinit { munmap(memory, Self.size) }

    /// The input that is being tried, or was when the process ended.
    public var input: [UInt8] {
        let length = min(Int(self[.length]), Self.size - Self.head)
        return Array(UnsafeRawBufferPointer(start: memory + Self.head, count: length))
    }

    /// Its number.
    public var index: Int { Int(self[.index]) }

    /// What came out so far.
    public var tally: Tally {
        get {
            Tally(
                inputs: Int(self[.inputs]), accepted: Int(self[.accepted]), slowest: Int64(self[.slowest]),
                kinds: Int(self[.kinds]), findings: Int(self[.findings]))
        }
        set {
            self[.inputs] = UInt64(newValue.inputs)
            self[.accepted] = UInt64(newValue.accepted)
            self[.slowest] = UInt64(newValue.slowest)
            self[.kinds] = UInt64(newValue.kinds)
            self[.findings] = UInt64(newValue.findings)
        }
    }

    func begin(_ index: Int, _ input: [UInt8]) {
        self[.length] = UInt64(min(input.count, Self.size - Self.head))
        input.withUnsafeBytes { source in
            guard let start = source.baseAddress else { return }
            memcpy(memory + Self.head, start, min(source.count, Self.size - Self.head))
        }
        self[.index] = UInt64(index)
    }

    private subscript(field: Field) -> UInt64 {
        get { memory.load(fromByteOffset: field.rawValue * 8, as: UInt64.self) }
        set { memory.storeBytes(of: newValue, toByteOffset: field.rawValue * 8, as: UInt64.self) }
    }
}
