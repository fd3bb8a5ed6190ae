import Contract
public import Quantities

extension NetworkScalabilityTest {
    /// How proxies bring services into the kernel, where versions of kube-proxy differ or waiting is not wanted.
    public struct Sync: Sendable, Equatable {
        /// Services in one nftables transaction of a full sync; nil is all of them, as in kube-proxy.
        ///
        /// The kernel's work on one transaction grows with the square of its anonymous maps.
        public var servicesPerTransaction: Int?
        /// Whether nftables are listed before each sync, as kube-proxy 1.36 does; later versions do without.
        public var listsBeforeSync: Bool
        /// Whether iptables that are empty are loaded as a whole; kube-proxy always adds to what is there
        /// (`--noflush`).
        ///
        /// The time that `iptables-nft-restore --noflush` takes grows with the square of the chains.
        public var flushesEmptyTables: Bool

        /// Whether an added service comes without endpoints, which follow in a second sync, as an API server tells of
        /// them.
        public var endpointsFollow: Bool
        /// From the end of a sync to the start of the next one at the earliest; nil is kube-proxy's default for the
        /// mode.
        public var minSyncPeriod: TimeSpan?

        /// Describes a synchronisation; without arguments that of kube-proxy 1.36.
        public init(
            servicesPerTransaction: Int? = nil,
            listsBeforeSync: Bool = true,
            flushesEmptyTables: Bool = false,
            endpointsFollow: Bool = true,
            minSyncPeriod: TimeSpan? = nil
        ) {
            self.servicesPerTransaction = servicesPerTransaction
            self.listsBeforeSync = listsBeforeSync
            self.flushesEmptyTables = flushesEmptyTables
            self.endpointsFollow = endpointsFollow
            self.minSyncPeriod = minSyncPeriod
        }
    }
}

extension NetworkScalabilityTest.Sync {
    private enum Key: String, CaseIterable {
        case servicesPerTransaction
        case listsBeforeSync
        case flushesEmptyTables
        case endpointsFollow
        case minSyncPeriod
    }

    init?(reading reader: NodeReader) {
        guard let keyed = reader.keyed(by: Key.self) else { return nil }
        let services = keyed[.servicesPerTransaction]?.integer(in: 1...ServiceLimits.services)
        let lists = keyed.read(.listsBeforeSync, default: true) { $0.truth() }
        let flushes = keyed.read(.flushesEmptyTables, default: false) { $0.truth() }
        let follow = keyed.read(.endpointsFollow, default: true) { $0.truth() }
        let period: TimeSpan? = keyed[.minSyncPeriod]?.quantity(in: TimeSpan.milliseconds(0)...TimeSpan.minutes(1))
        guard let lists, let flushes, let follow else { return nil }
        self.init(
            servicesPerTransaction: services,
            listsBeforeSync: lists,
            flushesEmptyTables: flushes,
            endpointsFollow: follow,
            minSyncPeriod: period
        )
    }

    var canonical: CanonicalValue {
        .object(present: [
            "servicesPerTransaction": servicesPerTransaction.map { .integer($0) },
            "listsBeforeSync": .boolean(listsBeforeSync),
            "flushesEmptyTables": .boolean(flushesEmptyTables),
            "endpointsFollow": .boolean(endpointsFollow),
            "minSyncPeriod": minSyncPeriod.map { .text($0) },
        ])
    }
}
