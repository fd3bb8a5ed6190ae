/// Sizes as `/proc` writes them: a number of KiB.
enum Kibibytes {
    /// The bytes of a word such as `2048`; nil for what is no number, or for more than there can be.
    static func bytes(_ word: some StringProtocol) -> UInt64? {
        guard let kibibytes = UInt64(word) else { return nil }
        let (bytes, overflow) = kibibytes.multipliedReportingOverflow(by: 1_024)
        return overflow ? nil : bytes
    }
}
