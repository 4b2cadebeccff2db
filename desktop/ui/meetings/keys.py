"""The keys of the screen of meetings, as F1 shows them."""

from desktop.base.i18n import N_

NEW_TRAINING = "new training"
"""The part of the screen of meetings that is the form of a new session of a training."""

KEYS = (
    ("", N_("Preparation")),
    ("Ctrl+G", N_("expect the whole group")),
    (N_("Enter"), N_("in the new point: add it to the agenda")),
    (N_("Alt+Up, Alt+Down"), N_("in a title: move the point")),
    (N_("Del"), N_("on “Take up”: leave it out of this meeting")),
    ("", N_("Notes of the session")),
    ("F6", N_("from the notes to the roll-call, from the agenda to the people; and back")),
    (N_("> Fatima B. 12/01: call the CPAM back"),
     N_("Enter: an action with its owner and its date")),
    (N_("Shift+Enter"),
     N_("in the line of an action: a date in its words stays there, nothing is due")),
    (N_("! Two sessions a month"), N_("Enter: a decision")),
    (N_("? Who pays for the room"), N_("an open point: the next meeting takes it up")),
    (N_("~ Ms K. came alone"),
     N_("a restricted line: secretaries and coordination alone receive it")),
    ("~~", N_("a line for the observatory team alone")),
    ("Tab", N_("in the line of an action: the next person or date")),
    (N_("Ctrl+Enter"), N_("the line becomes an action, a decision, then text again")),
    ("F8", N_("go to the next word that would let somebody be recognised")),
    ("", N_("Roll-call: in the field, Enter each time")),
    ("fat", N_("two or three letters of a name: present")),
    ("fat e", N_("excused")),
    ("fat r kar", N_("represented by somebody")),
    ("fat v", N_("remote")),
    ("fat x", N_("absent")),
    ("fat 14:20", N_("present from that hour on")),
    ("*", N_("everyone still expected is present")),
    (N_("+ DUPONT Marie, CCAS"), N_("adds somebody whom nobody expected")),
    ("1-7 9 12x", N_("numbers of the signed sheet: e, r, v or x after a number")),
    (N_("Ctrl+PgUp, Ctrl+PgDn"), N_("another half-day of a training")),
    ("", N_("Roll-call: in the list")),
    (N_("Space"), N_("present, or expected again")),
    ("P E V X", N_("present, excused, remote, absent")),
    ("12", N_("goes to that number of the sheet; “Copy the sheet” puts the list in its order")),
)
