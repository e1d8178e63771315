"""What exports refuse, in words for people."""

from backend.foundation.kernel.problem import problem

list_unknown = problem(
    422,
    "list_unknown",
    "There is no list called {list}.",
    "没有名为 {list} 的列表。",
    "after_upgrade",
)
exports_many = problem(
    429,
    "exports_many",
    "{limit} files are kept for you already. Wait until one of them goes.",
    "已为您保留 {limit} 个文件，请等其中一个到期后再导出。",
    "needs_person",
)
export_gone = problem(
    410,
    "export_gone",
    "This file is not there: it is not made yet, or its time is over. Export again.",
    "没有这个文件：还没做好，或已到期。请重新导出。",
    "needs_person",
)
export_reach = problem(
    409,
    "export_reach",
    "Your posts have changed since this file was made. Export again.",
    "文件做好以后您的岗位变了，请重新导出。",
    "needs_person",
)

ALL = (list_unknown, exports_many, export_gone, export_reach)
