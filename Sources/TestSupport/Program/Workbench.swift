import Foundation
import Glibc
import Testing

/// A place where a test runs the built program as a user would: a directory, and a view of the machine with an empty
/// `/run`.
///
/// The view is a mount namespace. Names of namespaces, the lock and the files of runs are this bench's own, so benches
/// neither see nor disturb other runs on the machine. Programs can be made to be missing. The network is the host's.
public struct Workbench: Sendable {
    /// Where the bench's files are.
    public let directory: String

    private let keeper: RunningProgram
    private let before: HostAudit
    private let filesBefore: Set<String>

    /// Where results go.
    public var database: String { "\(directory)/results/netmachinery.sqlite" }
    /// Where pictures go.
    public var plots: String { "\(directory)/plots" }

    /// Makes a bench, and takes it away when the body is done; whatever the programs on it left is an issue of the
    /// test.
    public static func with(_ purpose: String, _ body: (Workbench) async throws -> Void) async throws {
        try await ScratchDirectory.with(purpose) { directory in
            let before = try HostAudit.take(prefix: UniqueName.scope(purpose))
            // Bounded, for tests that are killed themselves.
            let keeper = try RunningProgram(
                ["unshare", "--mount", "--propagation", "private", "sleep", "900"],
                output: "/dev/null",
                error: "\(directory)/keeper.txt"
            )
            let bench = Workbench(
                directory: directory, keeper: keeper, before: before, filesBefore: Self.leases())
            do {
                try await bench.prepare()
                try await body(bench)
                let left = try await bench.leftovers()
                #expect(left.isEmpty, "the programs left something behind")
            } catch {
                await bench.close()
                throw error
            }
            await bench.close()
        }
    }

    // MARK: Programs

    /// Starts the program with these arguments; `program` is another path to it.
    public func start(
        _ arguments: [String],
        environment: [String: String] = [:],
        through wrapper: [String] = [],
        program: String? = nil
    ) throws -> RunningProgram {
        try launch(wrapper + [try program ?? BuiltProgram.path()] + arguments, environment)
    }

    /// Runs the program with these arguments to its end.
    public func run(
        _ arguments: [String],
        environment: [String: String] = [:],
        through wrapper: [String] = [],
        program: String? = nil,
        within limit: Duration = .seconds(60)
    ) async throws -> ProgramResult {
        try await start(arguments, environment: environment, through: wrapper, program: program).end(within: limit)
    }

    /// Starts `run` on a file, with the bench's database and plots.
    public func startRun(
        _ file: String,
        _ more: String...,
        environment: [String: String] = [:],
        through wrapper: [String] = [],
        program: String? = nil
    ) throws -> RunningProgram {
        let arguments = ["run", file, "--database", database, "--plots", plots] + more
        return try start(arguments, environment: environment, through: wrapper, program: program)
    }

    /// The words that start something on this bench.
    ///
    /// nsenter becomes what it starts, so a process that is started by these words is the program itself.
    public func inside(_ words: [String]) -> [String] {
        ["nsenter", "--mount=/proc/\(keeper.processIdentifier)/ns/mnt", "--"] + words
    }

    // MARK: The bench itself

    /// Writes a file of the bench, with everything above it, and returns its path.
    public func write(_ text: String, to name: String, executable: Bool = false) throws -> String {
        let path = "\(directory)/\(name)"
        let parent = URL(fileURLWithPath: path).deletingLastPathComponent()
        try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        if executable {
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        }
        return path
    }

    /// Mounts something that only this bench sees, with the arguments of mount(8).
    public func mount(_ arguments: String...) async throws {
        let result = try await launch(["mount"] + arguments, [:]).end(within: .seconds(10))
        try #require(result.exitCode == 0, "\(result.standardError)")
    }

    /// Detaches what is mounted at a path of this bench's view.
    public func unmount(_ path: String) async throws {
        let result = try await launch(["umount", "--lazy", path], [:]).end(within: .seconds(10))
        try #require(result.exitCode == 0, "\(result.standardError)")
    }

