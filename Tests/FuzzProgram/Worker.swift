import Fuzzing
import Glibc

/// Tries the inputs, in a process that may end by any of them.
struct Worker {
    let arguments: Arguments
    let recorder: String

    /// Address space: an input that wants more than this is a fault.
    private static let mostMemory: rlim_t = 4 << 30

    func run() throws {
        guard let entrance = try Entrances.make(arguments.entrance) else { return }
        var limit = rlimit(rlim_cur: Self.mostMemory, rlim_max: Self.mostMemory)
        setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
        let recorder = try FlightRecorder(path: recorder)
        let corpus = Corpus(of: entrance.name, below: arguments.corpus)
        let campaign = Campaign(entrance, corpus: corpus.inputs, seed: arguments.seed)
        let parent = getppid()
        let end = time(nil) + arguments.seconds
        campaign.run(
            min(arguments.first, arguments.inputs)..<arguments.inputs, recorder: recorder,
            mayGoOn: { getppid() == parent && time(nil) < end }
        ) { finding in
            Console.tell(finding, in: arguments.findings)
        }
    }
}
