/// The older way to say a change: `configuration: {type: delay, device: eth0, value: 200ms}`.
struct SeedConfiguration {
    private enum Key: String, CaseIterable {
        case type, device, value
    }

    private enum Kind: String, CaseIterable {
        case loss, delay
    }

    let device: String
    private let entry: DocumentNode.Entry

    init?(reading reader: NodeReader) {
        guard let keyed = reader.keyed(by: Key.self) else { return nil }
        let kind = keyed.require(.type, "loss or delay") { $0.choice(Kind.self) }
        let device = keyed.require(.device, "the name of an interface") { $0.string("the name of an interface") }
        let value = keyed.require(.value, "a share such as 100%, or a time such as 200ms") { $0 }
        guard let kind, let device, let value else { return nil }
        self.device = device
        entry = DocumentNode.Entry(key: kind.rawValue, keyPosition: value.node.position, value: value.node)
    }

    /// The same as the keys of a condition.
    func reader(_ rest: NodeReader) -> NodeReader {
        NodeReader(
            node: DocumentNode(value: .mapping([entry]), position: rest.node.position),
            path: PathText.key("configuration", under: rest.path), problems: rest.problems)
    }
}
