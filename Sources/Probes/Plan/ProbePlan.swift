import FoundationEssentials
import JSON

/// What one agent does: one probe, and the time after which it is ended whatever happens.
///
/// As JSON: `{"deadlineSeconds":10,"probe":{"kind":"latency",…}}`, on one line.
public struct ProbePlan: Codable, Sendable, Equatable {
    /// The measurement, or the server that answers one.
    public var probe: Probe
    /// Seconds from the start after which the probe is ended and all that it started is undone.
    public var deadlineSeconds: Double

    /// The processor to stay on, counted among those that the agent may use; nil leaves it to the scheduler.
    public var processor: Int?

    /// A plan for this probe.
    public init(probe: Probe, deadlineSeconds: Double, processor: Int? = nil) {
        self.probe = probe
        self.deadlineSeconds = deadlineSeconds
        self.processor = processor
    }

    /// Reads a plan from its JSON, strictly, and checks that it can be carried out.
    public init(json: String) throws(PlanError) {
        do throws(JSONError) {
            try JSONReader.read(Array(json.utf8)) { (reader) throws(JSONError) in try reader.skip() }
        } catch {
            throw PlanError(path: "", reason: "it is not JSON: \(error)")
        }
        do {
            self = try JSONDecoder().decode(ProbePlan.self, from: Data(json.utf8))
        } catch let error as DecodingError {
            throw PlanError(error)
        } catch {
            throw PlanError(path: "", reason: "\(error)")
        }
        try validate()
    }

    /// The plan on one line, keys sorted.
    public func json() throws(PlanError) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        } catch {
            throw PlanError(path: "", reason: "it cannot be written as JSON: \(error)")
        }
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
        try probe.validate()
    }
}
