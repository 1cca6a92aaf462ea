import ArgumentParser
import Foundation
import TiaokuaiWording

extension Language: ExpressibleByArgument {}

/// What every command understands.
struct BasicOptions: ParsableArguments {
    @Option(help: ArgumentHelp(say("节点文件夹;不写则取环境变量 TIAOKUAI_DIR。", "The node's folder; by default the environment's TIAOKUAI_DIR."), valueName: "folder"))
    var dir: String?

    @Flag(help: ArgumentHelp(say("在标准输出写一个 JSON 对象,键为英文,出错时也一样。", "Writes one JSON object with English keys to standard output, errors too.")))
    var json = false

    @Option(help: ArgumentHelp(say("语言:zh 或 en。", "Language: zh or en."), valueName: "zh|en"))
    var lang: Language?

    @Option(
        help: ArgumentHelp(
            say("当作现在的时刻,只用于演练网络:2020-08-12 或 2020-08-12T09:30:00+08:00。", "The instant to take for now, in rehearsals only: 2020-08-12 or 2020-08-12T09:30:00+08:00."),
            valueName: "instant"))
    var now: String?

    @Option(
        help: ArgumentHelp(
            say("密钥文件的口令在哪个文件里;不写则取环境变量 TIAOKUAI_PASSPHRASE,再不然在终端问。", "The file with the key files' passphrase; by default the environment's TIAOKUAI_PASSPHRASE, else you are asked."),
            valueName: "file"))
    var passphraseFile: String?

    @Option(
        help: ArgumentHelp(
            say("签名卡的 PIN 在哪个文件里;不写则取环境变量 TIAOKUAI_PIN,再不然在终端问。", "The file with the token's PIN; by default the environment's TIAOKUAI_PIN, else you are asked."), valueName: "file"))
    var pinFile: String?

    /// The folder to work in; throws `noFolder`.
    func folder() throws -> String {
        guard let path = dir ?? ProcessInfo.processInfo.environment["TIAOKUAI_DIR"], !path.isEmpty else { throw CommandError(.noFolder) }
        return path
    }
}

/// In whose name, and by whose hand, something is done.
struct ActingOptions: ParsableArguments {
    @Option(help: ArgumentHelp(say("以哪个单位的名义:编号、名称或别名。", "In whose name: the unit's id, name or alias."), valueName: "unit"))
    var unit: String?

    @Option(name: .customLong("as"), help: ArgumentHelp(say("由谁办理;此人当日须在该单位任职。", "By whose hand; the person holds a post of the unit on that day."), valueName: "person"))
    var person: String?
}
