import ContainerNetworking
import Contract
import NodeInventory
import PodAttachment

/// Asks the plugins of a network what the specification (SPEC.md, version 1.0.0) has an answer to.
struct ConformanceWork: Sendable {
    let bench: CNIBench

    func run() async throws(ProbeFailure) {
        guard let driver = bench.driver as? PluginDriver else {
            throw ProbeFailure(.notApplicable, "pods that are made without plugins conform to nothing")
        }
        let caller = ListCaller(runtime: driver.runtime, list: driver.list)
        // One pod stays, so that what a network has while it is in use is not taken for left behind.
        let standing = try await bench.fill(1)
        let before = try await bench.snapshot()
        let spoken = await versions(driver)
        var findings = [spoken.finding]
        findings += await newerCommands(caller, spoken.versions, valid: standing.map(\.pod.attachment))
        findings += try await lifecycle(caller)
        findings += try await vanished(caller)
        findings += try await malformed(caller)
        let left = try await bench.snapshot().surplus(over: before)
        findings.append(
            ConformanceFinding(
                check: "after DEL of everything",
                expected: "nothing is left",
                found: left.isEmpty ? "nothing is left" : "left: \(left.prefix(10).joined(separator: ", "))",
                verdict: left.isEmpty ? .conforms : .deviates
            )
        )
        try await bench.drain(standing)
        try report(findings)
    }

    private func report(_ findings: [ConformanceFinding]) throws(ProbeFailure) {
        bench.output.emit(try ConformanceFinding.event(findings))
        bench.sample(CNIMetrics.deviations.name, Double(findings.count { $0.verdict == .deviates }))
    }

    // MARK: What is asked

    private func versions(_ driver: PluginDriver) async -> (finding: ConformanceFinding, versions: [String]) {
        let expected = "supportedVersions with \(driver.list.cniVersion)"
        func finding(_ found: String, _ verdict: ConformanceFinding.Verdict) -> ConformanceFinding {
            ConformanceFinding(check: "VERSION", expected: expected, found: found, verdict: verdict)
        }
        do throws(CNIError) {
            let versions = try await driver.runtime.version(of: type(of: driver.list))
            let conforms = versions.contains(driver.list.cniVersion)
            return (finding(versions.joined(separator: ", "), conforms ? .conforms : .deviates), versions)
        } catch {
            return (finding(error.msg, .deviates), [])
        }
    }

    /// STATUS and GC, which came with version 1.1.0 of the specification.
    private func newerCommands(
        _ caller: ListCaller,
        _ versions: [String],
        valid: [ContainerNetworking.Attachment]
    ) async -> [ConformanceFinding] {
        let newer = CNIVersion.v1x1x0.rawValue
        guard versions.contains(newer), let attachment = valid.first else {
            return ["STATUS", "GC"].map {
                ConformanceFinding(
                    check: $0,
                    expected: "from version \(newer) on",
                    found: "\(type(of: caller.list)) speaks up to \(versions.last ?? "no version")",
                    verdict: .notApplicable
                )
            }
        }
        var members = configuration(of: caller.list, version: newer)
        let status = await caller.first(.status, attachment, input: JSONValue.object(members).text)
        members["cni.dev/valid-attachments"] = .array(
            valid.map {
                .object(["containerID": .string($0.containerID), "ifname": .string($0.interfaceName)])
            }
        )
        guard !caller.list.disableGC else {
            let left = ConformanceFinding(
                check: "GC", expected: "success, where the network has it",
                found: "the list leaves it out with disableGC", verdict: .notApplicable)
            return [status.finding("STATUS", .success), left]
        }
        let garbage = await caller.first(.collectGarbage, attachment, input: JSONValue.object(members).text)
        return [status.finding("STATUS", .success), garbage.finding("GC", .success)]
    }

    private func type(of list: NetworkConfigurationList) -> String { list.plugins.first?["type"]?.string ?? "" }

    /// What the first plugin would get, in another version.
    private func configuration(of list: NetworkConfigurationList, version: String) -> [String: JSONValue] {
        var members: [String: JSONValue] = [:]
        if case .object(let known)? = list.plugins.first { members = known }
        members["name"] = .string(list.name)
        members["cniVersion"] = .string(version)
        return members
    }

    private func lifecycle(_ caller: ListCaller) async throws(ProbeFailure) -> [ConformanceFinding] {
        let pod = try await makePod()
        let attachment = pod.attachment
        let never = try await makePod()
        let added = await caller.add(attachment)
        var findings = [added.reply.finding("ADD", .success), added.form]
        findings.append(await caller.add(attachment).reply.finding("ADD of an interface that is there", .error))
        if caller.list.hasCheck {
            findings.append(await caller.check(attachment, added.result).finding("CHECK after ADD", .success))
            pod.removeLink()
            findings.append(
                await caller.check(attachment, added.result)
                    .finding("CHECK after somebody removed the interface", .error)
            )
        } else {
            findings.append(notAsked("CHECK after ADD", caller.list))
            pod.removeLink()
        }
        findings.append(
            await caller.delete(attachment, added.result).finding("DEL after somebody removed the interface", .success)
        )
        findings.append(await caller.delete(attachment, added.result).finding("DEL a second time", .success))
        findings.append(
            await caller.delete(never.attachment, nil).finding("DEL of what never was added", .success)
        )
        return findings
    }

    /// What a runtime does not ask a network: the list leaves it out, or its version does not know it.
    private func notAsked(_ check: String, _ list: NetworkConfigurationList) -> ConformanceFinding {
        ConformanceFinding(
            check: check,
            expected: "success, where the network has it",
            found: list.version.hasCheck
                ? "the list leaves it out with disableCheck" : "version \(list.cniVersion) has none",
            verdict: .notApplicable
        )
    }

    private func vanished(_ caller: ListCaller) async throws(ProbeFailure) -> [ConformanceFinding] {
        let pod = try await makePod()
        var attachment = pod.attachment
        let added = await caller.add(attachment)
        pod.removeLink()
        // In the run's own directory: a plugin may write there, and what it writes goes with the run.
        let (directory, name) = (bench.operations.directory, "vanished-\(pod.attachment.containerID)")
        attachment.namespacePath = "\(directory)/\(name)"
        let reply = await caller.delete(attachment, added.result)
        var finding = reply.finding("DEL with a namespace that is gone", .success)
        let madeSomething = try ProbeFailure.ofPods { () throws(PodError) in
            try PodDirectory(directory).remove(name)
        }
        if madeSomething {
            finding.found += "; it made a file in the namespace's place"
            finding.verdict = .deviates
        }
        return [finding]
    }

    private func malformed(_ caller: ListCaller) async throws(ProbeFailure) -> [ConformanceFinding] {
        let pod = try await makePod()
        var nameless = pod.attachment
        nameless.interfaceName = ""
        let input = JSONValue.object(configuration(of: caller.list, version: "99.0.0")).text
        return [
            await caller.first(.add, pod.attachment, input: input)
                .finding("ADD in an unknown version", .code(1, "incompatible CNI version")),
            await caller.first(.add, pod.attachment, input: "{\"cniVersion\": ")
                .finding("ADD with bad JSON", .code(6, "failed to decode content")),
            await caller.first(.add, nameless)
                .finding("ADD without CNI_IFNAME", .code(4, "invalid environment variables")),
        ]
    }

    /// A pod that is held to the end: a path to its namespace alone would not do that.
    private func makePod() async throws(ProbeFailure) -> Pod {
        let pod = try await bench.makePod()
        bench.register(pod)
        return pod
    }
}
