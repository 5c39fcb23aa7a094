-- How messages are acknowledged: lib/ending.lua has the layout of an inbox.

-- Whether a session has that message unacknowledged; `member` is u<id> or n<id>.
local function has_message(s, member)
  local lane = sub(member, 1, 1) == 'u' and 'urgent:' or 'normal:'
  return call('ZSCORE', AREA .. lane .. s.id, sub(member, 2)) or call('ZSCORE', AREA .. 'offered:' .. s.id, member)
end

-- Puts members in the order in which their messages were sent, and answers them.
local function by_age(members)
  table.sort(members, function(a, b)
    return tonumber(match(a, '%-(%d+)$') or 0) < tonumber(match(b, '%-(%d+)$') or 0)
  end)
  return members
end

-- Decides to acknowledge messages that it has, for that worker or ''. Answers them with the lines that
-- stay of them.
local function decide_acknowledge(s, members, by)
  local plan = { members = members, lines = {}, bytes = 0 }
  for _, member in ipairs(members) do
    local id = sub(member, 2)
    local content = call('HGET', AREA .. 'messages:' .. s.id, id)
    if content then
      plan.bytes = plan.bytes + bytes_of_message(content)
      plan.lines[#plan.lines + 1] = NOW .. '\31' .. by .. '\31'
        .. offered_at(call('ZSCORE', AREA .. 'offered:' .. s.id, member)) .. '\31' .. id .. '\31' .. excerpt(content)
    end
  end
  return plan
end

-- Takes them out of its inbox. check_post was asked before.
local function acknowledge(s, plan)
  for _, member in ipairs(plan.members) do
    local lane, id = sub(member, 1, 1) == 'u' and 'urgent' or 'normal', sub(member, 2)
    call('ZREM', AREA .. lane .. ':' .. s.id, id)
    call('ZREM', AREA .. 'lane:' .. lane, id .. '\31' .. s.id)
    call('ZREM', AREA .. 'offered:' .. s.id, member)
    call('ZREM', AREA .. 'nudges:' .. s.id, member)
    if s.told == '1' then
      call('HDEL', AREA .. 'told:' .. s.id, member)
    end
    call('HDEL', AREA .. 'messages:' .. s.id, id)
  end
  if plan.lines[1] then
    -- A list of another type must not undo half a step.
    local key = AREA .. 'acked:' .. s.id
    local size = redis.pcall('RPUSH', key, unpack(plan.lines))
    if type(size) == 'number' and size > MAX_ACKED then
      call('LTRIM', key, -MAX_ACKED, -1)
    end
  end
  s.unacked = format('%d', s.unacked - #plan.members)
  count_texts(s, -plan.bytes)
  if s.unacked == '0' then
    s.told = '0'
    if s.place == 'CLAIMED' then
      call('ZREM', AREA .. 'mail:' .. s.owner, s.id)
    end
  end
end
