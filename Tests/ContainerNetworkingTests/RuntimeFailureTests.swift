import ContainerNetworking
import Processes
import Testing

@Suite("Plugins that fail")
struct RuntimeFailureTests {
    struct Failure: Sendable, CustomTestStringConvertible {
        let name: String
        let script: String
        let kind: CNIError.Kind
        var code: UInt?
        var words: [String] = []
        var testDescription: String { name }
    }

    static let failures: [Failure] = [
        Failure(
            name: "error object",
            script: PluginBench.answer(#"{"code":7,"msg":"bad subnet","details":"10.0.0.0/33"}"#, exit: 1),
            kind: .refused,
            code: 7,
            words: ["bad subnet", "10.0.0.0/33", "code 7"]
        ),
        Failure(
            name: "error object with exit code 0",
            script: PluginBench.answer(#"{"code":100,"msg":"own error"}"#),
            kind: .refused,
            code: 100,
            words: ["own error"]
        ),
        Failure(
            name: "exit code without an error object",
            script: "echo complaint >&2; echo half; exit 4",
            kind: .failedWithoutError,
            words: ["exit code 4", "complaint", "half"]
        ),
        Failure(name: "crash by a signal", script: "kill -SEGV $$", kind: .failedWithoutError, words: ["signal 11"]),
        Failure(name: "rubbish", script: PluginBench.answer("<html>"), kind: .rubbish, words: ["<html>"]),
        Failure(
            name: "a comma before a bracket",
            script: PluginBench.answer(#"{"cniVersion":"1.0.0","ips":[],}"#),
            kind: .rubbish,
            words: ["line 1, column 31", "a comma stands before"]
        ),
        Failure(
            name: "a member twice",
            script: PluginBench.answer(#"{"cniVersion":"1.0.0","ips":[],"ips":[]}"#),
            kind: .rubbish,
            words: ["\"ips\" is there twice"]
        ),
        Failure(name: "an array", script: PluginBench.answer("[]"), kind: .rubbish, words: ["object"]),
        Failure(
            name: "a wrong address",
            script: PluginBench.answer(#"{"cniVersion":"1.0.0","ips":[{"address":"10.0.0.1"}]}"#),
            kind: .rubbish,
            words: ["ips[0].address", "10.0.0.1"]
        ),
        Failure(name: "no result", script: "exit 0", kind: .noResult, words: ["no result"]),
        Failure(
            name: "a result of another version",
            script: PluginBench.answer(#"{"cniVersion":"0.2.0"}"#),
            kind: .unsupportedVersion,
            words: ["0.2.0", "1.0.0"]
        ),
        Failure(name: "endless output", script: "exec yes", kind: .rubbish, words: ["bytes"]),
    ]

    @Test("the failure is told, and DEL runs in reverse for what was added", arguments: failures)
    func tellsFailureAndUndoes(failure: Failure) async throws {
        let bench = try PluginBench()
        try bench.install("one")
        try bench.install("two", add: failure.script)
        try bench.install("three")
        let error = await #expect(throws: CNIError.self) {
            try await bench.runtime().add(PluginBench.list(["one", "two", "three"]), PluginBench.attachment)
        }
        #expect(error?.kind == failure.kind)
        #expect(error?.code == failure.code)
        #expect(error?.plugin == "two")
        #expect(error?.command == .add)
        for word in failure.words {
            #expect(error?.description.contains(word) == true)
        }
        #expect(bench.calls() == ["ADD one", "ADD two", "DEL two", "DEL one"])
        #expect(try bench.runtime().cachedAttachments().isEmpty)
    }

    @Test("a plugin that hangs is ended at the deadline, and what was added is undone")
    func endsHangingPlugin() async throws {
        let bench = try PluginBench()
        try bench.install("one", add: "sleep 600")
        let error = await #expect(throws: CNIError.self) {
            try await bench.runtime(deadline: .seconds(1)).add(PluginBench.list(["one"]), PluginBench.attachment)
        }
        #expect(error?.kind == .timedOut)
        #expect(bench.calls() == ["ADD one", "DEL one"])
    }

    @Test("a failed ADD whose DEL fails too keeps its record, and a later DEL can finish")
    func keepsRecordOfFailedUndo() async throws {
        let bench = try PluginBench()
        try bench.install(
            "one",
            add: PluginBench.answer(#"{"code":7,"msg":"first"}"#, exit: 1),
            delete: PluginBench.answer(#"{"code":11,"msg":"second"}"#, exit: 1)
        )
        let error = await #expect(throws: CNIError.self) {
            try await bench.runtime().add(PluginBench.list(["one"]), PluginBench.attachment)
        }
        #expect(error?.msg == "first")
        let record = try #require(try bench.runtime().cachedAttachments().first)
        #expect(record.result == nil)
        try bench.install("one")
        try await bench.runtime().delete(record)
        #expect(try bench.runtime().cachedAttachments().isEmpty)
    }

    @Test("a missing plugin is told with the directories and the package, before anything is added")
    func tellsMissingPlugin() async throws {
        let bench = try PluginBench()
        let list = try NetworkConfigurationList(
            json: #"{"cniVersion":"1.0.0","name":"n","plugins":[{"type":"nope","ipam":{"type":"local"}}]}"#
        )
        let error = await #expect(throws: CNIError.self) {
            try await bench.runtime().add(list, PluginBench.attachment)
        }
        #expect(error?.kind == .pluginNotFound)
        #expect(error?.description.contains(bench.plugins) == true)
        #expect(error?.description.contains("containernetworking-plugins") == true)
        #expect(bench.runtime().missingPlugins(in: list) == ["nope", "local"])
        try bench.install("local")
        #expect(bench.runtime().missingPlugins(in: list) == ["nope"])
    }

    @Test("a launch through a program that is missing is told as such, not as a missing plugin")
    func tellsMissingWrapper() async throws {
        let bench = try PluginBench()
        try bench.install("one")
        let runtime = CNIRuntime(
            pluginDirectories: [bench.plugins],
            launch: { Command(executable: "nm-no-such-wrapper", arguments: [$0.executable]) },
            deadline: .seconds(30),
            cacheDirectory: bench.cache
        )
        let error = await #expect(throws: CNIError.self) {
            try await runtime.add(PluginBench.list(["one"]), PluginBench.attachment)
        }
        #expect(error?.kind == .startFailed)
        #expect(error?.description.contains("nm-no-such-wrapper") == true)
        #expect(bench.calls().isEmpty)
    }

    @Test("a cancelled ADD leaves a record, with which it is undone")
    func keepsRecordOfCancelledAdd() async throws {
        let bench = try PluginBench()
        try bench.install("one", add: "sleep 600")
        let list = try PluginBench.list(["one"])
        let error = try await withThrowingTaskGroup(of: CNIError?.self) { group in
            group.addTask {
                do throws(CNIError) {
                    _ = try await bench.runtime().add(list, PluginBench.attachment)
                    return nil
                } catch {
                    return error
                }
            }
            while bench.calls().isEmpty {
                try await Task.sleep(for: .milliseconds(10))
            }
            group.cancelAll()
            return try await group.next() ?? nil
        }
        #expect(error?.kind == .cancelled)
        let record = try #require(try bench.runtime().cachedAttachments().first)
        try await bench.runtime().delete(record)
        #expect(bench.calls().last == "DEL one")
        #expect(try bench.runtime().cachedAttachments().isEmpty)
    }
}
