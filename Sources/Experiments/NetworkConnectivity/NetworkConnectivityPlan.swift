import Contract
import Quantities
import Resources
import Testbed

/// The variants and the topology of a `NetworkConnectivityTest`, worked out from its spec alone.
struct NetworkConnectivityPlan: Sendable, Equatable {
    typealias Kind = NetworkConnectivityTest

    /// Names of the factors, as they stand in the store.
    enum Factor {
        static let source = "source"
        static let destination = "destination"
        static let check = "check"
        static let family = "family"
    }

    /// Where a check goes.
    enum Target: Sendable, Equatable {
        /// To a pod or a node, at the address that it has.
        case place(Place)
        /// To an address.
        case address(IPAddress)
    }

    /// One variant with what it is made of.
    struct Cell: Sendable, Equatable {
        let variant: Variant
        let source: Place
        let target: Target
        let port: UInt16?
        /// What the name server is asked, which `target` is then.
        var question: ReachProbe.Question?
        /// What is asked for by HTTP; nil for other checks.
        var request: ReachProbe.Request?
        let method: ReachMethod
        let family: IPAddress.Family
        /// Nil where nothing is expected: it is shown.
        let expect: Kind.Expectation?
        /// The name of the batch: all that one agent does.
        let batch: String
    }

    let spec: Kind.Spec
    let layout: ConnectivityLayout
    /// Every source with every destination and every check, source by source.
    let cells: [Cell]

    init(spec: Kind.Spec) {
        // Selectors are for the resource: what is measured are pods.
        let spec = spec.resolved
        self.spec = spec
        layout = ConnectivityLayout(spec: spec)
        cells = Self.cells(spec, layout)
    }

    private static func cells(_ spec: Kind.Spec, _ layout: ConnectivityLayout) -> [Cell] {
        let methods = methods(of: spec)
        let targets = ConnectivityTargets(spec: spec, layout: layout).all
        var seen: Set<Variant> = []
        return spec.sources.flatMap { source -> [Cell] in
            guard let place = layout.place(of: source) else { return [] }
            var number = 0
            return targets.flatMap { target in
                spec.families.flatMap { family in
                    methods.filter { target.has(family, $0) }.compactMap { method -> Cell? in
                        var levels = [
                            Variant.Level(Factor.source, source.description),
                            Variant.Level(Factor.destination, target.label),
                            Variant.Level(Factor.check, method.rawValue),
                        ]
                        if spec.families.count > 1 { levels.append(Variant.Level(Factor.family, family.rawValue)) }
                        let variant = Variant(levels)
                        guard seen.insert(variant).inserted else { return nil }
                        number += 1
                        return Cell(
                            variant: variant, source: place, target: target.target,
                            port: method == .dns ? ReachProbe.namePort : target.port,
                            question: target.question(family, method),
                            request: method.isFetch ? target.request : nil, method: method, family: family,
                            expect: target.expectation(of: method),
                            batch: "\(source.description) \((number - 1) / ReachProbe.mostChecks)")
                    }
                }
            }
        }
    }

    private static func methods(of spec: Kind.Spec) -> [ReachMethod] {
        switch spec.layer {
        case .network: spec.findsPathMTU ? [.icmp, .pathMTU] : [.icmp]
        case .transport: spec.transport == .tcp ? [.tcp] : [.udp]
        case .application:
            switch spec.application {
            case .dns: [.dns]
            case .http: [.http]
            case .https: [.https]
            }
        }
    }

    /// The factors with their levels; nothing is compared, and a table of sources and destinations is the answer.
    var design: Design {
        let names = [Factor.source, Factor.destination, Factor.check, Factor.family]
        let factors = names.compactMap { name -> Design.Factor? in
            var seen: Set<String> = []
            let levels = cells.compactMap { $0.variant.level(of: name) }.filter { seen.insert($0).inserted }
            return levels.isEmpty ? nil : Design.Factor(name: name, levels: levels)
        }
        return Design(
            comparedFactor: nil, factors: factors,
            matrix: Design.Matrix(rows: Factor.source, columns: Factor.destination))
    }

    var topology: Topology { layout.topology }

    /// What the agent of one batch is asked to do.
    func probe(for checks: [ReachProbe.Check]) -> ReachProbe {
        ReachProbe(
            checks: checks,
            // Whoever waits for one thing must not keep others from being looked at.
            concurrency: spec.waitsForExpected ? min(checks.count, ReachProbe.mostConcurrent) : spec.concurrency,
            count: spec.count,
            intervalNanoseconds: UInt64(spec.interval.nanoseconds),
            timeoutNanoseconds: UInt64(spec.timeout.nanoseconds), payloadSize: Int(spec.packetSize.bytes),
            limitNanoseconds: spec.deadline.map { UInt64($0.nanoseconds) })
    }

    /// How long one check may take: all attempts, and what the largest packet takes to be found.
    var longestCheck: Duration {
        let attempts = spec.interval.duration * spec.count + spec.timeout.duration
        let connects = (spec.interval.duration + spec.timeout.duration) * spec.count
        // A size that is lost is tried twice, and a search has 16 steps.
        let search = spec.timeout.duration * 34
        let longest =
            spec.asksPorts && spec.transport == .tcp ? connects : spec.findsPathMTU ? search : attempts
        // A name is asked for first.
        return spec.layer == .application && !spec.asksPorts ? longest : longest + spec.timeout.duration
    }

    /// After how long a batch of so many checks is ended.
    func deadline(ofChecks count: Int) -> Duration {
        if spec.waitsForExpected, let deadline = spec.deadline { return .seconds(10) + deadline.duration }
        let rounds = (count + spec.concurrency - 1) / spec.concurrency
        let longest = longestCheck * rounds
        return .seconds(10) + min(spec.deadline?.duration ?? longest, longest)
    }
}
