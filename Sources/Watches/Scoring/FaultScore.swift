/// What became of known faults: which of them were found as what they were, where they were, and how soon.
public struct FaultScore: Sendable {
    /// Injected faults by their label and the label that was found; nil where nothing was.
    public private(set) var confusion: [FaultLabel: [FaultLabel?: Int]] = [:]
    /// Faults that were injected.
    public private(set) var injected = 0
    /// Those that were found with the right kind at the right place.
    public private(set) var right = 0
    /// Injections of one fault or several of which all were right and nothing else was found.
    public private(set) var exact = 0
    /// Injections.
    public private(set) var injections = 0
    /// Findings that no fault explains.
    public private(set) var extra = 0
    /// Windows from a fault's beginning to the end of the window in which it was certain, for those that are right.
    public private(set) var delays: [Double] = []

    /// Nothing yet.
    public init() {}

    /// Takes in the findings of the time in which these faults were there, from a window and a part of it on.
    ///
    /// What the faults bring with them, such as routes that go with a link, may be found besides: that is neither right nor extra.
    public mutating func take(
        _ faults: [Cause], found: [WatchFinding], since start: Double, on map: WatchMap,
        besides consequences: [Cause] = []
    ) {
        var left = found
        var wrong: [Cause] = []
        injections += 1
        for fault in faults {
            injected += 1
            guard let finding = left.first(where: { Self.isSame($0.cause, fault) }) else {
                wrong.append(fault)
                continue
            }
            right += 1
            delays.append(Double(finding.opened + 1) - start)
            confusion[FaultLabel(fault, on: map), default: [:]][FaultLabel(finding.cause, on: map), default: 0] += 1
            // What is seen again later is no other finding.
            left.removeAll { Self.isSame($0.cause, fault) }
        }
        let isConsequence = { (finding: WatchFinding) in
            consequences.contains { Self.isSame($0, finding.cause) }
        }
        var besides = left.filter(isConsequence)
        left.removeAll(where: isConsequence)
        if wrong.isEmpty, left.isEmpty { exact += 1 }
        // What was found instead: what is left, in turn.
        for fault in wrong {
            let instead = left.isEmpty ? besides.isEmpty ? nil : besides.removeFirst() : left.removeFirst()
            confusion[FaultLabel(fault, on: map), default: [:]][
                instead.map { FaultLabel($0.cause, on: map) }, default: 0] += 1
        }
        extra += left.count
    }

    /// Adds another score.
    public mutating func add(_ other: FaultScore) {
        for (fault, found) in other.confusion { confusion[fault, default: [:]].merge(found, uniquingKeysWith: +) }
        injected += other.injected
        right += other.right
        exact += other.exact
        injections += other.injections
        extra += other.extra
        delays += other.delays
    }

    /// Whether kind and place are the same; at a node, whichever of its packets were hit.
    public static func isSame(_ one: Cause, _ other: Cause) -> Bool { one.tracked == other.tracked }

    /// The part of the faults that were found right, 0 to 1.
    public var rightShare: Double { injected > 0 ? Double(right) / Double(injected) : 0 }
}
