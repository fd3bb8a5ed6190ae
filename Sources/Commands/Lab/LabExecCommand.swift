import ArgumentParser
import Glibc
import LocalTestbed

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
        // nsenter replaces this process, so that the terminal, signals and the exit status are the program's own.
        let words = ["nsenter", "--net=/run/netns/\(target.namespace)", "--"] + command
        var arguments = words.map { strdup($0) } + [nil]
        // What this process's runtime set for itself must not reach the program: threads of the pool block signals.
        var none = sigset_t()
        sigemptyset(&none)
        pthread_sigmask(SIG_SETMASK, &none, nil)
        signal(SIGPIPE, SIG_DFL)
        execvp("nsenter", &arguments)
        throw CommandFailure(.environmentLacks, "nsenter cannot be started; apt install util-linux")
    }
}
