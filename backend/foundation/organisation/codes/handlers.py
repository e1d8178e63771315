"""One function per command about code lists."""

from backend.foundation.journal.envelope import Context, Outcome
from backend.foundation.journal.work import Work
from backend.foundation.kernel import problem
from backend.foundation.organisation import facts
from backend.foundation.organisation.codes import rules
from backend.foundation.organisation.codes.commands import AddCodeList, ChangeCodeList
from backend.foundation.organisation.handlers import own
from backend.foundation.organisation.rules import require_keeper
from backend.foundation.organisation.tables import CODE_LISTS

KIND = "code_list"


async def add_code_list(work: Work, asked: AddCodeList, ctx: Context) -> Outcome:
    require_keeper(ctx.actor)
    key = rules.list_key(own(ctx, KIND))
    if await work.load(CODE_LISTS, key) is not None:
        raise problem.id_taken()
    made = rules.add_list(key, asked)
    work.save(CODE_LISTS, made)
    work.touch(KIND, made.id)
    codes = tuple(one.code for one in made.codes)
    return Outcome(facts=(facts.CodeListAdded(code_list=made.id, codes=codes),))


async def change_code_list(work: Work, asked: ChangeCodeList, ctx: Context) -> Outcome:
    require_keeper(ctx.actor)
    before = await work.load(CODE_LISTS, own(ctx, KIND))
    if before is None:
        raise problem.not_found()
    after = rules.change_list(before, asked)
    if after == before:
        return Outcome(status="merged")
    work.save(CODE_LISTS, after)
    work.touch(KIND, after.id)
    codes = rules.changed_codes(before, after)
    return Outcome(facts=(facts.CodeListChanged(code_list=after.id, codes=codes),))
