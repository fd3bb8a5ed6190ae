import Statistics

/// The seed of one trial, worked out from the run's, the block and the turn alone, so that a run can be repeated draw for draw.
enum TrialSeed {
    /// `turn` is the variant's key, or the name of its batch.
    static func of(run seed: UInt64, block: Int, turn: String) -> UInt64 {
        // FNV-1a: the standard library's hashes differ from process to process.
        let name = turn.utf8.reduce(14_695_981_039_346_656_037 as UInt64) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
        var runs = SeededGenerator(seed: seed)
        var blocks = SeededGenerator(seed: UInt64(block))
        var turns = SeededGenerator(seed: name)
        // Neighbouring seeds of SplitMix64 give shifted sequences, so each goes through the generator.
        var trial = SeededGenerator(seed: runs.next() ^ blocks.next() ^ turns.next())
        return trial.next()
    }
}
