import Agent
import Contract
import Probes
import Testing

@Suite("the agent")
struct AgentMainTests {
    private static func server(deadlineSeconds: Double = 20) -> String {
        let probe = #"{"family":"ipv4","kind":"echoServer","messageSize":64,"port":0,"transport":"tcp"}"#
        return #"{"deadlineSeconds":\#(deadlineSeconds),"probe":\#(probe)}"# + "\n"
    }

    private func events(_ text: String) throws -> [ProbeEvent] {
        try text.split(separator: "\n").map { try ProbeEvent(line: String($0)) }
    }

    @Test(
        "a first line that is no plan is a failure and exit code 2",
        arguments: [
            "", "no line feed", "\n", "rubbish\n", "{}\n",
            #"{"deadlineSeconds":-1,"probe":{"kind":"echoServer"}}"# + "\n",
            String(repeating: "x", count: 70_000) + "\n",
        ]
    )
    func badPlan(_ text: String) async throws {
        let input = try Pipe()
        let output = try Pipe()
        let status = await withTaskGroup(of: ProgramExit?.self) { group in
            group.addTask { await AgentMain.run(input: input.reader, output: output.writer, ownsProcess: false) }
            input.send(text)
            input.closeWriter()
            return await group.next() ?? nil
        }
        output.closeWriter()
        #expect(status == .badArguments)
        let events = try events(output.readAll())
        #expect(events.count == 1)
        guard case .failure("badPlan", let message) = events.first else {
            Issue.record("expected a failure, found \(events)")
            return
        }
        #expect(message.contains("plan"))
    }

    @Test("the end of the input ends a server in order")
    func endOfInputEndsServer() async throws {
        let input = try Pipe()
        let output = try Pipe()
        let plan = Self.server()
        let start = ContinuousClock.now
        let status = await withTaskGroup(of: ProgramExit?.self) { group in
            group.addTask { await AgentMain.run(input: input.reader, output: output.writer, ownsProcess: false) }
            input.send(plan)
            let first = await output.readLine()
            #expect(first.contains(#""event":"ready""#))
            input.send("more that nobody asked for\n")
            input.closeWriter()
            return await group.next() ?? nil
        }
        output.closeWriter()
        #expect(status == .done)
        #expect(.now - start < .seconds(15), "the end of the input, and not the deadline")
        let events = try events(output.readAll())
        #expect(events == [.sample(metric: "cpu_server", value: 0, censored: false), .done])
    }

    @Test("the deadline ends a server while the input stays open")
    func deadlineEndsServer() async throws {
        let input = try Pipe()
        let output = try Pipe()
        input.send(Self.server(deadlineSeconds: 0.1))
        let status = await AgentMain.run(input: input.reader, output: output.writer, ownsProcess: false)
        output.closeWriter()
        #expect(status == .done)
        #expect(try events(output.readAll()).last == .done)
    }

    @Test("a probe that fails says so, then done, and the exit code is 4")
    func failedProbe() async throws {
        let input = try Pipe()
        let output = try Pipe()
        // Port 1 of loopback: nobody listens there.
        let json =
            #"{"deadlineSeconds":5,"probe":{"durationNanoseconds":50000000,"kind":"latency","messageSize":64,"pattern":"#
            + #""request-response","port":1,"target":"127.0.0.1","timeoutNanoseconds":1000000000,"transport":"tcp","#
            + #""warmUpNanoseconds":0}}"#
        input.send(json + "\n")
        let status = await AgentMain.run(input: input.reader, output: output.writer, ownsProcess: false)
        output.closeWriter()
        #expect(status == .trialsFailed)
        let events = try events(output.readAll())
        #expect(events.count == 2)
        #expect(events.last == .done)
    }

    @Test("an agent whose output nobody reads ends")
    func readerGoesAway() async throws {
        let input = try Pipe()
        input.send(Self.server())
        let start = ContinuousClock.now
        let status = await AgentMain.run(input: input.reader, output: -1, ownsProcess: false)
        #expect(status == .done)
        #expect(.now - start < .seconds(15), "at once, and not at the deadline")
    }
}
