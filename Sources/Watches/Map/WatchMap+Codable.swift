import Contract

extension WatchMap: Codable {
    private enum Key: String, CodingKey {
        case nodes, spots, services, checks
    }

    /// Reads the lists; a place without a node, or a check without a place, is refused.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        let nodes = try values.decode([String].self, forKey: .nodes)
        let spots = try values.decode([Spot].self, forKey: .spots)
        let services = try values.decode([Service].self, forKey: .services)
        let checks = try values.decode([Check].self, forKey: .checks)
        let areThere =
            spots.allSatisfy { nodes.indices.contains($0.node) }
            && services.allSatisfy {
                $0.nodes.allSatisfy(nodes.indices.contains) && $0.spots.allSatisfy(spots.indices.contains)
            }
            && checks.allSatisfy { check in
                guard spots.indices.contains(check.source) else { return false }
                return switch check.target {
                case .spot(let spot): spots.indices.contains(spot)
                case .service(let service): services.indices.contains(service)
                }
            }
        guard areThere else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "a place that is not on the map"))
        }
        self.init(nodes: nodes, spots: spots, services: services, checks: checks)
    }

    /// Writes the lists; what follows from them is left out.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        try values.encode(nodes, forKey: .nodes)
        try values.encode(spots, forKey: .spots)
        try values.encode(services, forKey: .services)
        try values.encode(checks, forKey: .checks)
    }
}

extension WatchMap.Check: Codable {
    private enum Key: String, CodingKey {
        case source, kind, spot, service
    }

    /// Reads a check to a `spot` or to a `service`.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        let target: WatchMap.Target =
            if let spot = try values.decodeIfPresent(Int.self, forKey: .spot) {
                .spot(spot)
            } else {
                .service(try values.decode(Int.self, forKey: .service))
            }
        self.init(
            from: try values.decode(Int.self, forKey: .source), to: target,
            by: try values.decode(CheckKind.self, forKey: .kind))
    }

    /// Writes the source, the kind, and where it goes.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        try values.encode(source, forKey: .source)
        try values.encode(kind, forKey: .kind)
        switch target {
        case .spot(let spot): try values.encode(spot, forKey: .spot)
        case .service(let service): try values.encode(service, forKey: .service)
        }
    }
}
