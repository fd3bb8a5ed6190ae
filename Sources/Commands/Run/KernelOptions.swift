import ArgumentParser
import Coordinator

/// On which kernel a run takes place, and how it tells of itself when that is a guest's.
struct KernelOptions: ParsableArguments {
    @Option(help: "The kernel: this machine's, a guest's, or a guest's where this machine's lacks something (auto).")
    var kernel: KernelName = .auto

    @Option(help: ArgumentHelp("The run's id; it is told on standard output, line by line.", visibility: .private))
    var stream: String?

    @Option(help: ArgumentHelp("Which of the documents is run, from 0.", visibility: .private))
    var document = 0
}

/// The kernels that there are, as the command line calls them.
enum KernelName: String, CaseIterable, ExpressibleByArgument, Sendable {
    case auto, host, guest

    /// What the coordinator calls it.
    var choice: KernelChoice {
        switch self {
        case .auto: .auto
        case .host: .host
        case .guest: .guest
        }
    }
}
