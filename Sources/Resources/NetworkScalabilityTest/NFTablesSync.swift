extension NetworkScalabilityTest {
    /// How nftables are synchronised, where versions of kube-proxy differ.
    public struct NFTablesSync: Sendable, Equatable {
        /// Services in one transaction of a full sync; nil is all of them, as in kube-proxy.
        ///
        /// The kernel's work on one transaction grows with the square of its anonymous maps.
        public var servicesPerTransaction: Int?
        /// Whether the table is listed before each sync, as kube-proxy 1.36 does; later versions do without.
        public var listsBeforeSync: Bool

        /// Describes a synchronisation; without arguments that of kube-proxy 1.36.
        public init(servicesPerTransaction: Int? = nil, listsBeforeSync: Bool = true) {
            self.servicesPerTransaction = servicesPerTransaction
            self.listsBeforeSync = listsBeforeSync
        }
    }
}

extension NetworkScalabilityTest.NFTablesSync {
    private enum Key: String, CaseIterable {
        case servicesPerTransaction
        case listsBeforeSync
    }

    init?(reading reader: NodeReader) {
        guard let keyed = reader.keyed(by: Key.self) else { return nil }
        let services = keyed[.servicesPerTransaction]?.integer(in: 1...ServiceLimits.services)
        let lists = keyed.read(.listsBeforeSync, default: true) { $0.truth() }
        guard let lists else { return nil }
        self.init(servicesPerTransaction: services, listsBeforeSync: lists)
    }

    var canonical: CanonicalValue {
        .object(present: [
            "servicesPerTransaction": servicesPerTransaction.map { .integer($0) },
            "listsBeforeSync": .boolean(listsBeforeSync),
        ])
    }
}
