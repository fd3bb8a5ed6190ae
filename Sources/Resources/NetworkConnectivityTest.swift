public import Contract
public import Quantities

/// Asks what can be reached from where: pods, services, nodes and addresses, by echo requests, connections or datagrams.
///
/// `docs/resources.md` explains every key.
public struct NetworkConnectivityTest: Resource {
    /// The word behind `kind:`.
    public static let kind = "NetworkConnectivityTest"

    /// Name and labels.
    public var metadata: Metadata
    /// What is asked, and how.
    public var spec: Spec

    /// Describes a test.
    public init(metadata: Metadata, spec: Spec) {
        self.metadata = metadata
        self.spec = spec
    }

    /// What is asked, and how.
    public struct Spec: Sendable, Equatable {
        /// The layer of the network that is asked about.
        public var layer: Layer
        /// What layer 4 is asked by.
        public var transport: Transport
        /// What layer 7 is asked by.
        public var application: Application
        /// A file with the certificates that are trusted, for https; nil are those of the system.
        public var trusted: String?
        /// Where from: the levels of the factor `source`.
        public var sources: [Source]
        /// Where to: the levels of the factor `destination`, a service with each of its endpoints.
        public var destinations: [Destination]
        /// Attempts of each check.
        public var count: Int
        /// From one attempt to the next.
        public var interval: TimeSpan
        /// After which an attempt counts as lost.
        public var timeout: TimeSpan
        /// What is sent behind the headers.
        public var packetSize: ByteCount
        /// Checks of one source that are under way at once.
        public var concurrency: Int
        /// After which what one source has not done could not be tested; nil is as long as it may take.
        public var deadline: TimeSpan?
        /// The families of addresses: the levels of the factor `family` where there are two.
        public var families: [IPAddress.Family]
        /// The part of the attempts that may be lost where something is expected to be reached.
        public var maximumLoss: Ratio
        /// Whether checks are repeated until they come out as expected, or the deadline comes.
        public var waitsForExpected: Bool
        /// Whether the largest packet that passes is looked for, on layer 3.
        public var findsPathMTU: Bool
        /// What the local testbed makes.
        public var local: Local
        /// How often.
        public var repetitions: Repetitions
        /// What orders the trials of a block; drawn and recorded by the run when it is absent.
        public var seed: UInt64?

        /// Describes what is asked; what has a default in YAML has the same one here.
        public init(
            layer: Layer, transport: Transport = .tcp, application: Application = .dns, trusted: String? = nil,
            sources: [Source], destinations: [Destination], count: Int = 5,
            interval: TimeSpan = .milliseconds(10), timeout: TimeSpan = .seconds(1),
            packetSize: ByteCount = ByteCount(bytes: 56), concurrency: Int = 64, deadline: TimeSpan? = nil,
            families: [IPAddress.Family] = [.ipv4], maximumLoss: Ratio = Ratio(fraction: 0),
            waitsForExpected: Bool = false, findsPathMTU: Bool = false, local: Local = Local(),
            repetitions: Repetitions = Repetitions(minimum: 1, maximum: 1), seed: UInt64? = nil
        ) {
            self.layer = layer
            self.transport = transport
            self.application = application
            self.trusted = trusted
            self.sources = sources
            self.destinations = destinations
            self.count = count
            self.interval = interval
            self.timeout = timeout
            self.packetSize = packetSize
            self.concurrency = concurrency
            self.deadline = deadline
            self.families = families
            self.maximumLoss = maximumLoss
            self.waitsForExpected = waitsForExpected
            self.findsPathMTU = findsPathMTU
            self.local = local
            self.repetitions = repetitions
            self.seed = seed
        }
    }
}
