-- What all files share. The library is one text: this file, those of `rules` and `functions` in the order of their
-- names, and functions.lua, which registers the functions. Each file is a block of its own and fills one table, so a
-- function finds the others by their full names, whatever comes first.
--
-- While Redis loads a library it offers nothing but registration: no `string`, no `redis.call`. So no file may use them
-- outside of a function.

-- Of the rules.
local Step, RepeatedCalls, Closures, Audit, Pages = {}, {}, {}, {}, {}
local Workers, Sessions, Timelines, Queues, Buckets, Places, Sets, Nackers, Issues = {}, {}, {}, {}, {}, {}, {}, {}, {}
local Waiting, Figures, Claims, Inbox, Endings, Offers, Jobs, Replays = {}, {}, {}, {}, {}, {}, {}, {}
local Due, Expiry, Findings, Retention, Imports, Selection, Handout = {}, {}, {}, {}, {}, {}, {}
local Events = {}

-- What may be called from outside, by the names of the files of `functions`.
local Functions = {}

-- Short names, set before the first step.
local call, match, format, sub, find

-- The step that runs. Step.begin sets all of it anew, since these locals keep their values from one step to the next. A
-- step carries out one call or several calls, each decided on what those before it have left.

-- Key of the org's hash, and what its other keys begin with.
local ORG, AREA

-- The time as text and as a number, in milliseconds. Making a number into text is slow, and Lua rounds beyond 14 digits
-- unless it is formatted by %d. CLOCK: the time of the clock, which may differ from the stored one.
local NOW, now, CLOCK

-- The numbers of the org, as text (Step.read_org). `org_closed`: the org has a closure, maybe one that is over.
local org, org_closed

-- The id of the call, a blank, and the checksum of its content; nil for a call that isn't sent again.
local CALL

-- Fields of the org that this step has read or changed, false for a missing one, and the names of those to write.
local org_fields, dirty

-- By project, the queues that this step has read, and the capability sets of their fields sets:<project>.
local projects, project_sets

-- What the step has counted for the figures, by field; nil for nothing.
local counted

-- Lines that the step adds to the event log; nil for none.
local logged

-- Retired workers whose records the call has deleted; nil for none.
local departed

-- Hints of the call, as keys, nil for none; and a list of those to publish, which names a hint once for each call.
local hinted, told

-- How many sessions need each capability set that this step has read, the number of sets in use, and the latest one's.
local refs, live_sets, last_set

-- Counts of a sweep, and the damaged records that it met.
local swept, broken

-- True if Redis is full, and carries the step out since it frees memory.
local full

-- True if the server takes no writes, and the function only reads.
local reading
