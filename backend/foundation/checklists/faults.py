"""The faults a template can have, in both languages: what is wrong and, where short, what to do."""

REASONS: dict[str, tuple[str, str]] = {
    "words_missing": ("both Chinese and English words are needed", "中文和英文都要写"),
    "no_items": ("there is no item", "没有任何检查项"),
    "too_many_items": ("there are too many items for one checklist", "检查项太多，请拆成两张表"),
    "points_total": ("the points add up to more than 1,000", "总分超过 1000 分"),
    "section_duplicate": ("two sections have this key", "两个模块用了同一个标识"),
    "section_empty": ("the section has no item", "这个模块没有检查项"),
    "item_duplicate": ("two items have this key", "两个检查项用了同一个标识"),
    "number_duplicate": ("two items have this number", "两个检查项用了同一个序号"),
    "key_shape": (
        "keys are lower-case letters, digits and underscores, and not pass, fail, na, answered",
        "标识只能用小写字母、数字和下划线，且不能是 pass、fail、na、answered",
    ),
    "points_type": (
        "only items that can be right or wrong carry points",
        "只有能判对错的项才能给分",
    ),
    "points_missing": ("a scored item needs points", "评分项必须有分值"),
    "veto_type": ("only items that can fail can be veto items", "只有能判不合格的项才能一票否决"),
    "veto_never": ("no choice of this veto item fails", "一票否决项里没有任何不合格选项"),
    "deductions_type": ("only scored items have deduction reasons", "只有评分项才有扣分原因"),
    "deduction_duplicate": ("two deduction reasons have one code", "两个扣分原因用了同一个代码"),
    "deduction_points": (
        "a deduction takes more than nothing and not more than the item's points",
        "每条扣分要大于零且不超过本项分值",
    ),
    "choices_missing": ("at least two choices are needed", "至少要有两个选项"),
    "choices_type": ("only choice items have choices", "只有选择项才有选项"),
    "code_list_type": (
        "only choice items take their choices from a code list",
        "只有选择项才能从代码表取选项",
    ),
    "choice_duplicate": ("two choices have one key", "两个选项用了同一个标识"),
    "number_type": ("number items, and only they, have a range", "数字项必须有范围，其他项不能有"),
    "number_range": ("the range is not two decimal numbers in order", "范围须为由小到大的两个数字"),
    "condition_shape": (
        "a condition is one of: item with in, all, any",
        "条件只能是“某项为…”、“全部满足”或“任一满足”之一",
    ),
    "condition_depth": ("conditions are nested too deeply", "条件嵌套太深"),
    "condition_circular": ("the item's condition refers to itself", "条件引用了自己"),
    "condition_unknown": ("the condition refers to no item of this list", "条件引用的项不存在"),
    "condition_forward": ("the condition refers to a later item", "条件引用了后面的项"),
    "condition_type": (
        "conditions can refer only to items with set answers",
        "条件只能引用有固定答案的项",
    ),
    "condition_token": ("the item it refers to cannot be answered so", "被引用的项没有这个答案"),
    "demand_empty": ("the demand asks for nothing", "这条要求没有要求任何内容"),
    "demand_token": (
        "the demand names an answer the item cannot have",
        "要求里写了本项没有的答案",
    ),
    "reference_digest": (
        "a reference picture is named by its SHA-256",
        "参考图须用 SHA-256 摘要表示",
    ),
}
