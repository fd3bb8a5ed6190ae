import ArgumentParser
import Contract
import Coordinator
import Experiments
import LocalTestbed
import Quantities
import Resources
import Results
import Testbed

/// `netmachinery lab up`: networks, nodes and pods that stay until `lab down`.
struct LabUpCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "up", abstract: "Bring a lab up.")

    @OptionGroup var lab: LabOptions

    @Option(help: "Networks by preset, separated by commas: \(LabNetwork.names).")
    var networks = "bridge"

    @Option(help: "Nodes in each network.")
    var nodes = 2

    @Option(help: "Pods on each node of each network.")
    var pods = 1

    @Flag(help: "Give nodes and pods IPv6 addresses, too.")
    var dualStack = false

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...64).contains(nodes) else { throw ValidationError("--nodes \(nodes): expected 1 to 64") }
        guard (0...200).contains(pods) else { throw ValidationError("--pods \(pods): expected 0 to 200") }
    }

    func run() async throws {
        let topology = try topology()
        let interruption = Interruption.ofThisProcess()
        let testbed = LocalTestbed(
            options: LocalTestbed.Options(
                run: lab.run,
                agentExecutable: ProgramPath.running,
                pluginDirectories: PluginPath.current,
                outlivesProcess: true
            ),
            ledger: StoreLedger(
                store: database.onDemand, runID: nil, testbed: TestbedName.local.rawValue, lab: lab.name)
        )
        let missing = await testbed.shortcomings(for: topology)
        guard missing.isEmpty else {
            throw CommandFailure(.environmentLacks, RunError.missing(missing).description)
        }
        guard try PlaceStatus.list(run: lab.run).isEmpty else {
            throw CommandFailure(
                .badArguments, "the lab \(lab.name) is up already; take it down, or use another --name")
        }
        let failures = try await LabSetUp(testbed: testbed, topology: topology, interruption: interruption).run()
        for shared in await testbed.sharedAddresses() { StandardError.print("netmachinery: \(shared)") }
        try LabTable.print(run: lab.run, output)
        guard failures.isEmpty else {
            throw CommandFailure(
                .environmentLacks, failures.map { VisibleText.line($0.description) }.joined(separator: "\n"))
        }
    }

    private func topology() throws(CommandFailure) -> Topology {
        var plans: [NetworkPlan] = []
        for name in networks.split(separator: ",").map(String.init) {
            plans.append(try LabNetwork.plan(preset: name, podsOnNode: Array(repeating: pods, count: nodes)))
        }
        guard Set(plans.map(\.name)).count == plans.count, !plans.isEmpty else {
            throw CommandFailure(.badArguments, "--networks \(networks): expected each preset once")
        }
        return Topology(networks: plans, nodes: nodes, families: dualStack ? [.ipv4, .ipv6] : [.ipv4])
    }
}
