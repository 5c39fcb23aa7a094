-- The inbox of a session.
--
--   {org}:urgent:<session>, {org}:normal:<session>  sorted sets: unread message -> sequence number
--   {org}:offered:<session>                         sorted set: u<id> or n<id> -> when it is unread again
--   {org}:nudges:<session>                          sorted set, all scores 0: u<id> or n<id> of its nudges
--   {org}:told:<session>                            hash: u<id> or n<id> -> the snake-case worker that a poll told of
--                                                   it last
--   {org}:messages:<session>                        hash: id -> message: a line of JSON (MessageContent), LF, its text
--   {org}:archive:<session>, {org}:left:<session>   like messages and offered: the messages left unread at the end
--   {org}:acked:<session>                           list of the latest acknowledged messages: time US worker or ''
--                                                   US when last offered or 0 US id US message, its text cut;
--                                                   worker RS reason if it gave up on the message instead
--   {org}:lane:urgent, {org}:lane:normal            sorted sets: unacknowledged messages of live sessions,
--                                                   id US session -> sequence number
--   {org}:archives                                  sorted set: session -> when it was archived
--
-- An id is <time sent>-<sequence number>. `member` is u<id> or n<id>: u in the urgent lane, n in the normal one.

-- Returns the size of a message. The line of JSON counts as LINE_BYTES.
function Inbox.bytes_of(content)
  return Rules.LINE_BYTES + #content - (find(content, '\n', 1, true) or 0)
end

function Inbox.sequence_of(message)
  return tonumber(match(message, '%-(%d+)$') or 0)
end

-- Adds to the size of a session's messages.
function Inbox.count_texts(s, by)
  local bytes = (call('HGET', AREA .. 'texts', s.id) or 0) + by
  if s.unacked == '0' then
    Step.count_bytes(by - bytes)
    call('HDEL', AREA .. 'texts', s.id)
  else
    Step.count_bytes(by)
    call('HSET', AREA .. 'texts', s.id, format('%d', bytes))
  end
end

-- Checks the types of what post and acknowledge write.
function Inbox.check(s)
  for _, kind in ipairs({ 'urgent', 'normal', 'offered', 'nudges' }) do
    Step.expect('zset', AREA .. kind .. ':' .. s.id)
  end
  Step.expect('zset', AREA .. 'lane:urgent')
  Step.expect('zset', AREA .. 'lane:normal')
  Step.expect('hash', AREA .. 'messages:' .. s.id)
  Step.expect('hash', AREA .. 'texts')
  if s.told == '1' then
    Step.expect('hash', AREA .. 'told:' .. s.id)
  end
  if s.place == 'CLAIMED' then
    Step.expect('zset', AREA .. 'mail:' .. s.owner)
  end
end

-- Stores an unacknowledged message. `hidden_until`: end of its latest offer, or '0' if it is unread; `w`: record of the
-- owner, if there is one.
function Inbox.keep(s, w, lane, id, number, content, nudge, hidden_until)
  local member = sub(lane, 1, 1) .. id
  call('HSET', AREA .. 'messages:' .. s.id, id, content)
  if hidden_until == '0' then
    call('ZADD', AREA .. lane .. ':' .. s.id, number, id)
  else
    call('ZADD', AREA .. 'offered:' .. s.id, hidden_until, member)
  end
  call('ZADD', AREA .. 'lane:' .. lane, number, id .. '\31' .. s.id)
  if nudge then
    call('ZADD', AREA .. 'nudges:' .. s.id, '0', member)
  end
  s.unacked = format('%d', s.unacked + 1)
  Inbox.count_texts(s, Inbox.bytes_of(content))
  if w then
    call('ZADD', AREA .. 'mail:' .. w.id, 0, s.id)
    w.mail = '0'
    Step.hint('M', w.id)
  end
end

-- Stores a new message and returns its id.
function Inbox.post(s, w, lane, content, nudge)
  local number = format('%d', org.seq + 1)
  local id = NOW .. '-' .. number
  Inbox.keep(s, w, lane, id, number, content, nudge, '0')
  return id
end

-- True if a message is unacknowledged.
function Inbox.has(s, member)
  local lane = sub(member, 1, 1) == 'u' and 'urgent:' or 'normal:'
  return call('ZSCORE', AREA .. lane .. s.id, sub(member, 2)) or call('ZSCORE', AREA .. 'offered:' .. s.id, member)
end

-- Sorts members by the age of their messages.
function Inbox.by_age(members)
  table.sort(members, function(a, b) return Inbox.sequence_of(a) < Inbox.sequence_of(b) end)
  return members
end

