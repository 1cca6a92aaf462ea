import Testing
@testable import TiaokuaiNode
@Suite struct A { @Test func a() {} }
