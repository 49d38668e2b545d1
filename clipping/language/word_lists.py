"""English word lists: what is small, what denies, what only fills, and forms that no rule makes."""

from __future__ import annotations

_SMALL = """
a about after again all also am an and any are as at be because been before being but by can could did
do does doing done down each even ever for from get gets got had has have having he her here hers him
his how i if in into is it its just let like many may me more most much must my of off oh on only or
other our ours out over own quite really said say says shall she should so some such than that the their
theirs them then there these they this those through to too under until up us very was we well were what
when where which while who whom whose why will with would yes you your yours
"""
_FILLERS = "er erm err um uh uhm ah eh mm hmm"
_NEGATIONS = "not never no none nobody nothing neither nor without"
_IRREGULAR = """
be am is are was were been being
have has had
do does did done
go goes went gone
say said
make made
pay paid
build built
cut cutting
spend spent
lose lost
leave left
tell told
take took taken
give gave given
get got
keep kept
break broke broken
choose chose chosen
rise rose risen
fall fell fallen
grow grew grown
know knew known
think thought
bring brought
buy bought
sell sold
send sent
lend lent
mean meant
meet met
hold held
find found
stand stood
win won
write wrote written
speak spoke spoken
misspeak misspoke misspoken
steal stole stolen
lie lied lying
die died dying
come came
become became
begin began begun
run ran
see saw seen
show shown
hear heard
feel felt
sit sat
lead led
fight fought
teach taught
catch caught
seek sought
forget forgot forgotten
hide hid hidden
throw threw thrown
draw drew drawn
drive drove driven
child children
man men
woman women
foot feet
life lives
wife wives
"""

SMALL = frozenset(_SMALL.split())
FILLERS = frozenset(_FILLERS.split())
NEGATIONS = frozenset(_NEGATIONS.split())
IRREGULAR = {form: line.split()[0] for line in _IRREGULAR.strip().splitlines() for form in line.split()[1:]}
