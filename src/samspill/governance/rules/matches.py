"""Where the words somebody looked for stand in a text: between \\x02 and \\x03, as `marked` reads them."""

import re

MOST_WORDS, AROUND = 8, 90


def mark(text: str, words: str) -> str:
    """The text with every match marked; the text as it is when nothing is looked for."""
    pattern = _pattern(words)
    return pattern.sub(lambda found: f"\x02{found.group()}\x03", text) if pattern else text


def excerpt(text: str, words: str) -> str:
    """What stands around the first match, «…» where something is left out; "" when nothing matches."""
    pattern = _pattern(words)
    found = pattern.search(text) if pattern else None
    if found is None:
        return ""
    begins, ends = max(0, found.start() - AROUND), min(len(text), found.end() + AROUND)
    if begins:
        begins = text.find(" ", begins, found.start()) + 1 or begins
    if ends < len(text):
        last = text.rfind(" ", found.end(), ends)
        ends = last if last > 0 else ends
    around = text[begins:ends].strip()
    return mark(f"{'… ' if begins else ''}{around}{' …' if ends < len(text) else ''}", words)


def _pattern(words: str) -> re.Pattern[str] | None:
    parts = sorted({re.escape(one) for one in words.split()[:MOST_WORDS]}, key=len, reverse=True)
    return re.compile("|".join(parts), re.IGNORECASE) if parts else None
