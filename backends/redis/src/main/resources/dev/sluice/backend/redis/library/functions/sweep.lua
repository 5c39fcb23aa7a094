-- A step of a sweep.

-- Notes of damage that can't be checked again are kept this long.
local DAMAGE_MS = 600000

-- Deletes notes of damage that is repaired, and old ones of damage that can't be checked again.
local function forget_damage()
  local noted = redis.pcall('ZRANGE', AREA .. 'damaged', 0, -1, 'WITHSCORES')
  for i = 1, #noted, 2 do
    local name = noted[i]
    local forgotten
    if find(name, '\31', 1, true) then
      forgotten = noted[i + 1] + DAMAGE_MS < now
    else
      local s, refusal = Sessions.read(name)
      forgotten = refusal == 'UNKNOWN_SESSION' or s and call('EXISTS', AREA .. 'p:' .. name) == 1
    end
    if forgotten then
      call('ZREM', AREA .. 'damaged', name)
    end
  end
end

-- Deletes the capability sets of an org without work.
local function forget_sets()
  if Waiting.number_of(org) + org.claimed + org.dead ~= 0 or call('ZCARD', AREA .. 'ended') ~= 0 then
    return
  end
  local sets = redis.pcall('HVALS', AREA .. 'sets')
  if sets[1] then
    for _, set_id in ipairs(sets) do
      Step.set_field('refs:' .. set_id, false)
    end
    call('UNLINK', AREA .. 'sets')
    org.version = format('%d', org.version + 1)
    Step.commit(true)
  end
end

-- Carries out a step of a sweep. It stamps the org, and handles at most DUE_STEP due entries of each kind. Entries that
-- are not due are moved on and don't count, nor do damaged ones, which come again later.
--
-- Arguments  2 name of the node that sweeps
-- Result  lost leases, missed accepts, released, due entries, pruned records, 1 if there may be more, else 0, how far
--         the stored time is ahead of the clock, layout of the org
function Functions.sweep(args)
  Figures.add_new()
  -- An open org has no import.
  call('UNLINK', AREA .. 'import')
  Pages.check('leases', 'claimed', 'accepts', 'graces', 'silent', 'ended', 'dead', 'archives', 'due', 'jobs', 'jobs-over',
    'audit', 'audit-actors', 'replays', 'stop-runs')
  swept = { lost = 0, missed = 0, released = 0, due = 0, silenced = 0, freed = 0, pruned = 0, split = 0, more = false }
  broken = {}

  local gap, excused, heard = Expiry.stamp(args[2])
  if org.due ~= '0' and org.due + 0 <= now then
    local more
    swept.due, more = Due.handle(Rules.DUE_STEP)
    swept.more = swept.more or swept.due == Rules.DUE_STEP or more
  end
  local _, freed = Issues.look_at_parked(Rules.DUE_STEP)
  swept.freed, swept.more = freed, swept.more or freed > 0
  Expiry.end_claims(gap, excused, heard)
  Retention.prune()
  Figures.gauge()
  forget_damage()
  if broken[1] then
    Step.note_damage(broken)
  end
  Step.commit(swept.due + swept.lost + swept.missed + swept.released + swept.silenced + swept.freed + swept.pruned == 0)
  forget_sets()
  return { org.seq, 'OK', swept.lost, swept.missed, swept.released, swept.due, swept.pruned, swept.more and 1 or 0,
    now - CLOCK, org.layout + 0 }
end
