"""What a developer writes to make the laid-out pattern lend umbrellas: only files of the feature.

An umbrella has a number at its outlet and is with one customer at a time. The rule refuses a second
loan, a unique column is the second judge, and the phone warns before it asks.
"""

from pathlib import Path

NAME = "umbrella_loans"
WORD = "雨伞借用"
_BACKEND = f"backend/features/{NAME}"
_PHONE = f"pwa/src/features/{NAME}"
_TESTS = f"tests/features/{NAME}"

_INIT = '''"""Umbrella loans (雨伞借用): an outlet lends a customer an umbrella and takes it back.

An umbrella has a number at its outlet and is with one customer at a time. Who the customer is, is
not asked.
"""
'''

_PROBLEM = """umbrella_out = problem(
    409,
    "umbrella_out",
    "Umbrella {umbrella} is out already. Close that loan first, or lend another one.",
    "{umbrella}号雨伞已借出。请先归还，或者换一把。",
    "after_pull",
)
ALL = (umbrella_out, umbrella_loan_closed)
"""

_RULE = '''def place(outlet: str, title: str) -> str:
    """What names an umbrella while it is out: its number counts at its own outlet."""
    return f"{outlet}/{title}"


def open_(id: str, asked: Open, lent: UmbrellaLoan | None, actor: Actor, act: Act) -> Decision:
    """A new loan. `lent` is the loan by which this umbrella is out; None means it is here."""
    if not actor.may(STAFF, asked.outlet):
        raise forbidden(move="open")
    if lent is not None:
        raise problems.umbrella_out(umbrella=lent.title)
'''

_HANDLER = """    out = await work.find(UMBRELLA_LOANS, out=rules.place(asked.outlet, asked.title))
    lent = out[0] if out else None
    return _settle(work, None, rules.open_(id, asked, lent, ctx.actor, _act(ctx, asked.note)))
"""

_CASES = """, "refused": "forbidden"},
    {"name": "an umbrella that is out is not lent twice", "before": null, "lent": {"title": "7"}, \
"op": "umbrella_loans.open", "actor": "wang_fang", "args": {"outlet": "riverside", "title": "7"}, \
"refused": "umbrella_out"},
    {"name": "an umbrella that came back is lent again", "before": null, "lent": null, \
"op": "umbrella_loans.open", "actor": "wang_fang", "args": {"outlet": "riverside", "title": "7"}, \
"after": {"title": "7", "state": "open"}},
    {"name": "a manager reads"""

_WARNING = """
/** Whether this umbrella is with a customer, as far as this phone knows. */
export const isOut = (known: readonly UmbrellaLoan[], outlet: string, title: string): boolean =>
  known.some((one) => one.state === 'open' && one.outlet === outlet && one.title === title);
"""

_WARNED = """
const asked = file.cases.filter(({ op }) => op === 'umbrella_loans.open');

test.each(asked)('the phone warns of what the server refuses: $name', ({ args, lent, refused }) => {
  const known = lent ? [asUmbrellaLoan({ ...file.blank, ...lent } as unknown as Body)] : [];
  const { outlet, title } = args as { outlet: string; title: string };
  expect(isOut(known, outlet, title)).toBe(refused === 'umbrella_out');
});
"""

_ZH = {
    "start: '新建'": "start: '借出'",
    "closing: '关闭'": "closing: '归还'",
    "name: '名称'": "isOut: '这把雨伞已借出。请先归还，或者换一把。',\n  name: '雨伞编号'",
    "请填写名称。": "请填写雨伞编号。",
    "'未关闭'": "'未归还'",
    "'已关闭'": "'已归还'",
    "${who}新建": "${who}借出",
    "${who}关闭": "${who}收回",
    "网点新建之后": "网点借出雨伞之后",
    "不能新建": "不能借出",
}
_EN = {
    "start: 'New'": "start: 'Lend'",
    "closing: 'Close'": "closing: 'Take back'",
    "name: 'Name'": (
        "isOut: 'This umbrella is out. Take it back first, or lend another one.',\n"
        "  name: 'Number of the umbrella'"
    ),
    "'Write a name.'": "'Write the number that is on the umbrella.'",
    "'Open'": "'Out'",
    "'Closed'": "'Back'",
    "opened it": "lent it",
    "closed it": "took it back",
    "once the outlet opens one": "once the outlet lends one",
    "cannot open one": "cannot lend one",
}

