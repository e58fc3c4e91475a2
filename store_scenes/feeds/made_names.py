"""Names for feeds that have none: the brand, and the kind of goods in the singular."""

import re

_COMPANY = re.compile(
    r"[,\s]+(?:inc|llc|l\.l\.c|corp|corporation|ltd|limited|co|company|companies|gmbh|s\.?a|lp|"
    r"usa|u\.s\.a|n\.a|sales|foods?|brands?|holdings?|group|international|enterprises?)\.?$",
    re.IGNORECASE,
)
_SAME_IN_PLURAL = re.compile(r"(?:ss|us|is|molasses|series|cheese)$", re.IGNORECASE)


def made_name(brand: str, sub_brand: str, owner: str, category: str) -> str:
    """`Hormel – Chips, Pretzels & Snacks`; empty where neither a brand nor a category is told."""
    maker = proper(brand) or short_company(owner)
    line = proper(sub_brand)
    if line and line.lower() not in maker.lower():
        maker = f"{maker} {line}".strip()
    goods = singular(re.sub(r"\s*\([^)]*\)$", "", category))
    return " – ".join(part for part in (maker, goods) if part)


def short_company(owner: str) -> str:
    """A company as shoppers call it: `Hormel Foods Corporation` is Hormel."""
    short = re.sub(r"\s*\([\d ]+\)", "", owner).strip(" ,.")
    while (cut := _COMPANY.sub("", short)) not in {short, ""}:
        short = cut
    return proper(short)


def proper(text: str) -> str:
    """Capitals as in a name where the text is all capitals and longer than an abbreviation."""
    if len(text) <= 4 or not text.isupper():
        return text
    return re.sub(r"[^\W\d_]+(?:'[^\W\d_]+)?", lambda word: word[0].capitalize(), text)


def singular(category: str) -> str:
    """One of a category that names one thing (`Tea Bags`: Tea Bag); lists stay as they are."""
    if re.search(r"[,&/]| and ", category) or _SAME_IN_PLURAL.search(category):
        return category
    if re.search(r"[^aeiou]ies$", category):
        return category[:-3] + "y"
    if re.search(r"(?:sh|ch|x|ss|o)es$", category):
        return category[:-2]
    return category.removesuffix("s")
