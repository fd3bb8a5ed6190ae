/// Sizes of files for people: `512 B`, `40 kB`, `3.1 MB`.
enum ByteText {
    static func words(_ bytes: Int64) -> String {
        var size = Double(bytes)
        var prefixes = ["", "k", "M", "G", "T"][...]
        // From here on it would round to 1000.
        while size >= 999.5, prefixes.count > 1 {
            size /= 1_000
            prefixes = prefixes.dropFirst()
        }
        // From here on it would round to 10.0.
        let number = size < 9.95 && bytes >= 1_000 ? "\((size * 10).rounded() / 10)" : "\(Int(size.rounded()))"
        return "\(number) \(prefixes.first ?? "")B"
    }
}
