"""The memo: at most two pages for a committee, from figures that are kept, in the målform that is asked for.

Here: what it says (`contents`), and how it is put on two pages (`paper`). The page where it is made, and how
it comes to a case, are in `views.memo` and `actions.memo`.
"""

from samspill.insight.memo.contents import MOST_CALCULATIONS, Memo, Part, memo_of
from samspill.insight.memo.paper import PAGES, fitted

__all__ = ["MOST_CALCULATIONS", "PAGES", "Memo", "Part", "fitted", "memo_of"]
