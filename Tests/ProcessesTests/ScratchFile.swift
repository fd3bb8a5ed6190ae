import Glibc

/// A file of a test's own, removed with its owner.
final class ScratchFile {
    let path: String

    init() throws {
        var template = Array("/tmp/processes-tests-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw ScratchError() }
        close(descriptor)
        path = template.withUnsafeBufferPointer { buffer in
            String(decoding: buffer.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
    }

    deinit {
        unlink(path)
    }

    /// The numbers in the file, separated by white space.
    func numbers() throws -> [Int32] {
        guard let file = fopen(path, "r") else { throw ScratchError() }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = fread(&bytes, 1, bytes.count, file)
        return String(decoding: bytes[..<count], as: UTF8.self).split { " \n".contains($0) }.compactMap { Int32($0) }
    }
}

struct ScratchError: Error {}
