"""Words of two or three letters that stand before or after figures and are part of no number."""

from desktop.privacy.detect.tokens import words_of

SMALL_WORDS = words_of(
    """de le en et la ce se ne me te je des les un du sa ta ma ha km eur tva ans nb par sur est pas
    par dans que ans max min an mg kg ht ttc pm am gb mb go mo cm mm kw kv bac bat men jan fev
    mar dec fr rc pts rdv sec m a nc apt app apart esc rue pte res lgt bld bis lot hlm"""
)
