/// Compares how many things of a kind there are, where their names may change; pure.
enum SnapshotCount {
    /// Kinds of which there are more than before, such as `3 more of kind link`.
    static func growth(from before: NodeSnapshot, to after: NodeSnapshot) -> [String] {
        let (old, new) = (counts(before), counts(after))
        return new.keys.sorted().compactMap { kind in
            let more = new[kind, default: 0] - old[kind, default: 0]
            return more > 0 ? "\(more) more of kind \(kind)" : nil
        }
    }

    private static func counts(_ snapshot: NodeSnapshot) -> [String: Int] {
        Dictionary(snapshot.things.map { (kind(of: $0), 1) }, uniquingKeysWith: +)
    }

    private static func kind(of thing: String) -> String {
        thing.split(separator: " ").first.map(String.init) ?? thing
    }
}
