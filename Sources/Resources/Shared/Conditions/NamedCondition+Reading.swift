import Contract
import Quantities

extension NamedCondition {
    /// What a kind can have changed while it measures.
    enum Scope {
        /// Links between the ends of a test, and processors.
        case links
        /// Processors only, with the reason against links.
        case processors(String)
    }

    private enum Key: String, CaseIterable {
        case name
        case delay
        case loss
        case duplicate
        case corrupt
        case reorder
        case rate
        case limit
        case slots
        case seed
        case block
        case blackHoleAbove
        case dns
        case link
        case conntrack
        case offloads
        case direction
        case end
        case filters
        case exempt
        case processors

        /// Keys of what a bad link does to packets.
        static let impairments: [Key] = [.delay, .loss, .duplicate, .corrupt, .reorder, .rate, .slots]

        /// Keys that change some packets, or all.
        static let selective: [Key] = impairments + [.block, .blackHoleAbove]

        /// Keys that change the link.
        static let changes: [Key] = selective + [.dns, .link, .conntrack, .offloads]

        /// Keys that mean nothing without one of others.
        static let dependent: [(keys: [Key], on: [Key], such: String)] = [
            ([.limit, .seed], impairments, "what a bad link does, such as delay: 10ms"),
            ([.direction, .filters, .exempt], selective, "a change of packets, such as delay: 10ms or block: drop"),
            ([.end], changes, "a change of the link, such as delay: 10ms"),
        ]
    }

    /// The one word that each of these keys takes: what is done is done wholly.
    private enum DNS: String, CaseIterable {
        case dead
    }

    private enum Link: String, CaseIterable {
        case down
    }

    private enum Conntrack: String, CaseIterable {
        case full
    }

    /// The list under `conditions`; nil after a problem was reported.
    static func list(reading reader: NodeReader, _ scope: Scope) -> [NamedCondition]? {
        reader.list("conditions")?.distinct(by: \.name, naming: { "the name \($0.name)" }) {
            NamedCondition(reading: $0, scope)
        }
    }

    /// The keys of what is done to packets of a link, without the name and the end of a test.
    static let linkKeys = Key.allCases.filter { ![.name, .end, .processors, .offloads].contains($0) }.map(\.rawValue)

    /// Reads one; with a name that is given there is none to be read.
    init?(reading reader: NodeReader, named given: String? = nil, _ scope: Scope) {
        guard let keyed = reader.keyed(by: Key.self) else { return nil }
        let problems = reader.problems.count
        let name = given ?? keyed.require(.name, "a name, such as clean") { $0.name() }
        let impairment = LinkImpairment(
            delay: keyed[.delay].flatMap { PacketDelay(reading: $0) },
            loss: keyed[.loss].flatMap { PacketLoss(reading: $0) },
            duplicate: keyed[.duplicate].flatMap { PacketShare(reading: $0) },
            corrupt: keyed[.corrupt].flatMap { PacketShare(reading: $0) },
            reorder: keyed[.reorder].flatMap { PacketReordering(reading: $0) },
            rate: keyed[.rate].flatMap { LinkRate(reading: $0) },
            limit: keyed[.limit]?.integer(in: 1...10_000_000),
            slots: keyed[.slots].flatMap { DeliverySlots(reading: $0) },
            seed: keyed[.seed]?.wholeNumber(in: 0...UInt64.max)
        )
        let direction = keyed.read(.direction, default: .egress) { $0.choice(ShapingDirection.self) }
        let end = keyed.read(.end, default: .client) { $0.choice(End.self) }
        let filters = keyed.read(.filters, default: []) { TrafficFilter.list(reading: $0) }
        let exempt = keyed.read(.exempt, default: []) { TrafficFilter.list(reading: $0) }
        let processors = keyed[.processors]?.integer(in: 1...256)

        let block = keyed[.block].flatMap { $0.choice(TrafficCut.Answer.self) }
        let blackHoleAbove = keyed[.blackHoleAbove]?.quantity(
            in: ByteCount(
                bytes: UInt64(TrafficCut.sizes.lowerBound))...ByteCount(
                    bytes: UInt64(TrafficCut.sizes.upperBound)))
        let isDNSDead = keyed[.dns].flatMap { $0.choice(DNS.self) } != nil
        let isLinkDown = keyed[.link].flatMap { $0.choice(Link.self) } != nil
        let isConntrackFull = keyed[.conntrack].flatMap { $0.choice(Conntrack.self) } != nil
        let offloads = keyed.read(.offloads, default: [:]) { Offloads.features(reading: $0) }
        for (keys, others, such) in Key.dependent where !others.contains(where: { keyed[$0] != nil }) {
            for key in keys { keyed[key]?.fail("means nothing without \(such)") }
        }
        if case .processors(let reason) = scope, let key = Key.changes.first(where: { keyed[$0] != nil }) {
            keyed[key]?.fail("links cannot be changed for this kind: \(reason); processors can be kept busy")
        }
        guard let name, let direction, let end, let filters, let exempt, let offloads else { return nil }
        // What is left of a condition with a problem would only be told of once more.
        guard reader.problems.count == problems else { return nil }
        self.init(
            name: name,
            impairment: Key.impairments.contains { keyed[$0] != nil } ? impairment : nil,
            direction: direction,
            filters: filters,
            exempt: exempt,
            end: end,
            processors: processors,
            block: block,
            blackHoleAbove: blackHoleAbove.map { Int($0.bytes) },
            isDNSDead: isDNSDead,
            isLinkDown: isLinkDown,
            isConntrackFull: isConntrackFull,
            offloads: offloads
        )
        do throws(PlanError) {
            for condition in linkConditions { try condition.validate() }
        } catch {
            let path = error.path.replacing("probe.impairment.", with: "").replacing("probe.", with: "")
            reader.fail("\(path): \(error.reason)")
            return nil
        }
    }

    var canonical: CanonicalValue {
        var members: [String: CanonicalValue?] = [
            "name": .string(name),
            "processors": processors.map { .integer($0) },
        ]
        if let impairment {
            members["delay"] = impairment.delay?.canonical
            members["loss"] = impairment.loss?.canonical
            members["duplicate"] = impairment.duplicate?.canonical
            members["corrupt"] = impairment.corrupt?.canonical
            members["reorder"] = impairment.reorder?.canonical
            members["rate"] = impairment.rate?.canonical
            members["limit"] = impairment.limit.map { .integer($0) }
            members["slots"] = impairment.slots?.canonical
            members["seed"] = impairment.seed.map { .integer($0) }
        }
        members["block"] = block.map { .string($0.rawValue) }
        members["blackHoleAbove"] = blackHoleAbove.map { .text(ByteCount(bytes: UInt64($0))) }
        members["dns"] = isDNSDead ? .string(DNS.dead.rawValue) : nil
        members["link"] = isLinkDown ? .string(Link.down.rawValue) : nil
        members["conntrack"] = isConntrackFull ? .string(Conntrack.full.rawValue) : nil
        members["offloads"] = offloads.isEmpty ? nil : Offloads.canonical(offloads)
        if impairment != nil || block != nil || blackHoleAbove != nil {
            members["direction"] = .string(direction.rawValue)
            members["filters"] = filters.isEmpty ? nil : .list(filters.map(\.canonical))
            members["exempt"] = exempt.isEmpty ? nil : .list(exempt.map(\.canonical))
        }
        if isAboutLinks { members["end"] = .string(end.rawValue) }
        return .object(present: members)
    }
}
