-- What waits for a time.
--
--   {org}:due  sorted set: <kind> US <session id> -> when; the kind is `returned`
--
-- The org's `due` is a time before which none is due, so that a poll need not look.

-- An entry whose record is damaged is looked at again after this time.
local POSTPONED_MS = 60000

-- A back-off is over.
local function end_back_off(id)
  local s = read_session(id)
  if not s then
    return false
  end
  if s.place ~= 'RETURNED' then
    call('ZREM', AREA .. 'due', 'returned\31' .. id)
    return
  end
  local take = decide_leave_queue(s)
  local put = decide_put('ready', s)
  leave_queue(s, take)
  apply_put(put)
  count('RETURNED', -1)
  count('READY', 1)
  s.place = 'READY'
  write_session(s)
end

-- Handles up to `most` due entries, the first that were due first. Answers how many, and how many
-- it looked at. The caller commits.
local function handle_due(most)
  local entries = call('ZRANGE', AREA .. 'due', 0, most, 'WITHSCORES')
  local handled, looked, broken = 0, 0, {}
  local nearest = 0
  for i = 1, #entries, 2 do
    local at = tonumber(entries[i + 1])
    if at > now or looked == most then
      nearest = at
      break
    end
    looked = looked + 1
    local id = match(entries[i], '^returned\31(.*)$')
    if id and passes(end_back_off, id) then
      handled = handled + 1
    else
      broken[#broken + 1] = id or entries[i]
      call('ZADD', AREA .. 'due', now + POSTPONED_MS, entries[i])
    end
  end
  if #broken > 0 then
    note_damage(broken)
    nearest = nearest > 0 and math.min(nearest, now + POSTPONED_MS) or now + POSTPONED_MS
  end
  org.due = format('%d', nearest)
  return handled, looked
end
