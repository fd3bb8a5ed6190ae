import Netlink

/// Holds what the kernel says against what was asked of it.
enum ShapingProof {
    /// Something that is not as it was asked for.
    struct Difference: Sendable, Equatable {
        /// What it is, for people.
        let words: String
        /// Whether this kernel passes over what was asked for, as older ones do with a seed.
        var isBeyondKernel = false
    }

    /// The first thing that is not as it was asked for; nil when all is.
    static func difference(_ plan: ShapingPlan, queues: [InstalledQueue], filters: [FilterRequest]) -> Difference? {
        for request in asked(plan) {
            let place = QueueHandle.words(request.parent)
            guard let found = queues.first(where: { $0.linkIndex == request.linkIndex && $0.parent == request.parent })
            else { return Difference(words: "there is nothing at \(place) of link \(request.linkIndex)") }
            guard found.kind == request.kind, found.handle == request.handle else {
                return Difference(words: "at \(place) of link \(request.linkIndex) stands \(found.words)")
            }
            if let difference = difference(request, found) { return difference }
        }
        let wanted = Set(plan.filters)
        let found = Set(filters)
        guard wanted != found else { return nil }
        let missing = wanted.subtracting(found).count
        return Difference(
            words: "\(missing) of \(wanted.count) filters are not there as they were asked for, and "
                + "\(found.subtracting(wanted).count) others are")
    }

    /// The last request for each place that is not taken away again.
    private static func asked(_ plan: ShapingPlan) -> [QueueRequest] {
        var last: [String: QueueRequest] = [:]
        for case .queue(let request) in plan.changes.map(\.step) {
            last["\(request.linkIndex) \(request.parent)"] = request.change == .delete ? nil : request
        }
        return last.values.sorted { ($0.linkIndex, $0.parent) < ($1.linkIndex, $1.parent) }
    }

    private static func difference(_ request: QueueRequest, _ found: InstalledQueue) -> Difference? {
        let (asked, said) = (request.options ?? [], found.options ?? [])
        switch request.kind {
        case "netem":
            guard var wanted = NetemOptions(bytes: asked), var read = NetemOptions(bytes: said) else {
                return Difference(words: "the settings of netem are not understood")
            }
            // The table of a distribution is never said; a seed that nobody asked for is the kernel's own.
            (wanted.delayTable, read.delayTable) = ([], [])
            if wanted.seed == nil { read.seed = nil }
            if let seed = wanted.seed, read.seed == nil {
                return Difference(
                    words: "the seed \(seed) was not taken: that needs Linux 6.6 or newer", isBeyondKernel: true)
            }
            return wanted == read ? nil : Difference(words: "netem holds \(read) where \(wanted) was asked for")
        case "prio":
            let isSame = PriorityBands(bytes: asked) == PriorityBands(bytes: said)
            return isSame ? nil : Difference(words: "prio has other bands")
        default: return nil
        }
    }
}

extension ShapingPlan {
    /// The filters that it asks for.
    var filters: [FilterRequest] {
        changes.compactMap { if case .filter(let filter) = $0.step { filter } else { nil } }
    }
}
