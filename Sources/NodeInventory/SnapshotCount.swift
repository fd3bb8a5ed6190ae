/// Compares how many things of a kind there are, where their names may change; pure.
public enum SnapshotCount {
    /// Kinds of which there are more than before, such as `3 more of kind link`, and settings that have other values.
    public static func growth(from before: NodeSnapshot, to after: NodeSnapshot) -> [String] {
        let (old, new) = (counts(before), counts(after))
        let more = new.keys.sorted().compactMap { kind -> String? in
            let more = new[kind, default: 0] - old[kind, default: 0]
            return more > 0 ? "\(more) more of kind \(kind)" : nil
        }
        // A setting keeps its name, and has another value instead of being one more.
        return more + after.surplus(over: before).filter { kind(of: $0) == SettingThings.kind }
    }

    private static func counts(_ snapshot: NodeSnapshot) -> [String: Int] {
        Dictionary(snapshot.things.map { (kind(of: $0), 1) }, uniquingKeysWith: +)
            .filter { $0.key != SettingThings.kind }
    }

    private static func kind(of thing: String) -> String {
        thing.split(separator: " ").first.map(String.init) ?? thing
    }
}
