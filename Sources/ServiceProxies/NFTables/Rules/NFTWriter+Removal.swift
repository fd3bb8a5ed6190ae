/// Commands that take away what other services left; names are as a listing or an earlier plan has them.
extension NFTWriter {
    mutating func flush(chain name: [UInt8]) {
        let chain = words.put(name)
        write("flush chain ip kube-proxy \(chain)")
        words.forget(from: chain)
    }

    mutating func delete(chain name: [UInt8]) {
        let chain = words.put(name)
        write("delete chain ip kube-proxy \(chain)")
        words.forget(from: chain)
    }

    mutating func delete(set name: [UInt8]) {
        let set = words.put(name)
        write("delete set ip kube-proxy \(set)")
        words.forget(from: set)
    }
}
