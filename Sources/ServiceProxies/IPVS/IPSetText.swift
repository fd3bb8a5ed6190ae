/// What `ipset restore` reads and `ipset save` prints.
package enum IPSetText {
    /// What `ipset save` printed: sets of kube-proxy, and their elements.
    package struct Saved: Sendable, Equatable {
        /// Names that begin with `KUBE-`, also those that we do not know.
        package var names: [String] = []
        package var elements: [IPVSSetElement] = []
    }

    /// The lines that make the sets, those that are missing, and then change their elements.
    ///
    /// Set by set: ipset gathers lines about one set into one message, and asks the kernel at every line that names
    /// another.
    package static func restore(_ change: IPVSChange, creating: Bool) -> [UInt8] {
        var buffer = TextBuffer(capacity: 64 * (change.addedElements.count + change.removedElements.count) + 2_048)
        if creating { for set in IPVSSet.allCases { buffer.append(text: set.creation) } }
        // Deletions first, so that a full set has room for what comes.
        write("del", change.removedElements, to: &buffer)
        write("add", change.addedElements, to: &buffer)
        return buffer.takeBytes()
    }

    /// The lines that take sets away.
    static func removal(_ names: [String]) -> [UInt8] {
        names.flatMap { Array("destroy \($0)\n".utf8) }
    }

    private static func write(_ verb: StaticString, _ elements: [IPVSSetElement], to buffer: inout TextBuffer) {
        var words = Words()
        let bySet = Dictionary(grouping: elements, by: \.set)
        for set in IPVSSet.allCases {
            let name = words.put(text: set.rawValue)
            for element in bySet[set] ?? [] {
                // -exist: an element that is there, or gone, already must not end the restore.
                buffer.appendLine("\(verb) \(name) \(element.text(isShort: true)) -exist", words)
            }
        }
    }

    /// Reads what `ipset save` printed; an element of one of our sets that cannot be understood is an error.
    package static func read(_ text: String) throws(ServiceProxyError) -> Saved {
        var saved = Saved()
        var set: (name: Substring.UTF8View, set: IPVSSet)?
        for line in text.utf8.split(separator: UInt8(ascii: "\n")) {
            let words = line.split(separator: UInt8(ascii: " "), maxSplits: 3)
            guard words.count >= 3, words[1].starts(with: "KUBE-".utf8) else { continue }
            if words[0].elementsEqual("create".utf8) {
                let name = Substring(words[1])
                saved.names.append(String(name))
                set = IPVSSet(rawValue: String(name)).map { (words[1], $0) }
            } else if words[0].elementsEqual("add".utf8), let set, set.name.elementsEqual(words[1]) {
                guard let value = value(words[2], of: set.set) else {
                    throw ServiceProxyError(
                        .rubbish, operation: "read", object: "the ipset \(set.set.rawValue)",
                        cause: "\"\(String(Substring(words[2])))\" is not an element of \(set.set.kind)",
                        nextStep: "see `ipset save`")
                }
                saved.elements.append(IPVSSetElement(set: set.set, value: value))
            }
        }
        return saved
    }

    private static func value(_ text: Substring.UTF8View, of set: IPVSSet) -> IPVSSetElement.Value? {
        let parts = text.split(separator: UInt8(ascii: ","))
        switch (set.kind, parts.count) {
        case ("bitmap:port", 1): return number(parts[0]).flatMap(UInt16.init(exactly:)).map { .port($0) }
        case ("hash:ip", 1): return address(parts[0]).map { .address($0) }
        case ("hash:ip,port", 2):
            guard let address = address(parts[0]), let (transport, port) = port(parts[1]) else { return nil }
            return .frontend(address, transport, port)
        case ("hash:ip,port,ip", 3), ("hash:ip,port,net", 3):
            guard let address = address(parts[0]), let (transport, port) = port(parts[1]),
                let source = range(parts[2])
            else { return nil }
            return .frontendAndSource(address, transport, port, source)
        default: return nil
        }
    }

    private static func port(_ text: Substring.UTF8View) -> (ServiceProtocol, UInt16)? {
        let parts = text.split(separator: UInt8(ascii: ":"))
        // ipset takes a port without a protocol for one of TCP.
        if parts.count == 1 { return number(parts[0]).flatMap(UInt16.init(exactly:)).map { (.tcp, $0) } }
        guard parts.count == 2, let transport = ServiceProtocol(rawValue: String(Substring(parts[0]))),
            let port = number(parts[1]).flatMap(UInt16.init(exactly:))
        else { return nil }
        return (transport, port)
    }

    private static func range(_ text: Substring.UTF8View) -> IPv4Range? {
        let parts = text.split(separator: UInt8(ascii: "/"))
        guard let first = parts.first, let address = address(first) else { return nil }
        // ipset leaves the length out where it is that of a single address.
        guard parts.count > 1 else { return IPv4Range(address, prefixLength: 32) }
        guard parts.count == 2, let length = number(parts[1]), length <= 32 else { return nil }
        return IPv4Range(address, prefixLength: Int(length))
    }

    private static func address(_ text: Substring.UTF8View) -> IPv4Address? {
        let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var result: UInt32 = 0
        for part in parts {
            guard let octet = number(part), octet < 256 else { return nil }
            result = result << 8 | octet
        }
        return IPv4Address(number: result)
    }

    private static func number(_ text: Substring.UTF8View) -> UInt32? {
        // A port has at most five digits; six cannot overflow.
        guard !text.isEmpty, text.count < 7 else { return nil }
        var result: UInt32 = 0
        for byte in text {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            result = result * 10 + UInt32(byte - UInt8(ascii: "0"))
        }
        return result
    }
}
