/// What is there of nftables, by a listing in JSON.
package struct NFTablesSurvey: Sendable, Equatable {
    /// Names of tables.
    package var tables: [String] = []
    /// Names of chains that belong to services: those have a slash.
    package var serviceChains: [String] = []
    /// Names of the sets of affinity.
    package var affinitySets: [String] = []
    private var chains = 0
    private var rules = 0
    private var elements = 0

    /// Nothing is there.
    init() {}

    /// What was counted: elements of sets and maps with and without a name, but not the clients in sets of affinity.
    package var counts: ObjectCounts {
        ObjectCounts([.chains: chains, .rules: rules, .elements: elements])
    }

    /// Reads `nft --json list table` or `nft --json list tables`.
    package init(_ listing: [UInt8]) throws(ServiceProxyError) {
        var survey = NFTablesSurvey()
        let trouble = listing.withUnsafeBufferPointer { bytes -> ListingReader.Trouble? in
            var reader = ListingReader(bytes)
            do throws(ListingReader.Trouble) {
                try survey.read(&reader)
                return nil
            } catch {
                return error
            }
        }
        if let trouble {
            throw ServiceProxyError(
                .rubbish, operation: "understand", object: "\(NFTables.program) --json", cause: trouble.description,
                nextStep: "run it by hand; another version may print something new")
        }
        self = survey
    }

    private mutating func read(_ reader: inout ListingReader) throws(ListingReader.Trouble) {
        var isThere = false
        try reader.object { (reader, key) throws(ListingReader.Trouble) in
            guard key == "nftables" else { return try reader.skip() }
            isThere = true
            try reader.array { (reader) throws(ListingReader.Trouble) in
                try reader.object { (reader, kind) throws(ListingReader.Trouble) in
                    try self.take(kind, &reader)
                }
            }
        }
        try reader.end()
        guard isThere else { throw ListingReader.Trouble("there is no \"nftables\" in it") }
    }

    private mutating func take(_ kind: String, _ reader: inout ListingReader) throws(ListingReader.Trouble) {
        switch kind {
        case "metainfo": try reader.skip()
        case "table": tables.append(try name(&reader))
        case "chain":
            chains += 1
            let name = try name(&reader)
            if name.utf8.contains(UInt8(ascii: "/")) { serviceChains.append(name) }
        case "set", "map":
            var name = ""
            var count = 0
            try reader.object { (reader, key) throws(ListingReader.Trouble) in
                switch key {
                case "name": name = try reader.string()
                case "elem": count = try reader.count()
                default: try reader.skip()
                }
            }
            // Packets put clients into these, so their number says nothing about what was loaded.
            if name.hasPrefix("affinity-") { affinitySets.append(name) } else { elements += count }
        case "rule":
            rules += 1
            elements += try reader.anonymousElements()
        default: throw ListingReader.Trouble("an object of the kind \"\(kind)\"")
        }
    }

    private func name(_ reader: inout ListingReader) throws(ListingReader.Trouble) -> String {
        var name: String?
        try reader.object { (reader, key) throws(ListingReader.Trouble) in
            if key == "name" { name = try reader.string() } else { try reader.skip() }
        }
        guard let name else { throw ListingReader.Trouble("an object without a name") }
        return name
    }
}

extension ListingReader {
    /// Walks over a rule and counts the elements of the maps without a name in it: arrays at `data.set`.
    fileprivate mutating func anonymousElements() throws(Trouble) -> Int {
        var sum = 0
        switch try kind() {
        case .object:
            try object { (reader, key) throws(Trouble) in
                guard key == "data", try reader.kind() == .object else {
                    sum += try reader.anonymousElements()
                    return
                }
                try reader.object { (reader, key) throws(Trouble) in
                    if key == "set", try reader.kind() == .array {
                        sum += try reader.count()
                    } else {
                        try reader.skip()
                    }
                }
            }
        case .array:
            try array { (reader) throws(Trouble) in sum += try reader.anonymousElements() }
        case .scalar: try skip()
        }
        return sum
    }
}
