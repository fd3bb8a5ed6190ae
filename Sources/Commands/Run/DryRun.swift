import Coordinator
import Experiments
import Quantities
import Resources

/// What `run --dry-run` prints: the plan of each document, and how long it would take.
struct DryRun {
    struct Entry: Encodable {
        let kind: String
        let name: String
        let seed: UInt64
        let blocks: [Int]
        let secondsAtLeast: Double
        let secondsAtMost: Double
        let variants: [String]
        let orderOfFirstBlock: [String]
    }

    let documents: [ResourceDocument]
    let options: RunOptions
    let output: OutputOptions

    func print() throws {
        let entries = documents.compactMap(entry)
        switch output.output {
        case .json: try StandardOutput.print(JSONText.encode(entries))
        case .table: try StandardOutput.print(entries.map(words).joined(), terminator: "")
        }
    }

    private func entry(_ document: ResourceDocument) -> Entry? {
        guard let experiment = try? RunSession.experiment(of: document) else { return nil }
        let seed = options.seed(of: experiment)
        let plan = RunPlan(experiment, seed: seed)
        return Entry(
            kind: type(of: document.resource).kind,
            name: document.resource.metadata.name,
            seed: seed,
            blocks: [plan.minimumBlocks, plan.maximumBlocks],
            secondsAtLeast: seconds(plan.minimumDuration),
            secondsAtMost: seconds(plan.maximumDuration),
            variants: plan.variants,
            orderOfFirstBlock: (experiment as? ScenarioExperiment)?.order(ofBlock: 1, seed: seed) ?? plan.firstBlock
        )
    }

    private func words(_ entry: Entry) -> String {
        let least = DurationText.words(.seconds(entry.secondsAtLeast))
        let most = DurationText.words(.seconds(entry.secondsAtMost))
        let blocks = Set(entry.blocks).sorted().map(String.init).joined(separator: " to ")
        let lines =
            [
                "\(entry.kind) \(entry.name), seed \(entry.seed)",
                "\(entry.variants.count) \(entry.kind == Scenario.kind ? "steps" : "variants") in \(blocks) blocks, "
                    + "about \(least == most ? least : "\(least) to \(most)")",
                "order of the first block:",
            ] + entry.orderOfFirstBlock.enumerated().map { "  \($0.offset + 1). \($0.element)" }
        return lines.map { VisibleText.line($0) + "\n" }.joined()
    }

    private func seconds(_ duration: Duration) -> Double {
        let exact = Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
        return (exact * 10).rounded() / 10
    }
}
