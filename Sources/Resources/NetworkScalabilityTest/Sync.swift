extension NetworkScalabilityTest {
    /// How proxies bring services into the kernel, where versions of kube-proxy differ or waiting is not wanted.
    public struct Sync: Sendable, Equatable {
        /// Services in one nftables transaction of a full sync; nil is all of them, as in kube-proxy.
        ///
        /// The kernel's work on one transaction grows with the square of its anonymous maps.
        public var servicesPerTransaction: Int?
        /// Whether nftables are listed before each sync, as kube-proxy 1.36 does; later versions do without.
        public var listsBeforeSync: Bool
        /// Whether iptables that are empty are loaded as a whole; kube-proxy always adds to what is there (`--noflush`).
        ///
        /// The time that `iptables-nft-restore --noflush` takes grows with the square of the chains.
        public var flushesEmptyTables: Bool

        /// Describes a synchronisation; without arguments that of kube-proxy 1.36.
        public init(servicesPerTransaction: Int? = nil, listsBeforeSync: Bool = true, flushesEmptyTables: Bool = false)
        {
            self.servicesPerTransaction = servicesPerTransaction
            self.listsBeforeSync = listsBeforeSync
            self.flushesEmptyTables = flushesEmptyTables
        }
    }
}

extension NetworkScalabilityTest.Sync {
    private enum Key: String, CaseIterable {
        case servicesPerTransaction
        case listsBeforeSync
        case flushesEmptyTables
    }

    init?(reading reader: NodeReader) {
        guard let keyed = reader.keyed(by: Key.self) else { return nil }
        let services = keyed[.servicesPerTransaction]?.integer(in: 1...ServiceLimits.services)
        let lists = keyed.read(.listsBeforeSync, default: true) { $0.truth() }
        let flushes = keyed.read(.flushesEmptyTables, default: false) { $0.truth() }
        guard let lists, let flushes else { return nil }
        self.init(servicesPerTransaction: services, listsBeforeSync: lists, flushesEmptyTables: flushes)
    }

    var canonical: CanonicalValue {
        .object(present: [
            "servicesPerTransaction": servicesPerTransaction.map { .integer($0) },
            "listsBeforeSync": .boolean(listsBeforeSync),
            "flushesEmptyTables": .boolean(flushesEmptyTables),
        ])
    }
}
