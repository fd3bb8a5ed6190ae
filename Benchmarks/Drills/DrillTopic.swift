import Contract
import FoundationEssentials
import LinuxHost
import Netlink
import Processes
import Statistics
import Watches

/// How well, and how soon, the program finds faults of a real kernel: it watches a lab, faults are made there one after the other
/// and two at once, and what it stored is held against them.
struct DrillTopic {
    let options: Options
    /// Faults that take `netem`, instead of those that every kernel can do.
    let netem: Bool

    /// Each kind is made so often; fewer are a short look.
    private var times: Int { options.asked ?? 20 }
    /// As many as there is room for in the store of one watch.
    private static let injectionsAWatch = 24

    private var kinds: [DrillKind] { netem ? DrillKind.netem : DrillKind.plain }
    private var pace: DrillPace { options.isSlow ? .slow : .quick }

    func run() async throws {
        if let directory = options.replay {
            try print(recordings: Self.read(directory))
            return
        }
        for program in [options.program, "nsenter", "ip", "nft", "tc"] where Programs.find(program) == nil {
            throw LeftOut("there is no \(program); \(Programs.hint(forMissing: program))")
        }
        if netem, case .no = KernelFeature.netem.isAvailable() {
            var guest = TopicGuest(
                topic: .netemDrills, lacking: "netem", modules: [KernelFeature.netem.module], options: options)
            guest.mostBlocks = .max
            guest.limit = .seconds(5_400)
            try await guest.run()
            return
        }
        let scratch = try ScratchDirectory()
        let lab = try await DrillLab.up(options.program, database: "\(scratch.path)/drills.sqlite")
        do {
            let recordings = try await watch(lab, scratch.path)
            await Self.remove(lab)
            try print(recordings: recordings)
        } catch {
            await Self.remove(lab)
            throw error
        }
    }

    /// A task that was cancelled could start no program.
    private static func remove(_ lab: DrillLab) async {
        await Task { try? await lab.down() }.value
    }

    // MARK: Watches

    private func watch(_ lab: DrillLab, _ directory: String) async throws -> [DrillRecording] {
        // Services take packet filters, which an emulated processor is too slow to load in time.
        let watch = DrillWatch(
            lab: lab, pace: pace, checks: netem ? CheckKind.usual : CheckKind.allCases, directory: directory)
        var random = SeededGenerator(seed: options.seed)
        let injections = random.shuffled(singles(lab, &random)) + pairs(lab, &random)
        var recordings: [DrillRecording] = []
        for start in stride(from: 0, to: injections.count, by: Self.injectionsAWatch) {
            let part = Array(injections[start..<min(start + Self.injectionsAWatch, injections.count)])
            StandardError.print("drills: \(start + part.count) of \(injections.count)")
            recordings.append(try await watch.run(part))
            guard let keep = options.keep, let latest = recordings.last else { continue }
            try FileManager.default.createDirectory(atPath: keep, withIntermediateDirectories: true)
            try JSONEncoder().encode(latest).write(
                to: URL(filePath: "\(keep)/\(netem ? "netem" : "plain")-\(options.seed)-\(start).json"))
        }
        return recordings
    }

    private typealias Injection = [(title: String, fault: DrillFault)]

    private func singles(_ lab: DrillLab, _ random: inout SeededGenerator) -> [Injection] {
        var all: [Injection] = []
        for kind in kinds {
            for _ in 0..<times {
                if let fault = kind.draw(lab, &random) { all.append([(kind.title, fault)]) }
            }
        }
        return all
    }

    /// Two kinds at places that have no node in common: of faults that meet each other's packets nobody could say what to find.
    private func pairs(_ lab: DrillLab, _ random: inout SeededGenerator) -> [Injection] {
        var all: [Injection] = []
        while all.count < times {
            let drawn = random.shuffled(kinds).prefix(2)
            guard let one = drawn[0].draw(lab, &random),
                let other = drawn[1].draw(
                    lab, &random, where: { $0.nodes.isDisjoint(with: one.nodes) && $0.cause.seat != one.cause.seat })
            else { continue }
            all.append([(drawn[0].title, one), (drawn[1].title, other)])
        }
        return all
    }

    // MARK: Tables

    private static func read(_ directory: String) throws -> [DrillRecording] {
        let names = try FileManager.default.contentsOfDirectory(atPath: directory).filter { $0.hasSuffix(".json") }
        return try names.sorted().map {
            try JSONDecoder().decode(DrillRecording.self, from: Data(contentsOf: URL(filePath: "\(directory)/\($0)")))
        }
    }

    private func print(recordings: [DrillRecording]) throws {
        var scores: [String: FaultScore] = [:]
        var calm = 0
        for recording in recordings {
            let found = try recording.findings()
            guard found.count == recording.stored || options.replay != nil else {
                throw BenchmarkError(
                    "\(recording.stored) findings are stored, and \(found.count) follow from its windows")
            }
            calm += try recording.score(&scores).count
            try recording.explain { StandardError.print($0) }
        }
        guard let plan = recordings.first?.plan else { return }
        let window = Double(plan.windowNanoseconds) / 1e9
        let rows = kinds.compactMap { kind in scores[kind.title].map { (title: kind.title, score: $0) } }
        ConfusionTable(
            title: "What was found of faults of a real kernel, \(plan.map.nodes.count) nodes with a pod each",
            notes: [
                "Right: kind and place. Beside it: findings of no fault, also while links came back. Windows of "
                    + "\(Figure.text(window)) s. Findings before the first fault of a watch: \(calm)."
            ], rows: rows, window: window
        ).print()
        var both = FaultScore()
        for (title, score) in scores where title.contains(" + ") { both.add(score) }
        ConfusionTable.pairs("Two faults of a real kernel at once", both).print()
    }
}
