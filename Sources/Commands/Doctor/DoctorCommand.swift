import ArgumentParser
import Contract
import KernelGuest
import LinuxHost
import Processes
import Testbed

/// `netmachinery doctor`: what can run here, what cannot, why, and what to install.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Show what can run here, what cannot, why, and what to install."
    )

    @Option(name: .long, help: "Of which testbed.")
    var testbed: TestbedName = .local

    @OptionGroup var output: OutputOptions

    struct Entry: Encodable {
        let what: String
        let purpose: String
        let isHere: Bool
        let reason: String?
        var wayOut: String?
        let isOptional: Bool
        /// Whether a run that needs it moves into a kernel guest.
        var isInGuest = false
    }

    func run() async throws {
        let diagnoses = await testbed.provider.diagnose()
        let guest = await GuestDiagnosis.examine()
        let entries = diagnoses.map { entry($0, guest) } + [guest.entry, gnuplot]
        try output.print(entries) { entries in
            TextTable(
                [.init("what"), .init("for"), .init("here"), .init("why not, and what to do")],
                rows: entries.map { entry in
                    let remedy = [entry.reason, entry.wayOut].compactMap(\.self).joined(separator: "; ")
                    return [entry.what, entry.purpose, Self.word(for: entry), remedy]
                }
            )
        }
        guard Self.suffices(entries) else {
            throw CommandFailure(.environmentLacks, "something is missing that scenarios/quickstart.yaml needs")
        }
    }

    /// Whether nothing is missing that every run needs.
    static func suffices(_ entries: [Entry]) -> Bool {
        entries.allSatisfy { $0.isHere || $0.isInGuest || $0.isOptional }
    }

    /// The word in the column "here".
    static func word(for entry: Entry) -> String {
        if entry.isHere { return "yes" }
        return entry.isInGuest ? "in guest" : entry.isOptional ? "no" : "NO"
    }

    private func entry(_ diagnosis: Diagnosis, _ guest: GuestDiagnosis) -> Entry {
        var entry = entry(diagnosis.what, diagnosis.purpose, diagnosis.shortcoming, isOptional: diagnosis.isOptional)
        guard !entry.isHere, !diagnosis.features.isEmpty else { return entry }
        entry.isInGuest = diagnosis.features.allSatisfy(guest.has)
        entry.wayOut = entry.isInGuest ? "runs that need it move into the kernel guest" : guest.wayOut ?? entry.wayOut
        return entry
    }

    /// What reports are drawn with, whatever was measured on.
    private var gnuplot: Entry {
        let isHere = Programs.find("gnuplot") != nil
        return entry(
            "gnuplot",
            "pictures",
            isHere ? nil : Shortcoming(what: "not installed", wayOut: Programs.hint(forMissing: "gnuplot"))
        )
    }

    private func entry(
        _ what: String,
        _ purpose: String,
        _ shortcoming: Shortcoming?,
        isOptional: Bool = false
    ) -> Entry {
        Entry(
            what: what,
            purpose: purpose,
            isHere: shortcoming == nil,
            reason: shortcoming?.what,
            wayOut: shortcoming?.wayOut,
            isOptional: isOptional
        )
    }
}
