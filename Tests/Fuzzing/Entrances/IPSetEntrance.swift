import ServiceProxies

/// What `ipset save` prints.
struct IPSetEntrance: Entrance {
    let name = "ipset"
    let words =
        [
            "create ", "add ", " hash:ip,port family inet hashsize 1024 maxelem 65536\n",
            " bitmap:port range 0-65535\n",
            "10.96.0.1,tcp:80", "10.96.0.1,udp:53", "10.0.0.1,tcp:80,10.0.0.0/8", "10.0.0.1,80,10.0.0.1", "/0", "/33",
            "127.0.0.1", "65535", "sctp:1", "timeout 0", "\n",
        ] + IPVSSet.allCases.map(\.rawValue)

    func take(_ input: [UInt8]) throws(Violation) -> Answer {
        let saved: IPSetText.Saved
        do throws(ServiceProxyError) {
            saved = try IPSetText.read(String(decoding: input, as: UTF8.self))
        } catch {
            try Violation.unlessWorded("\(error)")
            return .refused(error.cause)
        }
        let property = "elements that are written read back as the same"
        var change = IPVSChange()
        change.addedElements = saved.elements
        let written = String(decoding: IPSetText.restore(change, creating: true), as: UTF8.self)
        let again: IPSetText.Saved
        do throws(ServiceProxyError) {
            again = try IPSetText.read(written)
        } catch {
            throw Violation(property, "\(error)")
        }
        // Sets are made first and filled later, so only the last of them is open when elements are read here.
        let last = again.elements.last?.set
        try Violation.unless(
            again.elements == saved.elements.filter { $0.set == last }, property, "\(saved.elements) as \(written)")
        return .accepted("\(saved.names.count > 1) \(saved.elements.isEmpty)")
    }
}
