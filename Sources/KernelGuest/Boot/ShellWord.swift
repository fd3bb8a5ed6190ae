/// Words that a shell takes as they are; the guest's init is the one place where a shell reads something of ours.
enum ShellWord {
    /// The word in single quotes, between which nothing has a meaning but the closing quote.
    ///
    /// It goes by bytes: a quote that an accent stands on is for a shell a quote.
    static func quoted(_ word: String) -> String {
        let quote = UInt8(ascii: "'")
        var bytes = [quote]
        for byte in word.utf8 {
            if byte == quote { bytes += "'\\'".utf8 }
            bytes.append(byte)
        }
        return String(decoding: bytes + [quote], as: UTF8.self)
    }
}
