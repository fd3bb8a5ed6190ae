/// PNG files as their own bytes tell them: a signature, and chunks of a length, a name, data and a checksum.
struct PNGFile: Equatable {
    let bytes: [UInt8]
    let width: Int
    let height: Int

    static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    /// Reads the file at the beginning of the bytes; nil unless it is whole, down to its chunk IEND.
    init?(prefixOf stream: ArraySlice<UInt8>) {
        guard stream.starts(with: Self.signature) else { return nil }
        var at = stream.startIndex + Self.signature.count
        var size: (width: Int, height: Int)?
        while stream.endIndex - at >= 12 {
            let length = Self.number(stream[at..<at + 4])
            let name = stream[at + 4..<at + 8]
            guard length <= stream.endIndex - at - 12 else { return nil }
            if name.elementsEqual("IHDR".utf8), length >= 8 {
                size = (Self.number(stream[at + 8..<at + 12]), Self.number(stream[at + 12..<at + 16]))
            }
            at += 12 + length
            guard name.elementsEqual("IEND".utf8) else { continue }
            guard let size else { return nil }
            bytes = Array(stream[..<at])
            (width, height) = size
            return
        }
        return nil
    }

    /// The files that stand one after the other; nil when there is anything else, or a part of one.
    static func files(in stream: [UInt8]) -> [PNGFile]? {
        var rest = stream[...]
        var files: [PNGFile] = []
        while !rest.isEmpty {
            guard let file = PNGFile(prefixOf: rest) else { return nil }
            files.append(file)
            rest = rest.dropFirst(file.bytes.count)
        }
        return files
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }
}
