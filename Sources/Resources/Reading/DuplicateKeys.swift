/// Keys that appeared again in their mapping, renamed in the text so that the rest of it can be read.
///
/// The parser gives up at the first mapping with a repeated key. Every place that looks like one of its keys gets a
/// name of its own, as long as the old one, and gets the old one back when values are made.
struct DuplicateKeys {
    /// Letters for private use, which no file of ours has: the two last planes of Unicode, without their
    /// non-characters.
    private static let letters = Array(UInt32(0xF0000)...0xFFFFD) + Array(UInt32(0x100000)...0x10FFFD)

    private var originals: [Unicode.Scalar: String] = [:]
    private let isPossible: Bool

    init(for text: String) {
        isPossible = !text.unicodeScalars.contains { $0.value >= 0xF0000 }
    }

    /// Whether there is a renamed key in the text.
    var isEmpty: Bool { originals.isEmpty }

    /// A text of the file as it was before keys in it were renamed.
    func original(of text: String) -> String {
        guard !originals.isEmpty, text.unicodeScalars.contains(where: { $0.value >= 0xF0000 }) else { return text }
        var result = ""
        var rest = text.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            guard let name = originals[scalar] else {
                result.unicodeScalars.append(scalar)
                continue
            }
            result += name
            rest = rest.dropFirst(name.unicodeScalars.count - 1)
        }
        return result
    }

    /// Renames whatever looks like one of these keys; answers false when nothing does, such as keys with escapes.
    mutating func rename(_ keys: [String], in text: inout String) -> Bool {
        guard isPossible else { return false }
        let keys = Set(keys.filter { !$0.isEmpty })
        var scalars = Array(text.unicodeScalars)
        let places = KeyPlaces(scalars).ranges(of: keys)
        guard places.count > 1, originals.count + places.count <= Self.letters.count else { return false }
        for (place, name) in places {
            guard let letter = Unicode.Scalar(Self.letters[originals.count]) else { return false }
            originals[letter] = name
            for index in place { scalars[index] = letter }
        }
        text = String(String.UnicodeScalarView(scalars))
        return true
    }
}
