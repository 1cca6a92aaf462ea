import Foundation
import GRDB
import TestKit
import Testing

@Suite struct GRDBTests {
    @Test func aPoolWritesThroughTheFaultVFSAndItsCommitsSurvive() throws {
        try withTemporaryFolder { folder in
            let vfs = try FaultVFS(watching: folder)
            let path = folder.appendingPathComponent("pool.db").path
            let pool = try DatabasePool(path: path)
            try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous=FULL") }
            try pool.write { try $0.execute(sql: "CREATE TABLE entry (number INTEGER PRIMARY KEY)") }
            for number in 1...10 { try pool.write { try $0.execute(sql: "INSERT INTO entry VALUES (?)", arguments: [number]) } }
            #expect(try pool.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM entry") } == 10)
            #expect(vfs.calls(of: .write) > 10 && vfs.calls(of: .sync) >= 11)
            vfs.losePower()
            try? pool.close()
            try vfs.cutPower()
            let queue = try DatabaseQueue(path: path)
            #expect(try queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM entry") } == 10)
            try queue.close()
        }
    }
}
