extension PacketLoss {
    private enum Key: String, CodingKey, CaseIterable {
        case random, gilbertElliott, fourStates
    }

    /// Reads one model by its name: `{"random":{"share":0.01,"correlation":0}}`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        guard let key = container.allKeys.first, container.allKeys.count == 1 else {
            let names = Key.allCases.map(\.rawValue).joined(separator: ", ")
            throw DecodingError.dataCorrupted(
                .init(codingPath: container.codingPath, debugDescription: "expected one of \(names)"))
        }
        switch key {
        case .random: self = .random(try container.decode(PacketShare.self, forKey: key))
        case .gilbertElliott: self = .gilbertElliott(try container.decode(GilbertElliott.self, forKey: key))
        case .fourStates: self = .fourStates(try container.decode(FourStates.self, forKey: key))
        }
    }

    /// Writes the model under its name.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        switch self {
        case .random(let share): try container.encode(share, forKey: .random)
        case .gilbertElliott(let chain): try container.encode(chain, forKey: .gilbertElliott)
        case .fourStates(let chain): try container.encode(chain, forKey: .fourStates)
        }
    }
}
