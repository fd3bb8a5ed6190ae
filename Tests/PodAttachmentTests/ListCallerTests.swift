import ContainerNetworking
import Foundation
import Testing

@testable import PodAttachment

@Suite("Calling the plugins of a list one by one")
struct ListCallerTests {
    /// What plugins answer to ADD, in the order of the list.
    private func added(_ answers: [String]) async throws -> ListCaller.Added {
        let directory = "\(NSTemporaryDirectory())/nm-caller-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        for (index, answer) in answers.enumerated() {
            let path = "\(directory)/p\(index)"
            let script = "#!/bin/sh\ncat >/dev/null\nprintf '%s' '\(answer)'\n"
            try Data(script.utf8).write(to: URL(fileURLWithPath: path))
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        }
        let plugins = answers.indices.map { #"{"type":"p\#($0)"}"# }.joined(separator: ",")
        let caller = ListCaller(
            runtime: CNIRuntime(
                pluginDirectories: [directory], deadline: .seconds(20), cacheDirectory: "\(directory)/cache"),
            list: try NetworkConfigurationList(json: #"{"cniVersion":"1.0.0","name":"n","plugins":[\#(plugins)]}"#)
        )
        return await caller.add(.init(containerID: "pod", namespacePath: "/run/netns/pod"))
    }

    @Test("results of the specified form are read, and deviate in nothing")
    func conforms() async throws {
        let added = try await added([#"{"cniVersion":"1.0.0","ips":[{"address":"10.0.0.2/8"}]}"#])
        #expect(added.deviations.isEmpty)
        #expect(added.result?.containerAddresses.count == 1)
    }

    @Test("a result without a version is a result, and a deviation that names the plugin")
    func deviates() async throws {
        let added = try await added([
            #"{"ips":[{"address":"10.0.0.2/8"}]}"#,
            #"{"cniVersion":"1.0.0","interfaces":[{"name":"a","mac":"x"}]}"#,
        ])
        #expect(added.reply.succeeded)
        #expect(added.result != nil)
        #expect(
            added.deviations == [
                "p0: result without cniVersion", "p1: interfaces[0].mac is no hardware address: \"x\"",
            ]
        )
    }

    @Test("where a plugin answers with something else there is no result")
    func noResult() async throws {
        let added = try await added(["<html>"])
        #expect(added.result == nil)
        #expect(added.deviations.isEmpty)
    }
}
