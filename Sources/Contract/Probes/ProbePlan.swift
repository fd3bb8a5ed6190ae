import FoundationEssentials
import JSON

/// What one agent does: one probe, its seed, and the time after which it is ended whatever happens.
///
/// As JSON, on one line: `{"deadlineSeconds":10,"probe":{"kind":"latency",…},"seed":7}`; the settings of the probe
/// stand beside `kind`.
public struct ProbePlan: Sendable {
    /// The measurement, or the server that answers one.
    public var probe: any Probe
    /// Seconds from the start after which the probe is ended and all that it started is undone.
    public var deadlineSeconds: Double
    /// The processor to stay on, counted among those that the agent may use; nil leaves it to the scheduler.
    public var processor: Int?
    /// What every random choice of the probe comes from.
    public var seed: UInt64
    /// When the probe begins, in nanoseconds since 1970, so that several begin at one moment; nil is at once.
    public var begin: UInt64?
    /// What of the kernel's counters is read around the probe; nil for none.
    public var cost: CostWindow?

    /// A plan for this probe.
    public init(
        probe: any Probe, deadlineSeconds: Double, processor: Int? = nil, seed: UInt64 = 0, begin: UInt64? = nil,
        cost: CostWindow? = nil
    ) {
        self.cost = cost
        self.probe = probe
        self.begin = begin
        self.deadlineSeconds = deadlineSeconds
        self.processor = processor
        self.seed = seed
    }

    /// Finds the first value that no probe can work with.
    public func validate() throws(PlanError) {
        guard deadlineSeconds.isFinite, deadlineSeconds > 0, deadlineSeconds <= 86_400 else {
            throw PlanError(
                path: "deadlineSeconds",
                reason: "expected more than 0 and at most 86400 seconds, found \(deadlineSeconds)"
            )
        }
        if let processor, processor < 0 {
            throw PlanError(path: "processor", reason: "expected 0 or more, found \(processor)")
        }
        try cost?.validate()
        try probe.validate()
    }
}

extension ProbePlan: Equatable {
    /// Whether both plan the same probe with the same settings.
    public static func == (left: ProbePlan, right: ProbePlan) -> Bool {
        left.probe.isSame(as: right.probe) && left.deadlineSeconds == right.deadlineSeconds
            && left.processor == right.processor
            && left.seed == right.seed && left.begin == right.begin && left.cost == right.cost
    }
}

extension ProbePlan {
    private enum Key: String, CodingKey {
        case kind, probe, deadlineSeconds, processor, seed, begin, cost
    }

    /// Reads a plan from its JSON, strictly, and checks that it can be carried out.
    ///
    /// `kinds` are the probes that whoever reads it can carry out.
    public init(json: String, kinds: [any Probe.Type]) throws(PlanError) {
        do throws(JSONError) {
            try JSONReader.read(Array(json.utf8)) { (reader) throws(JSONError) in try reader.skip() }
        } catch {
            throw PlanError(path: "", reason: "it is not JSON: \(error)")
        }
        do {
            let data = Data(json.utf8)
            let head = try JSONDecoder().decode(Head.self, from: data)
            guard let kind = kinds.first(where: { $0.kind == head.kind }) else {
                throw PlanError(
                    path: "probe.kind",
                    reason: "expected one of \(kinds.map { $0.kind }.joined(separator: ", ")), found \(head.kind)"
                )
            }
            self.init(
                probe: try Self.probe(kind, in: data), deadlineSeconds: head.deadlineSeconds,
                processor: head.processor, seed: head.seed, begin: head.begin, cost: head.cost)
        } catch let error as PlanError {
            throw error
        } catch let error as DecodingError {
            throw PlanError(error)
        } catch {
            throw PlanError(path: "", reason: "\(error)")
        }
        try validate()
    }

    private static func probe<Kind: Probe>(_ kind: Kind.Type, in data: Data) throws -> any Probe {
        try JSONDecoder().decode(Settings<Kind>.self, from: data).probe
    }

    /// The plan on one line, keys sorted.
    public func json() throws(PlanError) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return String(decoding: try encoder.encode(Line(plan: self)), as: UTF8.self)
        } catch {
            throw PlanError(path: "", reason: "it cannot be written as JSON: \(error)")
        }
    }

    /// All of a plan but the settings, which only their kind can read.
    private struct Head: Decodable {
        let kind: String
        let deadlineSeconds: Double
        let processor: Int?
        let seed: UInt64
        let begin: UInt64?
        let cost: CostWindow?

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Key.self)
            deadlineSeconds = try container.decode(Double.self, forKey: .deadlineSeconds)
            processor = try container.decodeIfPresent(Int.self, forKey: .processor)
            seed = try container.decodeIfPresent(UInt64.self, forKey: .seed) ?? 0
            begin = try container.decodeIfPresent(UInt64.self, forKey: .begin)
            cost = try container.decodeIfPresent(CostWindow.self, forKey: .cost)
            kind = try container.nestedContainer(keyedBy: Key.self, forKey: .probe).decode(String.self, forKey: .kind)
        }
    }

    private struct Settings<Kind: Probe>: Decodable {
        let probe: Kind
    }

    private struct Line: Encodable {
        let plan: ProbePlan

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(plan.deadlineSeconds, forKey: .deadlineSeconds)
            try container.encodeIfPresent(plan.processor, forKey: .processor)
            try container.encode(plan.seed, forKey: .seed)
            try container.encodeIfPresent(plan.begin, forKey: .begin)
            try container.encodeIfPresent(plan.cost, forKey: .cost)
            try container.encode(Tagged(probe: plan.probe), forKey: .probe)
        }
    }

    /// `kind` and the settings in one object.
    private struct Tagged: Encodable {
        let probe: any Probe

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(type(of: probe).kind, forKey: .kind)
            try probe.encode(to: encoder)
        }
    }
}
