/// The names of the chains of one service, as kube-proxy makes them.
struct NFTNames {
    /// `HASH-NAMESPACE/NAME/PROTOCOL/PORT`, behind the prefix of each chain.
    private(set) var base: [UInt8] = []
    /// The same for each endpoint, with `__ADDRESS/PORT` at the end.
    private(set) var endpoints: [[UInt8]] = []

    private var hash = NameHash()
    private var text = TextBuffer()

    /// The longest part of a name behind its prefix.
    private static let longest = 240

    /// Names of another service; those of endpoints only `withEndpoints`.
    mutating func take(_ service: ServicePort, withEndpoints: Bool) {
        text.removeAll()
        // A service port without a name has no colon, and ends with the slash.
        var port: Substring.UTF8View?
        let name = service.name.utf8
        if let colon = name.lastIndex(of: UInt8(ascii: ":")) {
            text.append(sequence: name[..<colon])
            port = Substring(service.name[name.index(after: colon)...]).utf8
        } else {
            text.append(sequence: name)
        }
        text.append(service.transport == .tcp ? "/tcp/" : "/udp/")
        if let port { text.append(sequence: port) }
        let stem = text.bytes
        base = hashed(stem)
        endpoints.removeAll(keepingCapacity: true)
        guard withEndpoints else { return }
        for endpoint in service.endpoints {
            text.removeAll()
            text.append(stem)
            text.append("__")
            text.append(endpoint.address)
            text.append("/")
            text.append(number: Int(endpoint.port))
            endpoints.append(hashed(text.bytes))
        }
    }

    private mutating func hashed(_ name: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(name.count + 9)
        hash.appendEight(of: name, to: &result)
        result.append(UInt8(ascii: "-"))
        result.append(contentsOf: name)
        guard result.count > Self.longest else { return result }
        return result.prefix(Self.longest - 3) + Array("...".utf8)
    }
}