-- Returns a message with its text cut: Message.excerpt.
function Inbox.excerpt(content)
  local head = find(content, '\n', 1, true) or 0
  local stop = head + Rules.EXCERPT_BYTES
  if #content <= stop then
    return content
  end
  -- The next byte must begin a character.
  while find(sub(content, stop + 1, stop + 1), '^[\128-\191]') do
    stop = stop - 1
  end
  return sub(content, 1, stop) .. Rules.CUT
end

-- Returns when a message was last offered, or 0: one visibility before the time until which it is hidden.
function Inbox.offered_at(hidden_until)
  return hidden_until and format('%d', hidden_until - Rules.VISIBILITY_MS) or '0'
end

-- Decides that a worker ('' for none) acknowledges these members. `given_up`: the reasons, by member, of those that it
-- gave up on instead. Returns a plan.
function Inbox.decide_acknowledge(s, members, by, given_up)
  local plan = { members = members, lines = {}, bytes = 0 }
  for _, member in ipairs(members) do
    local id = sub(member, 2)
    local content = call('HGET', AREA .. 'messages:' .. s.id, id)
    if content then
      plan.bytes = plan.bytes + Inbox.bytes_of(content)
      local reason = given_up and given_up[member]
      plan.lines[#plan.lines + 1] = NOW .. '\31' .. by .. (reason and '\30' .. reason or '') .. '\31'
        .. Inbox.offered_at(call('ZSCORE', AREA .. 'offered:' .. s.id, member)) .. '\31' .. id .. '\31' .. Inbox.excerpt(content)
    end
  end
  return plan
end

-- Adds lines of acknowledged messages.
function Inbox.keep_acked(id, lines)
  local key = AREA .. 'acked:' .. id
  local size = Step.try(call, 'RPUSH', key, unpack(lines))
  if size and size > Rules.MAX_ACKED then
    call('LTRIM', key, -Rules.MAX_ACKED, -1)
  end
end

-- Applies it, after check_post.
function Inbox.acknowledge(s, plan)
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
    Inbox.keep_acked(s.id, plan.lines)
  end
  s.unacked = format('%d', s.unacked - #plan.members)
  Inbox.count_texts(s, -plan.bytes)
  if s.unacked == '0' then
    s.told = '0'
    if s.place == 'CLAIMED' then
      call('ZREM', AREA .. 'mail:' .. s.owner, s.id)
    end
  end
end

-- Removes the unread messages of an ended session from a lane.
function Inbox.leave_lane(s, lane, offered)
  local left = {}
  for _, id in ipairs(call('ZRANGE', AREA .. lane .. ':' .. s.id, 0, -1)) do
    left[#left + 1] = id .. '\31' .. s.id
  end
  for _, member in ipairs(offered) do
    if sub(member, 1, 1) == sub(lane, 1, 1) then
      left[#left + 1] = sub(member, 2) .. '\31' .. s.id
    end
  end
  -- A bounded number of arguments per call.
  for i = 1, #left, 1000 do
    call('ZREM', AREA .. 'lane:' .. lane, unpack(left, i, math.min(i + 999, #left)))
  end
end

-- Archives the unread messages of an ended session, without its stop.
function Inbox.leave(s)
  local messages, offered = AREA .. 'messages:' .. s.id, AREA .. 'offered:' .. s.id
  local members = call('ZRANGE', offered, 0, -1)
  Inbox.leave_lane(s, 'urgent', members)
  Inbox.leave_lane(s, 'normal', members)
  local bytes = (call('HGET', AREA .. 'texts', s.id) or 0) + 0
  call('HDEL', AREA .. 'texts', s.id)
  local gone = bytes
  if s.stop ~= '' then
    local content = call('HGET', messages, s.stop)
    if content then
      bytes = bytes - Rules.LINE_BYTES - #content + (find(content, '\n', 1, true) or 0)
    end
    call('HDEL', messages, s.stop)
    call('ZREM', offered, 'u' .. s.stop)
  end
  if call('EXISTS', messages) == 1 then
    call('RENAME', messages, AREA .. 'archive:' .. s.id)
    gone = gone - bytes + (call('HGET', AREA .. 'archived', s.id) or 0)
    call('HSET', AREA .. 'archived', s.id, format('%d', bytes))
    if call('EXISTS', offered) == 1 then
      call('RENAME', offered, AREA .. 'left:' .. s.id)
    else
      call('UNLINK', AREA .. 'left:' .. s.id)
    end
    call('ZADD', AREA .. 'archives', NOW, s.id)
  end
  Step.count_bytes(-gone)
  call('UNLINK', AREA .. 'urgent:' .. s.id, AREA .. 'normal:' .. s.id, offered, AREA .. 'nudges:' .. s.id,
    AREA .. 'told:' .. s.id)
end
