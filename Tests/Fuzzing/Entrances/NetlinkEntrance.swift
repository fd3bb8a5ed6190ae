import Netlink
import Quantities

/// What the kernel answers over netlink: messages, attributes, what IPVS says of services, what stands in queues, and
/// how full a connection tracker is, and what interfaces leave to their devices.
struct NetlinkEntrance: Entrance {
    let name = "netlink"
    let words = ["rr\0\0", "wlc\0", "no such\0", "\u{2}\0", "\u{10}\0\0\0", "\u{14}\0\0\0"]

    func take(_ input: [UInt8]) throws(Violation) -> Answer {
        var found = ""
        var bytes = 0
        let result = input.withUnsafeBytes { buffer -> Result<Void, Violation> in
            do throws(Violation) {
                for message in MessageReader(buffer) {
                    bytes += 16 + message.body.count
                    _ = message.answer
                    var attributes = 0
                    for attribute in AttributeReader(message.body) {
                        attributes += 4 + attribute.payload.count
                        _ = (attribute.number(UInt32.self), attribute.number(UInt64.self), attribute.text)
                    }
                    try Violation.unless(attributes <= message.body.count, "attributes lie within their message")
                    found += try decode(message.body)
                }
                // Whatever comes first, its content is a body, too: most bytes are no message.
                found += try decode(buffer)
                return .success(())
            } catch {
                return .failure(error)
            }
        }
        try result.get()
        try Violation.unless(bytes <= input.count, "messages lie within what was received")
        return found.isEmpty ? .refused("\(bytes > 0)") : .accepted(found)
    }

    private func decode(_ body: UnsafeRawBufferPointer) throws(Violation) -> String {
        var found = ""
        if let service = IPVSDecoder.service(body) {
            found += "s"
            try Self.sameAgain(.addService(service), "a service") { IPVSDecoder.service($0) == service }
        }
        for family in [IPAddress.Family.ipv4, .ipv6] {
            guard let destination = IPVSDecoder.destination(body, family: family) else { continue }
            found += "d"
            let key = IPVSService.Key.mark(1, family)
            try Self.sameAgain(.addDestination(destination, of: key), "a destination") { body in
                IPVSDecoder.destination(body, family: family) == destination
            }
        }
        if let queue = InstalledQueue(body) {
            found += "q"
            // Read, written and read again: what is said of nothing is left out the first time.
            if let options = NetemOptions(bytes: queue.options ?? []), let again = NetemOptions(bytes: options.bytes) {
                found += "n"
                try Violation.unless(
                    NetemOptions(bytes: again.bytes) == again, "what is written of netem reads back as the same")
            }
            _ = queue.restoration
        }
        if FilterRequest(body) != nil { found += "f" }
        if let info = IPVSDecoder.info(body) {
            found += "i"
            try Violation.unless(info.connectionTableSize >= 0, "a table's size is not negative")
        }
        if ConntrackMessage.counts(body) != nil { found += "c" }
        _ = ConntrackMessage.losses(body)
        if let state = OffloadMessage.state(body) {
            found += "o"
            try Violation.unless(state.changeable.isSubset(of: state.known), "what can be changed is known", "\(state)")
        }
        return found
    }

    /// What was read and is written as a request reads back as the same.
    private static func sameAgain(
        _ request: IPVSRequest, _ what: String, _ isSame: (UnsafeRawBufferPointer) -> Bool
    ) throws(Violation) {
        var writer = MessageWriter()
        IPVSEncoder(family: 30).append(request, to: &writer, sequence: 1)
        let isEqual = writer.bytes.withUnsafeBytes { buffer in
            var messages = MessageReader(buffer)
            guard let message = messages.next() else { return false }
            return messages.next() == nil && isSame(message.body)
        }
        try Violation.unless(isEqual, "\(what) of IPVS that is written reads back as the same", "\(request)")
    }
}
