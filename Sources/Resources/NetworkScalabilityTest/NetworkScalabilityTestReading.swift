import Contract
import Quantities

extension NetworkScalabilityTest: ReadableResource {
    static func read(metadata: Metadata, spec: NodeReader) -> NetworkScalabilityTest? {
        Spec(reading: spec).map { NetworkScalabilityTest(metadata: metadata, spec: $0) }
    }

    var canonicalSpec: CanonicalValue { spec.canonical }
}

extension NetworkScalabilityTest.Spec {
    private enum Key: String, CaseIterable {
        case proxies
        case services
        case endpointsPerService
        case serviceType
        case sourceRanges
        case sessionAffinity
        case serviceRange
        case localhostNodePorts
        case sync
        case measure
        case positions
        case duration
        case timeout
        case churn
        case capacity
        case conditions
        case repetitions
        case settle
        case seed
    }

    init?(reading reader: NodeReader) {
        typealias Kind = NetworkScalabilityTest
        guard let keyed = reader.keyed(by: Key.self) else { return nil }
        let proxies = keyed.require(.proxies, "a list of modes, such as [iptables-nft, nftables]") {
            $0.list("modes")?.distinct { $0.choice(ProxyMode.self) }
        }
        let services = keyed.require(.services, "a list of numbers of services, such as [100, 1000]") {
            $0.list("numbers of services")?.distinct { $0.integer(in: 1...ServiceLimits.services) }
        }
        let endpoints = keyed.read(.endpointsPerService, default: [2]) {
            $0.list("numbers of endpoints")?.distinct { $0.integer(in: 1...ServiceLimits.endpoints) }
        }
        let type = keyed.read(.serviceType, default: .clusterIP) { $0.choice(ServiceType.self) }
        let sources = keyed.read(.sourceRanges, default: []) {
            $0.list("IPv4 ranges")?.distinct { $0.ipv4Range() }
        }
        let affinity = keyed.read(.sessionAffinity, default: .none) { $0.choice(Kind.SessionAffinity.self) }
        let range = keyed.read(.serviceRange, default: Self.defaultServiceRange) { $0.ipv4Range() }
        let localhost = keyed.read(.localhostNodePorts, default: true) { $0.truth() }
        let sync = keyed.read(.sync, default: Kind.Sync()) { Kind.Sync(reading: $0) }
        let measure = keyed.read(.measure, default: ServiceMeasure.usual) {
            $0.list("things to measure")?.distinct { $0.choice(ServiceMeasure.self) }
        }
        let positions = keyed.read(.positions, default: ServicePosition.allCases) {
            $0.list("first, middle, last, random")?.distinct { $0.choice(ServicePosition.self) }
        }
        let duration = keyed.read(.duration, default: .milliseconds(250)) {
            $0.quantity(in: TimeSpan.milliseconds(10)...TimeSpan.minutes(1))
        }
        let timeout = keyed.read(.timeout, default: .seconds(1)) {
            $0.quantity(in: TimeSpan.milliseconds(10)...TimeSpan.minutes(1))
        }
        let churn = keyed.read(.churn, default: Kind.Churn()) { Kind.Churn(reading: $0) }
        let capacity = keyed.read(.capacity, default: CapacityLimit()) { CapacityLimit(reading: $0) }
        let conditions = keyed.read(.conditions, default: []) {
            NamedCondition.list(reading: $0, .processors("each trial has a network of its own"))
        }
        let repetitions = keyed.require(.repetitions, "minimum and maximum, such as {minimum: 6, maximum: 6}") {
            Repetitions(reading: $0)
        }
        let settle = keyed.read(.settle, default: Settle()) { Settle(reading: $0) }
        let seed = keyed[.seed]?.wholeNumber(in: 0...UInt64.max)

        guard let proxies, let services, let endpoints, let type, let sources, let affinity, let range,
            let localhost, let sync, let measure, let positions, let duration, let timeout, let churn, let capacity,
            let conditions, let repetitions, let settle
        else { return nil }
        self.init(
            proxies: proxies,
            services: services,
            endpointsPerService: endpoints,
            serviceType: type,
            sourceRanges: sources,
            sessionAffinity: affinity,
            serviceRange: range,
            localhostNodePorts: localhost,
            sync: sync,
            measure: measure,
            positions: positions,
            duration: duration,
            timeout: timeout,
            churn: churn,
            capacity: capacity,
            conditions: conditions,
            repetitions: repetitions,
            settle: settle,
            seed: seed
        )
        check(keyed)
    }

    // Rules that hold between keys.
    private func check(_ keyed: KeyedReader<Key>) {
        for finding in ServiceRules(spec: self).findings {
            (Key(rawValue: finding.key).flatMap { keyed[$0] } ?? keyed.reader).fail(finding.message)
        }
        let most = services.max() ?? 0
        if Double(most) + ServiceLimits.reservedAddresses > serviceRange.count {
            (keyed[.services] ?? keyed.reader).fail(
                "\(most) services do not fit into \(serviceRange), which has \(Int(serviceRange.count)) addresses; "
                    + "take a shorter prefix for serviceRange"
            )
        }
        if serviceType == .nodePort, most + ServiceLimits.addedServices > ServiceLimits.nodePorts.count {
            keyed[.services]?.fail(
                "\(most) services, and the one that a trial adds, do not fit into the node ports 30000 to 32767, which are "
                    + "\(ServiceLimits.nodePorts.count)"
            )
        }
        if !sourceRanges.isEmpty, serviceType != .loadBalancer {
            keyed[.sourceRanges]?.fail("source ranges are for serviceType LoadBalancer, found \(serviceType.rawValue)")
        }
        let all = most.multipliedReportingOverflow(by: endpointsPerService.max() ?? 0)
        if all.overflow || all.partialValue > ServiceLimits.allEndpoints {
            (keyed[.endpointsPerService] ?? keyed.reader).fail(
                "\(most) services with \(endpointsPerService.max() ?? 0) endpoints each are more than "
                    + "\(ServiceLimits.allEndpoints) endpoints"
            )
        }
    }

    var canonical: CanonicalValue {
        .object(present: [
            "proxies": .list(proxies.map { .string($0.rawValue) }),
            "services": .list(services.map { .integer($0) }),
            "endpointsPerService": .list(endpointsPerService.map { .integer($0) }),
            "serviceType": .string(serviceType.rawValue),
            "sourceRanges": sourceRanges.isEmpty ? nil : .list(sourceRanges.map { .text($0) }),
            "sessionAffinity": .string(sessionAffinity.rawValue),
            "serviceRange": .text(serviceRange),
            "localhostNodePorts": .boolean(localhostNodePorts),
            "sync": sync.canonical,
            "measure": .list(measure.map { .string($0.rawValue) }),
            "positions": .list(positions.map { .string($0.rawValue) }),
            "duration": .text(duration),
            "timeout": .text(timeout),
            "churn": churn.canonical,
            "capacity": capacity.canonical,
            "conditions": conditions.isEmpty ? nil : .list(conditions.map(\.canonical)),
            "repetitions": repetitions.canonical,
            "settle": settle.canonical,
            "seed": seed.map { .integer($0) },
        ])
    }
}
