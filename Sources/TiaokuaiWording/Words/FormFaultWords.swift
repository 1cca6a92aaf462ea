/// Why a form 表式, or a kind declared in Swift, is none that a node can go by; the codes of `KindFault`.
public enum FormFaultWords {
    public static func of(_ code: String) -> Words? { table[code] }

    private static let table: [String: Words] = [
        "formIncomplete": Words("表式缺项或写法不对", "the form lacks something, or a list of it has another shape"),
        "formNameWithoutDot": Words("表式名称须带点,如 flood.dutyReport", "a form's name needs a dot, as in flood.dutyReport"),
        "formNameTaken": Words("这个名称已是程序自带的记录种类", "the name is a built-in or declared kind's"),
        "formNameTakenAbove": Words("上级已发布同名表式", "a place above publishes a form of this name"),
        "formRuleUnknown": Words("没有这种合并规则", "there is no such rule"),
        "formWordUnknown": Words("用了没有定义的词", "a word that is none of those allowed"),
        "formNameMalformed": Words("名称只能用小写字母开头的字母和数字", "a name is letters and digits, beginning with a small letter"),
        "formNameTwice": Words("名称重复", "a name stands twice"),
        "formNumberTwice": Words("字段编号重复", "two fields of one number"),
        "formNumberOutOfRange": Words("字段编号须在 16 到 65535 之间", "a field's number runs from 16 to 65535"),
        "formTooManyFields": Words("超过数量上限", "more than the limit"),
        "formRuleUnfit": Words("规则与值的类型或流向不配", "the rule does not go with the type of value or the stream"),
        "formWorkflowMissing": Words("流程与状态字段须成对,且只有一个", "states and one field that shows them go together"),
        "formStateUndefined": Words("办理环节用了没有定义的状态", "an event names a state that is not defined"),
        "formStateUnreachable": Words("有状态无法到达", "no chain of events leads to a state"),
        "formEventUndefined": Words("所指的办理环节没有定义", "an event names an event that is not defined"),
        "formHolderUndefined": Words("所指的承办字段没有定义", "a role names no holder field of the form"),
        "formKeyUndefined": Words("签发或填报单位所指的编号部分没有定义", "issuer or reporter names no part of the key"),
        "formPersonal": Words("个人信息只能在不外传的表式里,或在可加密给一个节点的字段里", "personal fields stand in local forms, or where they may be sealed to one node"),
        "formFieldChanged": Words("已有字段不能改规则、类型和名称", "a field's rule, type and name may not change"),
        "formFieldDropped": Words("已有字段不能取消", "a field may not be dropped"),
        "formWorkflowChanged": Words("已有状态和办理环节不能改", "states and events that are there may not change"),
        "formChanged": Words("流向、编号组成和由谁填报不能改", "the stream, the key and who speaks may not change"),
    ]
}
