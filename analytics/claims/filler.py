"""Words that change nothing about what is claimed."""

from typing import Final

_WORDS = """
vids vid using use uses true can say want shared liked clicked among amongst a an the and or of in on at by to from
with across via for over during through within into that which who whom this these those it its them their they his
her all any some we us our ours i my you your is are was were be been being has have had having do did does already
now also so far date ever yet just there here out up well than saw see sees seen seeing watch watched watching watches
view viewed viewing views reach reached reaching reaches got get gets getting gained garnered generated received
achieved attracted earned won drew hit made make had served shown showed displayed delivered appeared played ran run
went gone put told found account accounted clocked racked notched chalked recorded registered counted measured
totalled totaled came stood stands video videos clip clips post posts content film films footage material message
messages campaign campaigns output work broadcast broadcasts social media online digital internet platform platforms
channel channels page pages accounts target screen screens feeds timeline timelines total totals overall altogether
combined together collectively different unique individual separate distinct real single same least once number
numbers figure people person persons time times aged age ages live living based resident there's we've they've it's
gave give given brought led attained amassed eyes seat seats constituency constituencies region nation country area
town nationwide nationally spent spend spending cost pounds worth first says held claim claims that's clear watch-time
"""
FILLER: Final = frozenset(_WORDS.split())
