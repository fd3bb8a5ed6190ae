import Foundation
import Reports
import Results

/// Exported runs, as `runs import` reads them into a database, and as every report reads them back.
final class ImportEntrance: Entrance {
    let name = "import"
    let words = [
        "\"format\":\"networkmachinery.io/run\"", "\"version\":1", "\"run\":", "\"trials\":[", "\"samples\":",
        "\"events\":",
        "\"metrics\":", "\"histograms\":", "\"artifacts\":", "\"environment\":", "\"design\":\"{}\"", "\"labels\":{}",
        "\"outcome\":\"completed\"", "\"outcome\":\"failed\"", "\"reason\":null", "\"censored\":true", "\"factors\":{}",
        "\"block\":0", "\"better\":\"higher\"", "\"judged\":true", "2026-11-28T21:00:00.000Z", "null", "true", "[]",
        "{}",
        "\"\"", "1e308", "latency_p50", "throughput",
    ]

    private let directory: String
    private let store: Store

    /// Opens a database in a new directory below `parent`, in memory where the machine has such a place.
    init(below parent: String = ImportEntrance.quickDirectory) throws {
        directory = "\(parent)/fuzz-\(ProcessInfo.processInfo.processIdentifier)-\(UInt32.random(in: 0 ... .max))"
        store = try Store.open(at: "\(directory)/results.sqlite")
    }

    deinit {
        try? store.close()
        try? FileManager.default.removeItem(atPath: directory)
    }

    /// A directory that keeps its files in memory: a database on a disk waits for it with every input.
    private static var quickDirectory: String {
        let memory = "/dev/shm"
        return FileManager.default.isWritableFile(atPath: memory) ? memory : NSTemporaryDirectory()
    }

    func take(_ input: [UInt8]) throws(Violation) -> Answer {
        let text = String(decoding: input, as: UTF8.self)
        let id: String
        do throws(StoreError) {
            id = try store.importRun(RunDocument(json: text, check: RunData.check))
        } catch {
            try Violation.unlessWorded("\(error)")
            return .refused("\(error.code.rawValue) \(error.reason)")
        }
        let exported = try said("what was imported can be exported") { () throws(StoreError) in
            try store.export(runID: id)
        }
        try report(id)
        try said("what was imported can be deleted") { () throws(StoreError) in _ = try store.deleteRun(id) }
        let property = "an exported run is imported and exported again as the same"
        let again = try said(property) { () throws(StoreError) in
            let id = try store.importRun(exported)
            let text = try store.export(runID: id)
            _ = try store.deleteRun(id)
            return text
        }
        try Violation.unless(again == exported, property)
        return .accepted("")
    }

    /// Whatever was imported can be read by every report.
    private func report(_ id: String) throws(Violation) {
        let run: RunData
        do throws(ReportError) {
            run = try RunData.load(store, runID: id)
        } catch {
            throw Violation("what was imported can be reported", "\(error)")
        }
        for format in ReportFormat.allCases {
            let text = Report.render(format, run)
            guard format == .json else { continue }
            let isJSON = (try? JSONSerialization.jsonObject(with: Data(text.utf8))) != nil
            try Violation.unless(isJSON, "the report in JSON is JSON")
        }
    }

    private func said<Value>(
        _ property: String, _ body: () throws(StoreError) -> Value
    ) throws(Violation) -> Value {
        do throws(StoreError) {
            return try body()
        } catch {
            throw Violation(property, "\(error)")
        }
    }
}
