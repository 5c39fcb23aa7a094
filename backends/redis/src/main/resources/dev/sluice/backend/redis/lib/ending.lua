-- Ending a session, and giving it back to the queue.
--
--   {org}:urgent:<session>, {org}:normal:<session>  its unread messages: id -> sequence number
--   {org}:offered:<session>                         u<id> or n<id> -> when it is unread again
--   {org}:messages:<session>                        hash: id -> message, made and read by callers

local refs = {}

-- How many live sessions need that set of capabilities.
local function refs_of(set_id)
  local known = refs[set_id]
  if not known then
    known = tonumber(call('HGET', ORG, 'refs:' .. set_id) or 0)
    if not known then
      damaged(ORG)
    end
    refs[set_id] = known
  end
  return known
end

local function let_go_of_set(set_id)
  local left = refs[set_id] - 1
  refs[set_id] = left
  set('refs:' .. set_id, left)
  if left == 0 then
    sets = sets - 1
    set('sets', sets)
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
  let_go_of_set(s.set)
end

-- A claim returns to the queue, with its original score; `put` was decided before.
local function give_back(s, w, put, place)
  leave_slot(w, s)
  count('CLAIMED', -1)
  count(place, 1)
  s.place = place
  s.state = 'PENDING'
  s.owner = ''
  s.updated = now
  apply_put(put)
end

-- The same after silence: one more attempt, and the owner may come back.
local function lose(s, w, put)
  s.lost_by = s.owner
  s.lost_token = s.token
  s.attempts = s.attempts + 1
  give_back(s, w, put, 'READY')
end
