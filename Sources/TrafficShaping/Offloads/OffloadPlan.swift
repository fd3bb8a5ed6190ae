import Contract
import Netlink

/// What has to be changed for offloads to be as asked, and whether they are; pure.
enum OffloadPlan {
    /// The features to be turned on and off, by the kernel's names.
    ///
    /// A name that stands for several means all of them when they are turned off, and those that the device has when on.
    ///
    /// - Throws: ``ShapingError`` of what the kernel does not know, the device does not have, or nobody can change.
    static func changes(
        _ features: [String: Bool], on state: OffloadState, of interface: String
    ) throws(ShapingError) -> [String: Bool] {
        var changes: [String: Bool] = [:]
        for (name, isOn) in features.sorted(by: { $0.key < $1.key }) {
            let members = Offloads.members(of: name).filter(state.known.contains)
            guard !members.isEmpty else {
                throw refusal(name, isOn, state, interface, cause: "this kernel knows no such offload")
            }
            let open = members.filter(state.changeable.contains)
            let stuck = members.filter { !state.changeable.contains($0) && state.active.contains($0) }
            if !isOn, let first = stuck.first {
                throw refusal(name, isOn, state, interface, cause: "\(first) is on and fixed")
            }
            if isOn, open.isEmpty, stuck.isEmpty {
                throw refusal(name, isOn, state, interface, cause: "the device does not have it: it is off and fixed")
            }
            for member in open { changes[member] = isOn }
        }
        return changes
    }

    /// What of the changes the kernel does not hold; nil when all are as asked.
    static func difference(_ changes: [String: Bool], _ state: OffloadState) -> String? {
        let wrong = changes.filter { state.active.contains($0.key) != $0.value }.sorted { $0.key < $1.key }
        guard !wrong.isEmpty else { return nil }
        return wrong.map { "\($0.key) is \($0.value ? "off" : "on")" }.joined(separator: ", ")
    }

    /// What went on or off with the changes though nobody asked for it, since features need each other.
    static func followers(of changes: [String: Bool], _ before: OffloadState, _ after: OffloadState) -> [String] {
        before.active.symmetricDifference(after.active).filter { changes[$0] == nil }.sorted().map {
            "\($0) went \(after.active.contains($0) ? "on" : "off") with it"
        }
    }

    private static func refusal(
        _ name: String, _ isOn: Bool, _ state: OffloadState, _ interface: String, cause: String
    ) -> ShapingError {
        ShapingError(
            .refused, "turn \(isOn ? "on" : "off") \(name) of", interface, cause: cause,
            nextStep: "what it can change: \(state.changeable.sorted().joined(separator: ", "))")
    }
}
