public import Quantities

/// An agent of the problem detector: answers the others, checks some of them again and again, and says after each window what
/// all of it came to.
public struct DetectorProbe: Probe {
    /// The word in a plan.
    public static let kind = "detector"

    /// One check.
    public struct Check: Sendable, Equatable, Codable {
        /// Its number, which is the same in the whole watch and goes along with what is sent.
        public var id: Int
        /// What is sent.
        public var kind: CheckKind
        /// Where to.
        public var address: IPAddress
        /// The port, for kinds that have one.
        public var port: UInt16

        /// A check.
        public init(id: Int, kind: CheckKind, address: IPAddress, port: UInt16 = 0) {
            self.id = id
            self.kind = kind
            self.address = address
            self.port = port
        }
    }

    /// The place that the agent stands at, by its number.
    public var place: Int
    /// What it checks.
    public var checks: [Check]
    /// Where it answers connections and datagrams.
    public var port: UInt16
    /// When the first window begins, in nanoseconds since 1970: the same for all agents.
    public var startNanoseconds: UInt64
    /// How many windows there are.
    public var windows: Int
    /// How long a window is, in nanoseconds.
    public var windowNanoseconds: UInt64
    /// From one attempt of a check to its next, in nanoseconds; each is a tenth longer or shorter at most.
    public var periodNanoseconds: UInt64
    /// After which an attempt counts as lost, in nanoseconds; less than a period, so that no check overlaps itself.
    public var timeoutNanoseconds: UInt64
    /// The name that resolvers are asked for.
    public var name: String
    /// Whether the agent answers questions for names at its port, too.
    public var answersNames: Bool

    /// The most checks that one agent makes.
    public static let mostChecks = 400

    /// A probe.
    public init(
        place: Int, checks: [Check], port: UInt16, startNanoseconds: UInt64, windows: Int, windowNanoseconds: UInt64,
        periodNanoseconds: UInt64, timeoutNanoseconds: UInt64, name: String = "watch.invalid",
        answersNames: Bool = false
    ) {
        self.place = place
        self.checks = checks
        self.port = port
        self.startNanoseconds = startNanoseconds
        self.windows = windows
        self.windowNanoseconds = windowNanoseconds
        self.periodNanoseconds = periodNanoseconds
        self.timeoutNanoseconds = timeoutNanoseconds
        self.name = name
        self.answersNames = answersNames
    }

    /// Finds the first setting that cannot be carried out.
    public func validate() throws(PlanError) {
        func expect(_ isRight: Bool, _ path: String, _ reason: String) throws(PlanError) {
            guard isRight else { throw PlanError(path: "probe.\(path)", reason: reason) }
        }
        try expect(
            checks.count <= Self.mostChecks, "checks", "expected at most \(Self.mostChecks), found \(checks.count)")
        try expect((1...1_000_000).contains(windows), "windows", "expected 1 to 1000000, found \(windows)")
        try expect(
            (10_000_000...60_000_000_000).contains(periodNanoseconds), "periodNanoseconds",
            "expected 10 ms to 60 s, found \(periodNanoseconds)")
        try expect(
            (periodNanoseconds...600_000_000_000).contains(windowNanoseconds), "windowNanoseconds",
            "expected a period to 600 s, found \(windowNanoseconds)")
        try expect(
            timeoutNanoseconds > 0 && timeoutNanoseconds < periodNanoseconds - periodNanoseconds / 10,
            "timeoutNanoseconds", "expected less than nine tenths of a period, found \(timeoutNanoseconds)")
        try expect(port > 0, "port", "expected a port")
        var ids: Set<Int> = []
        for check in checks {
            try expect(
                check.id >= 0 && check.id <= Int(Int32.max) && ids.insert(check.id).inserted, "checks",
                "the id \(check.id) is there twice, or no number of a check")
            try expect(check.kind == .icmp || check.port > 0, "checks", "\(check.kind.rawValue) needs a port")
        }
    }
}
