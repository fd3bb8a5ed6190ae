/// How a service picks an endpoint, and the chains of endpoints.
extension IPTablesWriter {
    mutating func writeEndpoints(_ service: ServicePort) {
        natChain(":KUBE-SVC-\(hash) - [0:0]")
        let first = hashes(of: service)
        if let seconds = service.affinitySeconds { writeAffinity(service, first, seconds) }
        writeDispatch(service, first)
        for (index, endpoint) in service.endpoints.enumerated() {
            writeEndpoint(endpoint, first.advanced(by: index), service)
        }
    }

    /// Before all others: who was at an endpoint not long ago goes there again.
    private mutating func writeAffinity(_ service: ServicePort, _ first: Word, _ seconds: Int) {
        for (index, endpoint) in service.endpoints.enumerated() {
            let target = first.advanced(by: index)
            // --reap forgets clients whose time is over, so that the module's list stays short.
            nat(
                """
                -A KUBE-SVC-\(hash)\(comment(endpoint)) \
                -m recent --name KUBE-SEP-\(target) --rcheck --seconds \(seconds) --reap -j KUBE-SEP-\(target)
                """)
        }
    }

    /// The i-th of n endpoints, from 0, with probability 1/(n-i) of what those before it have left; the last whatever
    /// comes.
    private mutating func writeDispatch(_ service: ServicePort, _ first: Word) {
        let count = service.endpoints.count
        for (index, endpoint) in service.endpoints.enumerated() {
            let target = first.advanced(by: index)
            guard index < count - 1 else {
                return nat("-A KUBE-SVC-\(hash)\(comment(endpoint)) -j KUBE-SEP-\(target)")
            }
            nat(
                """
                -A KUBE-SVC-\(hash)\(comment(endpoint)) \
                -m statistic --mode random --probability \(probability(oneOf: count - index)) -j KUBE-SEP-\(target)
                """)
        }
    }

    private mutating func writeEndpoint(_ endpoint: ServiceEndpoint, _ hash: Word, _ service: ServicePort) {
        let comment: RuleText = omitsComments ? "" : " -m comment --comment \"\(name)\""
        natChain(":KUBE-SEP-\(hash) - [0:0]")
        // A pod that meets itself must see another source, or it would answer to itself directly.
        nat("-A KUBE-SEP-\(hash)\(comment) -s \(endpoint.address) -j KUBE-MARK-MASQ")
        let remembered: RuleText = service.affinitySeconds == nil ? "" : " -m recent --name KUBE-SEP-\(hash) --set"
        nat(
            """
            -A KUBE-SEP-\(hash)\(comment)\(remembered) -m \(service.transport) -p \(service.transport) \
            -j DNAT --to-destination \(endpoint)
            """)
    }

    @inline(__always)
    private func comment(_ endpoint: ServiceEndpoint) -> RuleText {
        omitsComments ? "" : " -m comment --comment \"\(name) -> \(endpoint)\""
    }
}
