"""Show what a search found: the matching words of an excerpt in <mark>, everything else as plain text."""

import re

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

MATCH = re.compile("\x02([^\x02\x03]*)\x03")
STRAY = str.maketrans("", "", "\x02\x03")


@register.filter
def marked(excerpt: str) -> SafeString:
    """`excerpt` with its matches (\\x02 … \\x03) as <mark>. Escaped first: documents hold all sorts."""
    text = MATCH.sub(r"<mark>\1</mark>", str(escape(excerpt)))
    return mark_safe(text.translate(STRAY))  # noqa: S308  escaped above; the only tags are ours
