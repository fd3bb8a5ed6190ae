public import Contract

extension NetworkProblemDetector {
    /// Something that a watch has to find.
    public struct Expectation: Sendable, Hashable {
        /// What is wrong.
        public var fault: NetworkFault
        /// Where, as findings name it: `node1`, `node0 -> node1` in one direction, `node0 - node1` in both, a pod such as
        /// `node1/pod0`, or a service.
        public var place: String

        /// Describes what has to be found.
        public init(_ fault: NetworkFault, at place: String) {
            self.fault = fault
            self.place = place
        }
    }
}

extension NetworkProblemDetector.Expectation {
    private enum Key: String, CaseIterable {
        case fault, place
    }

    init?(reading reader: NodeReader) {
        guard let keyed = reader.keyed(by: Key.self) else { return nil }
        let fault = keyed.require(.fault, "what is wrong, such as loss") { $0.choice(NetworkFault.self) }
        let place = keyed.require(.place, "where, such as node1 or node0 -> node1") { $0.string("a place") }
        guard let fault, let place else { return nil }
        self.init(fault, at: place)
    }

    var canonical: CanonicalValue { .object(["fault": .string(fault.rawValue), "place": .string(place)]) }
}
