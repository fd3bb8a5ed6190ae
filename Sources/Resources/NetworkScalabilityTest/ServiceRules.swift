import Contract
import Quantities

/// Rules between the values of a `NetworkScalabilityTest` and the network that its trials bring along.
struct ServiceRules {
    /// A rule that is broken.
    struct Finding: Equatable {
        /// The key of the value that breaks it.
        let key: String
        let message: String
    }

    let spec: NetworkScalabilityTest.Spec

    /// What fits into the line of an agent's plan.
    private static let mostSourceRanges = 1_000

    /// Every rule that is broken.
    var findings: [Finding] {
        [rangeOfServices, sourceRanges, measures].compactMap(\.self)
    }

    /// Services have addresses of hosts, which nobody else has.
    private var rangeOfServices: Finding? {
        let range = spec.serviceRange
        if let special = SpecialRange.allCases.first(where: { $0.cidr.overlaps(range) }) {
            return Finding(
                key: "serviceRange",
                message: "\(range) holds addresses of \(special.cidr), which are no addresses of hosts: "
                    + "\(special.purpose); take one such as \(NetworkScalabilityTest.Spec.defaultServiceRange)"
            )
        }
        let used = ServiceRange.allCases.filter { $0 != .loadBalancers || spec.serviceType == .loadBalancer }
        guard let user = used.first(where: { $0.cidr.overlaps(range) }) else { return nil }
        return Finding(
            key: "serviceRange",
            message: "\(range) holds addresses of \(user.cidr), which are those of \(user.owner); "
                + "take one such as \(NetworkScalabilityTest.Spec.defaultServiceRange)"
        )
    }

    /// Whoever measures has to be let through.
    private var sourceRanges: Finding? {
        let client = ServiceRange.clientAddress
        guard spec.sourceRanges.count <= Self.mostSourceRanges else {
            return Finding(
                key: "sourceRanges",
                message: "expected at most \(Self.mostSourceRanges) ranges, found \(spec.sourceRanges.count)"
            )
        }
        guard !spec.sourceRanges.isEmpty, !spec.sourceRanges.contains(where: { $0.contains(client) }) else {
            return nil
        }
        return Finding(
            key: "sourceRanges",
            message: "none of these ranges holds the client, \(client), so nothing would come through; "
                + "add one that does, such as \(ServiceRange.client.cidr)"
        )
    }

    /// Something is left to measure, in some mode.
    private var measures: Finding? {
        guard spec.proxies.allSatisfy({ $0 == .none }), spec.measure.allSatisfy(\.needsProxy) else { return nil }
        let words = ServiceMeasure.allCases.filter { !$0.needsProxy }.map(\.rawValue)
        return Finding(
            key: "measure",
            message: "the mode none has nothing to program, and nothing else is asked for; "
                + "add one of \(words.joined(separator: ", ")), or another mode"
        )
    }
}
