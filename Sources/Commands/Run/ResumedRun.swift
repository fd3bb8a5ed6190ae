import Contract
import Coordinator
import LinuxHost
import Reports
import Resources
import Results

/// A stored run that is to go on: its resource, its id and its seed.
struct ResumedRun {
    let run: RunRecord
    let document: ResourceDocument

    /// Finds the run; refuses one that has come to its end.
    init(_ selector: String, in store: Store) throws(CommandFailure) {
        do throws(StoreError) {
            run = try store.run(selector)
        } catch {
            throw CommandFailure(.badArguments, "--resume \(selector): \(error)")
        }
        guard [.running, .interrupted, .failed].contains(run.outcome) else {
            throw CommandFailure(.badArguments, "--resume \(selector): the run \(run.id) has come to its end")
        }
        if let parent = run.parent {
            throw CommandFailure(
                .badArguments,
                "--resume \(selector): it is the step \(parent.step) of the scenario's run \(parent.id), which belongs to one testbed "
                    + "and cannot be resumed; run the scenario again")
        }
        let documents: [ResourceDocument]
        do throws(ResourceErrors) {
            documents = try ResourceDecoder.decode(yaml: run.resource, file: "run \(run.id)", directory: "")
        } catch {
            throw CommandFailure(.badArguments, "--resume \(selector): its resource is not understood: \(error)")
        }
        guard let document = documents.first else {
            throw CommandFailure(.badArguments, "--resume \(selector): the run \(run.id) has no resource")
        }
        self.document = document
    }

    /// What forbids going on in another environment: the same that forbids comparing.
    @Sendable static func difference(_ earlier: [String: String], _ now: [String: String]) -> String? {
        let differences = EnvironmentGuard.differences(base: earlier, candidate: now)
        guard !differences.isEmpty else { return nil }
        let words = differences.prefix(3).map {
            "\($0.key) was \($0.base ?? "not known") and is \($0.candidate ?? "not known")"
        }
        let more = differences.count > 3 ? ", and \(differences.count - 3) more" : ""
        return "what it depends on has changed: \(words.joined(separator: ", "))\(more)"
    }
}
