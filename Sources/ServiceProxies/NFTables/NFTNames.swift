/// The names of the chains of one service, as kube-proxy makes them.
struct NFTNames {
    /// `HASH-NAMESPACE/NAME/PROTOCOL/PORT`, behind the prefix of each chain.
    private(set) var base = Word(0..<0)
    /// The same for each endpoint, with `__ADDRESS/PORT` at the end.
    private(set) var endpoints: [Word] = []

    private var text = TextBuffer()

    /// The longest part of a name behind its prefix, in bytes: nf_tables takes 256 with prefix and zero
    /// (`NFT_NAME_MAXLEN`).
    private static let longest = 240

    /// Puts the names of another service aside; those of endpoints only `withEndpoints`.
    mutating func take(_ service: ServicePort, withEndpoints: Bool, in words: inout Words) {
        // A service port without a name has no colon, and ends with the slash.
        let name = service.name.utf8
        let colon = name.lastIndex(of: UInt8(ascii: ":"))
        text.removeAll()
        text.append(text: service.name[..<(colon ?? name.endIndex)])
        text.append("/\(service.transport)/")
        if let colon { text.append(text: service.name[name.index(after: colon)...]) }
        base = hashed(in: &words)
        endpoints.removeAll(keepingCapacity: true)
        guard withEndpoints else { return }
        let stem = text.count
        for endpoint in service.endpoints {
            text.append("__\(endpoint.address)/\(endpoint.port)")
            endpoints.append(hashed(in: &words))
            text.removeAll(behind: stem)
        }
    }

    private func hashed(in words: inout Words) -> Word {
        let start = words.count
        _ = words.put("\(NameHash.short(of: text))-")
        _ = words.put(text)
        if words.count - start > Self.longest {
            words.forget(behind: start + Self.longest - 3)
            _ = words.put("...")
        }
        return Word(start..<words.count)
    }
}