# By file: what stands there after the pattern was laid out, and what the developer makes of it.
EDITS: dict[str, dict[str, str]] = {
    f"{_BACKEND}/model.py": {
        "    closed: Act | None = None\n": (
            "    closed: Act | None = None\n"
            "    out: str | None = None  # names the umbrella while it is out, then None\n"
        )
    },
    f"{_BACKEND}/tables.py": {
        "    closed = Text(null=True, default=None)\n": (
            "    closed = Text(null=True, default=None)\n"
            "    out = Text(null=True, default=None, unique=True)\n"
        )
    },
    f"{_BACKEND}/problems.py": {"ALL = (umbrella_loan_closed,)\n": _PROBLEM},
    f"{_BACKEND}/rules.py": {
        "def open_(id: str, asked: Open, actor: Actor, act: Act) -> Decision:\n"
        '    """A new one, at an outlet where the person works."""\n'
        "    if not actor.may(STAFF, asked.outlet):\n"
        '        raise forbidden(move="open")\n': _RULE,
        "        opened=act,\n": (
            "        opened=act,\n        out=place(asked.outlet, asked.title),\n"
        ),
        "state=state, closed=act)": "state=state, closed=act, out=None)",
    },
    f"{_BACKEND}/handlers.py": {
        "    return _settle(work, None, rules.open_(id, asked, ctx.actor, "
        "_act(ctx, asked.note)))\n": _HANDLER,
    },
    f"{_TESTS}/cases/moves.json": {
        ', "refused": "forbidden"},\n    {"name": "a manager reads': _CASES,
    },
    f"{_TESTS}/test_rules.py": {
        'Open(**case["args"]), actor, act)': 'Open(**case["args"]), lent, actor, act)',
        '    if case["before"] is None:\n': (
            '    if case["before"] is None:\n'
            '        lent = filled(case["lent"]) if case.get("lent") else None\n'
        ),
    },
    f"{_PHONE}/model.ts": {
        "\n/** Open ones first, then the newest. */": (
            f"{_WARNING}\n/** Open ones first, then the newest. */"
        )
    },
    f"{_PHONE}/preview.test.ts": {
        "import { rules } from './preview';": (
            "import { asUmbrellaLoan, isOut } from './model';\nimport { rules } from './preview';"
        ),
        "const taken = ": f"{_WARNED}\nconst taken = ",
    },
    f"{_PHONE}/words.zh.ts": _ZH,
    f"{_PHONE}/words.en.ts": _EN,
    f"{_PHONE}/screens/NewUmbrellaLoan.svelte": {
        "import { workplaces } from '../model';": "import { isOut, workplaces } from '../model';",
        "import { say } from '../say';": (
            "import { say } from '../say';\nimport { all } from '../stores';"
        ),
        "const nameOf = names();": "const nameOf = names();\nconst known = all();",
        "const missing = $derived(tried && !title.trim() ? w.nameMissing : undefined);": (
            "const loans = $derived(($known ?? []).map(({ body }) => body));\n"
            "const out = $derived(outlet !== null && isOut(loans, outlet, title.trim()));\n"
            "const missing = $derived(\n"
            "  tried && !title.trim() ? w.nameMissing : out ? w.isOut : undefined,\n"
            ");"
        ),
        "!title.trim() || busy) return;": "!title.trim() || out || busy) return;",
    },
}


def written(root: Path) -> list[Path]:
    """Makes the edits below `root`; the files that were written. Raises AssertionError when what
    should be replaced is not there exactly once: the pattern has changed, and so must this."""
    init = root / _BACKEND / "__init__.py"
    init.write_text(_INIT, "utf-8")
    for name, edits in EDITS.items():
        path = root / name
        text = path.read_text("utf-8")
        for old, new in edits.items():
            assert text.count(old) == 1, f"{name} has {text.count(old)} times: {old}"
            text = text.replace(old, new)
        path.write_text(text, "utf-8")
    return [init, *(root / name for name in EDITS)]
