import Netlink

/// The links of the node, which is the namespace of this process.
public enum NodeLinks {
    /// The names of those that are there.
    public static func names() throws(PodError) -> Set<String> {
        do throws(NetlinkError) {
            return Set(try NetlinkSocket().links().map(\.name))
        } catch {
            throw PodError(error)
        }
    }

    /// Takes away the links that were not there, such as the bridge that the first pod brought.
    public static func remove(except before: Set<String>) throws(PodError) {
        do throws(NetlinkError) {
            let socket = try NetlinkSocket()
            for link in try socket.links() where !before.contains(link.name) {
                do throws(NetlinkError) {
                    try socket.delete(linkNamed: link.name)
                } catch {
                    // The other end of a pair went with the first.
                    guard error.isAbsent else { throw error }
                }
            }
        } catch {
            throw PodError(
                .system, operation: "restore", object: "the node", cause: "cannot restore the node: \(error)")
        }
    }
}
