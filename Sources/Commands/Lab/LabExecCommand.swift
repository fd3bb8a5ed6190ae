import ArgumentParser
import Contract
import Glibc
import LocalTestbed
import Processes

/// `netmachinery lab exec`: becomes a program in a node or pod of a lab.
struct LabExecCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "exec",
        abstract: "Run a program in a node or pod, for example: lab exec bridge/node0/pod0 -- ping -c 1 10.244.1.2"
    )

    @OptionGroup var lab: LabOptions

    @Argument(help: "A place, as lab ps prints it.")
    var place: String

    @Argument(parsing: .postTerminator, help: "The program and its arguments, after --.")
    var command: [String]

    func run() async throws {
        guard let target = try PlaceStatus.list(run: lab.run).first(where: { $0.place == place }) else {
            throw CommandFailure(.badArguments, "there is no \(place) in the lab \(lab.name); see: netmachinery lab ps")
        }
        guard !command.isEmpty else {
            throw CommandFailure(.badArguments, "there is no program; write it after --")
        }
        // In the directories that the rest of the program looks in, and not in the current one.
        guard let nsenter = Programs.find("nsenter") else {
            throw CommandFailure(
                .environmentLacks, "nsenter is not there; \(Programs.hint(forMissing: "nsenter"))")
        }
        guard let program = Programs.find(command[0]) else {
            throw CommandFailure(.badArguments, "there is no program \(command[0]) in the directories of PATH")
        }
        // nsenter replaces this process, so that the terminal, signals and the exit status are the program's own.
        let words = ["nsenter", "--net=/run/netns/\(target.namespace)", "--", program] + command.dropFirst()
        var arguments = words.map { strdup($0) } + [nil]
        Surroundings.restore()
        execv(nsenter, &arguments)
        throw CommandFailure(.environmentLacks, "\(nsenter) cannot be started: \(String(cString: strerror(errno)))")
    }
}
