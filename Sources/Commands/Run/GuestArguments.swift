import Foundation
import KernelGuest
import LinuxHost
import Testbed

/// The same run, as the program inside a kernel guest is asked for it.
struct GuestArguments: Sendable {
    let files: [String]
    let overrides: [String]
    let labels: [String: String]
    /// Which of all documents it is.
    let index: Int

    /// What keeps the program inside from doing the same: resources that cannot be read a second time, another program.
    var shortcomings: [Shortcoming] {
        let files = files.filter { !InputText.isFile($0) }.map {
            Shortcoming(
                what: "\($0) is no file, and a kernel guest reads the resource again",
                wayOut: "write the resource to a file, or give --kernel host"
            )
        }
        // The guest starts the file, which agents on the host can do without.
        guard !ProgramPath.isUnchanged else { return files }
        return files + [
            Shortcoming(what: "\(ProgramPath.file) is not the program that runs any more", wayOut: "start it again")
        ]
    }

    /// What the guest starts: this program, from where this process was started, with the run's id and its seed.
    func request(runID: String, seed: UInt64, modules: [String]) -> GuestRequest {
        let variables = ProcessInfo.processInfo.environment
        return GuestRequest(
            words: [ProgramPath.file] + words(runID: runID, seed: seed),
            environment: variables.filter { GuestRequest.inherited.contains($0.key) },
            directory: FileManager.default.currentDirectoryPath,
            modules: modules
        )
    }

    func words(runID: String, seed: UInt64) -> [String] {
        ["run", "--kernel", "host", "--stream", runID, "--document", "\(index)", "--seed", "\(seed)"]
            + overrides.map { "--set=\($0)" }
            + labels.sorted { $0.key < $1.key }.map { "--label=\($0.key)=\($0.value)" }
            + ["--"] + files
    }
}
