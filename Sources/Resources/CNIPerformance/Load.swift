public import Contract

extension CNIPerformance {
    /// TCP streams between the ends that run while a test is measured: the level `loaded` of the factor `load`, beside `idle`.
    public struct Load: Sendable, Equatable {
        /// Streams in each direction, 1 to 32.
        public var streams: Int
        /// Who sends.
        public var direction: StreamDirection

        /// Describes a load.
        public init(streams: Int, direction: StreamDirection = .up) {
            self.streams = streams
            self.direction = direction
        }
    }
}

extension CNIPerformance.Load {
    private enum Key: String, CaseIterable {
        case streams
        case direction
    }

    init?(reading reader: NodeReader) {
        guard let keyed = reader.keyed(by: Key.self) else { return nil }
        let range = 1...StreamLoad.mostStreams
        let streams = keyed.require(.streams, "a whole number from 1 to \(StreamLoad.mostStreams)") {
            $0.integer(in: range)
        }
        let direction = keyed.read(.direction, default: .up) { $0.choice(StreamDirection.self) }
        guard let streams, let direction else { return nil }
        self.init(streams: streams, direction: direction)
    }

    var canonical: CanonicalValue {
        .object(["streams": .integer(streams), "direction": .string(direction.rawValue)])
    }
}
