/// What a proxy has to know about its node, and kube-proxy's settings with its defaults.
public struct ProxyConfiguration: Sendable, Hashable {
    /// The range of the pods of this node: traffic to a service from elsewhere is masqueraded.
    public var localPodRange: IPv4Range
    /// The node's own addresses: node ports are served there.
    public var nodeAddresses: [IPv4Address]
    /// The ranges that cluster addresses are taken from: nftables drops what goes there to no service.
    ///
    /// Empty where they are not known, and then nothing is dropped.
    public var serviceRanges: [IPv4Range]
    /// Masquerade everything that goes to a service.
    public var masqueradesAll: Bool
    /// Whether node ports are served at 127.0.0.1, too, with iptables (`iptables.localhostNodePorts`).
    ///
    /// With the kernel's `xt_nfacct` each node port then has a second rule, which counts.
    public var localhostNodePorts: Bool
    /// Which bit of the packet mark asks for masquerading; 14 is mark 0x4000.
    public var masqueradeBit: Int
    /// The scheduler of IPVS.
    public var scheduler: String
    /// The lock file of iptables-legacy (`XTABLES_LOCKFILE`); nil is the machine's own, `/run/xtables.lock`.
    public var lockFile: String?
    /// Seconds that iptables waits for its lock (`-w`).
    public var lockWaitSeconds: Int
    /// The longest time that one run of a loading program may take.
    public var deadline: Duration
    /// A network namespace in which programs are started (`nsenter --net=PATH`); nil is that of this process.
    public var namespacePath: String?
    /// A directory that is searched for programs before `PATH`; nil is none.
    public var programDirectory: String?
    /// How many services nftables takes in one transaction of a full sync; nil is all of them, as in kube-proxy.
    ///
    /// The kernel's work on one transaction grows with the square of its anonymous maps.
    public var servicesPerTransaction: Int?
    /// Whether nftables is listed before each sync, as kube-proxy 1.36 does; later versions do without.
    public var listsBeforeSync: Bool
    /// Whether a load into empty tables leaves `--noflush` out; kube-proxy always gives it.
    ///
    /// Jump rules are then a part of that one load, where kube-proxy starts programs for each of them. The time of
    /// `iptables-nft-restore --noflush` grows with the square of the chains.
    public var flushesEmptyTables: Bool

    /// A configuration with kube-proxy's defaults.
    public init(
        localPodRange: IPv4Range,
        nodeAddresses: [IPv4Address],
        serviceRanges: [IPv4Range] = [],
        masqueradesAll: Bool = false,
        localhostNodePorts: Bool = true,
        masqueradeBit: Int = 14,
        scheduler: String = "rr",
        lockFile: String? = nil,
        lockWaitSeconds: Int = 5,
        deadline: Duration = .seconds(300),
        namespacePath: String? = nil,
        programDirectory: String? = nil,
        servicesPerTransaction: Int? = nil,
        listsBeforeSync: Bool = true,
        flushesEmptyTables: Bool = false
    ) {
        self.localPodRange = localPodRange
        self.nodeAddresses = nodeAddresses
        self.serviceRanges = serviceRanges
        self.masqueradesAll = masqueradesAll
        self.localhostNodePorts = localhostNodePorts
        self.masqueradeBit = masqueradeBit
        self.scheduler = scheduler
        self.lockFile = lockFile
        self.lockWaitSeconds = lockWaitSeconds
        self.deadline = deadline
        self.namespacePath = namespacePath
        self.programDirectory = programDirectory
        self.servicesPerTransaction = servicesPerTransaction
        self.listsBeforeSync = listsBeforeSync
        self.flushesEmptyTables = flushesEmptyTables
    }
}
