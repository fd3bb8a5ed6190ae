import Contract
import Foundation
import TestSupport
import Testing

@testable import Commands

@Suite("Validate refuses what a run would refuse")
struct ValidateTests {
    private static let resource = """
        apiVersion: networkmachinery.io/v1alpha1
        kind: CNIPerformance
        metadata: {name: mine}
        spec:
          nodes: 1
          networks:
          - {name: bridge, preset: bridge}
          - {name: mine, conflist: LIST}
          paths: [same-node]
          tests:
          - {name: rr, tool: latency, protocol: tcp, pattern: request-response, messageSize: 64B, duration: 50ms}
          repetitions: {minimum: 1, maximum: 1}

        """

    private static let benchmark = """
        apiVersion: networkmachinery.io/v1alpha1
        kind: CNIBenchmark
        metadata: {name: bench}
        spec:
          networks: [{name: mine, conflist: LIST}]
          repetitions: {minimum: 1, maximum: 1}

        """

    private func problems(_ files: [String], overrides: [String] = []) -> [String] {
        do throws(CommandFailure) {
            _ = try ResourceFiles.read(files, overrides: overrides)
            return []
        } catch {
            #expect(error.status == .badArguments)
            return error.message.split(separator: "\n").dropFirst().map(String.init)
        }
    }

    private func withFiles(
        list: String?,
        resource: String = resource,
        _ body: (_ resource: String, _ directory: String) async throws -> Void
    ) async throws {
        try await ScratchDirectory.with { directory in
            let path = "\(directory)/mine.yaml"
            let text = resource.replacing("LIST", with: "./lists/a.conflist")
            try text.write(toFile: path, atomically: true, encoding: .utf8)
            try FileManager.default.createDirectory(atPath: "\(directory)/lists", withIntermediateDirectories: true)
            try list?.write(toFile: "\(directory)/lists/a.conflist", atomically: true, encoding: .utf8)
            try await body(path, directory)
        }
    }

    private static let good = #"{"cniVersion": "1.0.0", "name": "{{name}}", "plugins": [{"type": "ptp"}]}"#

    @Test("a list is looked for beside the resource, and a good one is no problem", arguments: [resource, benchmark])
    func findsLists(resource: String) async throws {
        try await withFiles(list: Self.good, resource: resource) { path, _ in
            #expect(problems([path]) == [])
            #expect(await CommandLineInterface.run(["validate", path]) == .done)
            #expect(await CommandLineInterface.run(["run", "--dry-run", path]) == .done)
        }
    }

    @Test(
        "a list that is not there is told at the value that names it",
        arguments: [(resource, "8:28", 1), (benchmark, "5:37", 0)]
    )
    func missingList(resource: String, place: String, index: Int) async throws {
        try await withFiles(list: nil, resource: resource) { path, directory in
            let list = "\(directory)/./lists/a.conflist"
            let expected =
                "\(path):\(place): spec.networks[\(index)].conflist: the configuration list \(list) cannot be read: "
            let found = problems([path])
            #expect(found.count == 1)
            #expect(found.first?.hasPrefix(expected + "there is no such file") == true, "\(found)")
            for command in [
                ["validate", path], ["run", "--dry-run", path], ["run", "--database", "/nowhere/x", path],
            ] {
                #expect(await CommandLineInterface.run(command) == .badArguments)
            }
        }
    }

    @Test("what is wrong in a list is told with its place there")
    func brokenList() async throws {
        try await withFiles(list: Self.good.replacing("\"ptp\"}", with: "\"ptp\",\n \"x\": \"{{podCidr}}\"}")) {
            path, directory in
            let found = problems([path])
            #expect(found.count == 1)
            #expect(
                found.first?.hasPrefix("\(directory)/./lists/a.conflist:2:8: there is no placeholder {{podCidr}}")
                    == true)
            #expect(found.first?.hasSuffix("Did you mean \"{{podCIDR}}\"?") == true)
            #expect(await CommandLineInterface.run(["validate", path]) == .badArguments)
        }
        try await withFiles(list: Self.good.replacing("\"ptp\"}]", with: "\"ptp\"},]")) { path, directory in
            #expect(
                problems([path]).first?.hasPrefix(
                    "\(directory)/./lists/a.conflist:1:72: this is not JSON: a comma stands before") == true
            )
        }
    }

    @Test("a list that an override names is told by the override")
    func overriddenList() async throws {
        try await withFiles(list: Self.good) { path, _ in
            let override = "spec.networks[0]={name: other, conflist: /nowhere/b.conflist}"
            let found = problems([path], overrides: [override])
            #expect(
                found.first?.hasPrefix("--set \(override): spec.networks[0].conflist: the configuration list") == true)
        }
    }

    @Test("problems of several files and their lists are told together")
    func severalFiles() async throws {
        try await withFiles(list: nil) { path, directory in
            let other = "\(directory)/other.yaml"
            try "kind: Pod\n".write(toFile: other, atomically: true, encoding: .utf8)
            let found = problems([path, other, "\(directory)/none.yaml", directory])
            #expect(found.first?.contains("a.conflist cannot be read") == true)
            #expect(found.contains { $0.hasPrefix("\(other):1:7: kind: ") })
            #expect(found.contains("\(directory)/none.yaml: cannot be read: there is no such file"))
            #expect(found.contains("\(directory): cannot be read: it is a directory; name the files in it"))
        }
    }

    @Test("a pipe is read, and names files from the working directory")
    func readsPipes() throws {
        try ScratchDirectory.with { directory in
            let path = "\(directory)/pipe"
            #expect(mkfifo(path, 0o600) == 0)
            let text = Self.resource.replacing("LIST", with: "there-is-none.conflist")
            let writer = Thread { try? Data(text.utf8).write(to: URL(fileURLWithPath: path)) }
            writer.start()
            let found = problems([path])
            #expect(
                found.first?.hasPrefix(
                    "\(path):8:28: spec.networks[1].conflist: the configuration list there-is-none.conflist cannot be read"
                ) == true
            )
            #expect(GuestArguments(files: [path, "-"], overrides: [], labels: [:], index: 0).shortcomings.count == 2)
        }
    }

    @Test("standard input is read once")
    func readsStandardInputOnce() {
        let error = #expect(throws: CommandFailure.self) { try ResourceFiles.read(["-", "/nowhere/x", "-"]) }
        #expect(error?.message == "-: standard input can be read once only")
    }

    @Test("a path of 16,000 keys ends with 2")
    func deepPath() async throws {
        let path = String(repeating: "a.", count: 16_000) + "b=1"
        #expect(await CommandLineInterface.run(["run", "--dry-run", "--set", path, "x.yaml"]) == .badArguments)
    }
}
