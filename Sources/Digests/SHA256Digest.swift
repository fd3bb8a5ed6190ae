internal import Crypto
internal import Glibc

/// A SHA-256 digest (FIPS 180-4): what tells one text or file from another.
public struct SHA256Digest: Sendable, Hashable {
    /// The 256 bits as four numbers, the first bits highest.
    public let words: (UInt64, UInt64, UInt64, UInt64)

    /// The digest of some bytes.
    public init(of bytes: [UInt8]) {
        self = bytes.withUnsafeBytes { SHA256Digest(of: $0) }
    }

    /// The digest of some bytes in memory.
    public init(of bytes: UnsafeRawBufferPointer) {
        var hash = SHA256()
        hash.update(bufferPointer: bytes)
        self.init(hash)
    }

    /// The digest of a text's UTF-8 bytes.
    public init(of text: String) {
        self.init(of: Array(text.utf8))
    }

    /// The digest of a file's content, read piece by piece and through links; `nil` for what cannot be read.
    ///
    /// Only of regular files: a device or a FIFO has no end.
    public init?(ofFile path: String) {
        // Opening a FIFO waits for its writer otherwise.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        // FileHandle would ask for a page at a time, and programs have a hundred megabytes.
        let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.pieceSize, alignment: 64)
        defer { piece.deallocate() }
        var hash = SHA256()
        while true {
            let count = read(descriptor, piece.baseAddress, piece.count)
            if count == 0 { break }
            if count < 0 {
                guard errno == EINTR else { return nil }
                continue
            }
            hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: piece[..<count]))
        }
        self.init(hash)
    }

    private static let pieceSize = 1 << 18

    private init(_ hash: SHA256) {
        words = hash.finalize().withUnsafeBytes { bytes in
            func word(_ index: Int) -> UInt64 {
                UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8 * index, as: UInt64.self))
            }
            return (word(0), word(1), word(2), word(3))
        }
    }

    /// Whether two digests are the same.
    public static func == (left: SHA256Digest, right: SHA256Digest) -> Bool { left.words == right.words }

    /// Feeds the digest to a hasher.
    ///
    /// Its first number alone: a part of a digest is spread as evenly as the whole.
    public func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
}

extension SHA256Digest: CustomStringConvertible {
    /// 64 hexadecimal digits, as `sha256sum` prints them.
    public var description: String {
        [words.0, words.1, words.2, words.3].map { word in
            let digits = String(word, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }
}
