-- Whether a session has that message unacknowledged; `member` is u<id> or n<id>.
local function has_message(s, member)
  local lane = sub(member, 1, 1) == 'u' and 'urgent:' or 'normal:'
  return call('ZSCORE', AREA .. lane .. s.id, sub(member, 2)) or call('ZSCORE', AREA .. 'offered:' .. s.id, member)
end

-- Takes messages that it has out of its inbox. check_post was asked before.
local function acknowledge(s, members)
  for _, member in ipairs(members) do
    local lane, id = sub(member, 1, 1) == 'u' and 'urgent:' or 'normal:', sub(member, 2)
    call('ZREM', AREA .. lane .. s.id, id)
    call('ZREM', AREA .. 'offered:' .. s.id, member)
    call('ZREM', AREA .. 'nudges:' .. s.id, member)
    if s.told == '1' then
      call('HDEL', AREA .. 'told:' .. s.id, member)
    end
    call('HDEL', AREA .. 'messages:' .. s.id, id)
  end
  s.unacked = format('%d', s.unacked - #members)
  if s.unacked == '0' then
    s.told = '0'
    if s.place == 'CLAIMED' then
      call('ZREM', AREA .. 'mail:' .. s.owner, s.id)
    end
  end
end