    /// The path under which this process sees what is at a path of the bench's view, such as something mounted there.
    public func seen(_ path: String) -> String {
        "/proc/\(keeper.processIdentifier)/root\(path)"
    }

    /// Makes a program look as if it were not installed.
    public func hide(_ path: String) async throws {
        try await mount("--bind", "/dev/null", path)
    }

    /// Processes of this bench that run a program of this name.
    public func processes(named name: String) -> [Int32] {
        inhabitants().filter { Self.command(of: $0) == name }
    }

    /// What programs left: processes, namespaces, files, links and routes, after giving the kernel time.
    public func leftovers(patience: Duration = .seconds(5)) async throws -> [String] {
        let end = ContinuousClock.now + patience
        var left = try look()
        while !left.isEmpty, ContinuousClock.now < end {
            try await Task.sleep(for: .milliseconds(20))
            left = try look()
        }
        return left
    }

    /// Waits until programs have made so many things that would be left over if they ended now.
    public func waitForThings(atLeast count: Int, within limit: Duration = .seconds(10)) async throws {
        let end = ContinuousClock.now + limit
        while try look().count < count {
            try #require(ContinuousClock.now < end, "fewer than \(count) things were made")
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    private func look() throws -> [String] {
        processes() + Self.names(in: seen("/run/netns")).map { "namespace \($0)" }
            + Self.names(in: seen("/run/netmachinery")).map { "directory /run/netmachinery/\($0)" }
            + Self.leases().subtracting(filesBefore).sorted().map { "file /var/lib/cni/\($0)" }
            + (try HostAudit.take(prefix: "nothing").leftovers(since: before))
    }

    private func prepare() async throws {
        let own = Self.view(of: "self")
        let end = ContinuousClock.now + .seconds(10)
        while [nil, own].contains(Self.view(of: "\(keeper.processIdentifier)")) {
            try #require(ContinuousClock.now < end, "unshare did not make a mount namespace: \(keeper.standardError)")
            try await Task.sleep(for: .milliseconds(2))
        }
        // unshare makes the mounts private after it made the namespace, and becomes sleep after that.
        while Self.command(of: keeper.processIdentifier) != "sleep" {
            try #require(ContinuousClock.now < end, "unshare did not come to its end: \(keeper.standardError)")
            try await Task.sleep(for: .milliseconds(2))
        }
        try await mount("-t", "tmpfs", "-o", "mode=755", "tmpfs", "/run")
    }

    private func close() async {
        for process in inhabitants() { kill(process, SIGKILL) }
        keeper.signal(SIGKILL)
        _ = try? await keeper.end(within: .seconds(5))
    }

    private func launch(_ words: [String], _ environment: [String: String]) throws -> RunningProgram {
        let number = UniqueName.make("program")
        return try RunningProgram(
            inside(words),
            environment: environment,
            output: "\(directory)/\(number).out",
            error: "\(directory)/\(number).err"
        )
    }

    private func processes() -> [String] {
        inhabitants().map { "process \($0) (\(Self.command(of: $0)))" }
    }

    /// Every process that sees this bench's `/run`, whoever started it.
    private func inhabitants() -> [Int32] {
        guard let view = Self.view(of: "\(keeper.processIdentifier)") else { return [] }
        return Self.names(in: "/proc").compactMap(Int32.init)
            .filter { $0 != keeper.processIdentifier && Self.view(of: "\($0)") == view }
    }

    private static func view(of process: String) -> String? {
        try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(process)/ns/mnt")
    }

    private static func command(of process: Int32) -> String {
        let text = FileManager.default.contents(atPath: "/proc/\(process)/comm") ?? Data()
        return String(decoding: text, as: UTF8.self).split(separator: "\n").first.map(String.init) ?? "ended"
    }

    private static func names(in directory: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []).sorted()
    }

    /// What CNI plugins keep for the host unless they are told otherwise.
    private static func leases() -> Set<String> {
        Set((try? FileManager.default.subpathsOfDirectory(atPath: "/var/lib/cni")) ?? [])
    }
}
