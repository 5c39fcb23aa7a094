-- Workers.
--
--   {org}:w:<id>   hash
--       state            dialect US seen US capacity US four flags: 1 if draining, if silent (its
--                        lease has run out), if drained by an operator, if retired, else 0 US size of
--                        its active set US time before which no message to it is readable, or none
--                        US no-shows, and behind blanks
--                        quarantines in a row and until when its hand-outs are judged
--                        US quarantined until US version that the rest is as of
--                        US sets of required capabilities that it has all of
--       a:<session>      token of its claim: the active set
--       last             its last poll: request id US, and <session> US <token> US for each claim; if
--                        jobs were offered, RS and their names, parted by RS
--       polled           when it last polled; none before the first
--       takes            projects it takes, `default` among them; empty means all
--       registered_by, hostname, projects, capabilities, details, active_count, registered_at
--                        what else it said of itself; names in lists are parted by RS
--       bytes            what it counts (StoredBytes)
--       machine          the machine it runs on, as in {org}:machines, if it said so
--       layout           as in {org}:org
--   {org}:leases        sorted set, worker -> time before which its lease can't run out. Signs of life
--                       don't move it: a sweep that finds such a time past looks at the record and
--                       puts the next one
--   {org}:silent        sorted set, silent worker -> its last sign of life
--   {org}:workers       sorted set, worker -> when it registered
--   {org}:mail:<id>     sorted set, active session with messages -> when one is readable
--   {org}:machines      hash: credential US machine -> the worker that registered there last
--
-- A worker is retired when another one registers from its machine: its record goes in the step in
-- which its active set becomes empty, which write_worker sees to.

local STATE = '^([%u_]+)\31(%d+)\31(%d+)\31([01])([01])([01])([01])\31(%d+)\31(%d*)\31(%d+) ?(%d*) ?(%d*)\31(%d+)\31(%d*)\31([%d ]*)$'

local function worker_state(dialect, seen, capacity, draining, silent, drained, retired, active, mail, no_shows,
  quarantines, judged, quarantined, version, sets)
  return dialect .. '\31' .. seen .. '\31' .. capacity .. '\31' .. draining .. silent .. drained .. retired .. '\31'
    .. active .. '\31' .. mail .. '\31' .. no_shows .. ' ' .. quarantines .. ' ' .. judged .. '\31' .. quarantined
    .. '\31' .. version .. '\31' .. sets
end

-- Whether a worker may be given work, but for its free slots and for what it nacked: docs/rules.md.
local function may_take(draining, drained, retired, quarantined)
  return draining == '0' and drained == '0' and retired == '0' and (quarantined == '0' or quarantined + 0 <= now)
end
