import Contract
import Probes

/// Plans of probes, as an agent reads them from standard input.
struct PlanEntrance: Entrance {
    let name = "plan"
    let words = [
        "\"deadlineSeconds\":1", "\"processor\":0", "\"probe\":{", "\"kind\":\"latency\"", "\"kind\":\"echoServer\"",
        "\"kind\":\"iperf3\"", "\"kind\":\"iperf3Server\"", "\"kind\":\"netperf\"", "\"kind\":\"netperfServer\"",
        "\"kind\":\"cniOperations\"", "\"kind\":\"serviceProxy\"", "\"transport\":\"udp\"", "\"port\":65535",
        "\"address\":\"::1\"", "\"messageSize\":1", "\"durationSeconds\":1e9", "\"ratePerSecond\":1", "null", "true",
        "[]",
    ]

    func take(_ input: [UInt8]) throws(Violation) -> Answer {
        let plan: ProbePlan
        do throws(PlanError) {
            plan = try ProbePlan(json: String(decoding: input, as: UTF8.self))
        } catch {
            try Violation.unlessWorded(error.description)
            return .refused("\(error.path) \(error.reason)")
        }
        let property = "a plan that is written reads back as the same"
        let again: ProbePlan
        let text: String
        do throws(PlanError) {
            text = try plan.json()
            again = try ProbePlan(json: text)
        } catch {
            throw Violation(property, "\(error)")
        }
        try Violation.unless(again == plan, property, text)
        try Violation.unless(!text.utf8.contains(UInt8(ascii: "\n")), "a plan is one line", text)
        return .accepted(type(of: plan.probe).kind)
    }
}
