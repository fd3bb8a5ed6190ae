/// Names of pods that say where they stand, such as `node1-pod0`: so a lab's pods are called in resources.
enum PodPlaceName {
    /// The node and the pod on it, each counted from 0; nil for other names.
    static func parse(_ name: String) -> (node: Int, pod: Int)? {
        let parts = name.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let node = number(parts[0], after: "node"), let pod = number(parts[1], after: "pod")
        else { return nil }
        return (node, pod)
    }

    private static func number(_ text: Substring, after word: String) -> Int? {
        guard text.hasPrefix(word), let number = Int(text.dropFirst(word.count)), number >= 0,
            "\(word)\(number)" == text
        else { return nil }
        return number
    }
}
