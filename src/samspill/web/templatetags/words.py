"""Words as one writes them: numbers in a sentence, and an address that may part where a reader expects it."""

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from samspill.worklist.public import number_in_words

register = template.Library()


@register.filter
def in_words(count: int) -> str:
    """`count` as a word up to twelve and in figures above, in the language that is active."""
    return number_in_words(count)


@register.filter
def breakable(address: str) -> SafeString:
    """An address for mail that parts before the @, and only when the line is too short for it."""
    return format_html_join(SafeString("<wbr>@"), "{}", ((part,) for part in address.split("@")))
