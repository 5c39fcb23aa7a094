-- Ending a session, and giving it back to the queue.
--
--   {org}:urgent:<session>, {org}:normal:<session>  its unread messages: id -> sequence number
--   {org}:offered:<session>                         u<id> or n<id> -> when it is unread again
--   {org}:messages:<session>                        hash: id -> message, made and read by callers

local refs = {}
local live_sets, last_set = match(call('HGET', ORG, 'sets') or '0 0', '^(%d+) (%d+)$')
if not last_set then
  damaged(ORG)
end

-- How many live sessions need that set of capabilities.
local function refs_of(set_id)
  local known = refs[set_id]
  if not known then
    known = tonumber(call('HGET', ORG, 'refs:' .. set_id) or 0)
    refs[set_id] = known or damaged(ORG)
  end
  return known
end

local function change_refs(set_id, by)
  local before = refs[set_id]
  local after = before + by
  refs[set_id] = after
  call('HSET', ORG, 'refs:' .. set_id, after)
  if before == 0 or after == 0 then
    live_sets = live_sets + by
    call('HSET', ORG, 'sets', live_sets .. ' ' .. last_set)
  end
end

-- Decides the end of a session, wherever it is. A session that is about to be re-attached counts as
-- claimed by `worker_id`.
local function decide_end(s, worker_id)
  refs_of(s.set)
  if worker_id then
    check_slot(s, worker_id)
    return nil
  end
  return decide_leave_queue(s)
end

-- Applies it: slot and messages go; state and times are the caller's. `take` is what decide_end
-- answered, `w` the owner's record.
local function apply_end(s, w, take)
  if take then
    leave_queue(s, take)
  else
    leave_slot(w, s)
  end
  count(s.place, -1)
  s.place = 'ENDED'
  if s.unacked ~= '0' then
    call('UNLINK', AREA .. 'urgent:' .. s.id, AREA .. 'normal:' .. s.id, AREA .. 'offered:' .. s.id,
      AREA .. 'messages:' .. s.id)
  end
  s.unacked = '0'
  s.stop = ''
  change_refs(s.set, -1)
end

-- A claim returns to the queue, with its original score; `put` was decided before.
local function give_back(s, w, put, place)
  leave_slot(w, s)
  count('CLAIMED', -1)
  count(place, 1)
  s.place = place
  s.state = 'PENDING'
  s.owner = ''
  s.updated = NOW
  apply_put(put)
end

-- The same after silence: one more attempt, and the owner may come back.
local function lose(s, w, put)
  s.lost_by = s.owner
  s.lost_token = s.token
  s.attempts = s.attempts + 1
  give_back(s, w, put, 'READY')
end
