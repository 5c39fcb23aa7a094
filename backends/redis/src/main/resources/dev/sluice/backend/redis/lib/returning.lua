-- Claims that return to the queue, with their original score.

-- `put` was decided before.
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
  s.attempts = format('%d', s.attempts + 1)
  give_back(s, w, put, 'READY')
end
