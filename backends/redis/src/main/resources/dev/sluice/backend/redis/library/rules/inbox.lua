-- The inbox of a session.
--
--   {org}:urgent:<session>, {org}:normal:<session>  sorted sets: unread message -> sequence number
--   {org}:offered:<session>                         sorted set: member -> when it is unread again
--   {org}:nudges:<session>                          sorted set, all scores 0: members of its nudges
--   {org}:told:<session>                            hash: member -> the snake-case worker that a poll told of it last
--   {org}:messages:<session>                        hash: id -> message: a line of JSON (MessageContent), LF, its text
--   {org}:archive:<session>, {org}:left:<session>   like messages and offered: the messages left unread at the end
--   {org}:acked:<session>                           list of the latest acknowledged messages: time US worker or ''
--                                                   US when last offered or 0 US id US message, its text cut;
--                                                   worker RS reason if it gave up on the message instead
--   {org}:lane:urgent, {org}:lane:normal            sorted sets: unacknowledged messages of live sessions,
--                                                   id US session -> sequence number
--   {org}:archives                                  sorted set: session -> when it was archived
--
-- An id is <time sent>-<sequence number>. A member is u<id> or n<id>: u in the urgent lane, n in the normal one.

Inbox.LANES = { 'urgent', 'normal' }

-- Returns the lane of a member.
function Inbox.lane_of(member)
  return sub(member, 1, 1) == 'u' and 'urgent' or 'normal'
end

function Inbox.member(lane, id)
  return sub(lane, 1, 1) .. id
end

-- Returns the size of a message. The line of JSON counts as LINE_BYTES.
function Inbox.bytes_of(content)
  return Rules.LINE_BYTES + #content - (find(content, '\n', 1, true) or 0)
end

-- Returns the sequence number in an id or a member.
function Inbox.sequence_of(message)
  return tonumber(match(message, '%-(%d+)$') or 0)
end

-- Adds to the size of a session's messages. Without unacknowledged ones there is none left.
local function count_texts(s, by)
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
  Pages.check('urgent:' .. s.id, 'normal:' .. s.id, 'offered:' .. s.id, 'nudges:' .. s.id, 'lane:urgent', 'lane:normal')
  Step.expect('hash', AREA .. 'messages:' .. s.id)
  Step.expect('hash', AREA .. 'texts')
  if s.told == '1' then
    Step.expect('hash', AREA .. 'told:' .. s.id)
  end
  if s.place == 'CLAIMED' then
    Pages.check('mail:' .. s.owner)
  end
end

-- Stores an unacknowledged message. `hidden_until`: end of its latest offer, or '0' if it is unread; `w`: record of the
-- owner, if there is one.
function Inbox.keep(s, w, lane, id, number, content, nudge, hidden_until)
  local member = Inbox.member(lane, id)
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
  count_texts(s, Inbox.bytes_of(content))
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
  return call('ZSCORE', AREA .. Inbox.lane_of(member) .. ':' .. s.id, sub(member, 2))
    or call('ZSCORE', AREA .. 'offered:' .. s.id, member)
end

-- Sorts ids or members by the age of their messages.
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
  local plan = { members = members, lines = {}, bytes = 0, by = by, given_up = given_up or {} }
  for _, member in ipairs(members) do
    local id = sub(member, 2)
    local content = call('HGET', AREA .. 'messages:' .. s.id, id)
    if content then
      local reason = given_up and given_up[member]
      local offered_at = Inbox.offered_at(call('ZSCORE', AREA .. 'offered:' .. s.id, member))
      plan.bytes = plan.bytes + Inbox.bytes_of(content)
      plan.lines[#plan.lines + 1] = NOW .. '\31' .. by .. (reason and '\30' .. reason or '') .. '\31' .. offered_at
        .. '\31' .. id .. '\31' .. Inbox.excerpt(content)
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

-- Returns the lines of acknowledged messages.
function Inbox.acked(id)
  return call('LRANGE', AREA .. 'acked:' .. id, -Rules.MAX_ACKED, -1)
end

-- Applies the plan, after `check`.
function Inbox.acknowledge(s, plan)
  for _, member in ipairs(plan.members) do
    local lane, id = Inbox.lane_of(member), sub(member, 2)
    call('ZREM', AREA .. lane .. ':' .. s.id, id)
    call('ZREM', AREA .. 'lane:' .. lane, id .. '\31' .. s.id)
    call('ZREM', AREA .. 'offered:' .. s.id, member)
    call('ZREM', AREA .. 'nudges:' .. s.id, member)
    if s.told == '1' then
      call('HDEL', AREA .. 'told:' .. s.id, member)
    end
    call('HDEL', AREA .. 'messages:' .. s.id, id)
    if not plan.given_up[member] then
      Events.of_message('ACKNOWLEDGED', s, plan.by, id)
    end
  end
  if plan.lines[1] then
    Inbox.keep_acked(s.id, plan.lines)
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

-- Removes the unread messages of an ended session from a lane. `offered`: members that were offered.
local function leave_lane(s, lane, offered)
  local left = {}
  for _, id in ipairs(call('ZRANGE', AREA .. lane .. ':' .. s.id, 0, -1)) do
    left[#left + 1] = id .. '\31' .. s.id
  end
  for _, member in ipairs(offered) do
    if Inbox.lane_of(member) == lane then
      left[#left + 1] = sub(member, 2) .. '\31' .. s.id
    end
  end
  Pages.each_part(left, function(...) call('ZREM', AREA .. 'lane:' .. lane, ...) end)
end

-- Deletes the stop message of an ended session, if it has one. Returns its size.
local function drop_stop(s)
  if s.stop == '' then
    return 0
  end
  local messages = AREA .. 'messages:' .. s.id
  local content = call('HGET', messages, s.stop)
  call('HDEL', messages, s.stop)
  call('ZREM', AREA .. 'offered:' .. s.id, 'u' .. s.stop)
  return content and Inbox.bytes_of(content) or 0
end

-- Archives the unread messages of an ended session, of this size. Returns how much the archive has grown.
local function archive(s, bytes)
  local messages, offered = AREA .. 'messages:' .. s.id, AREA .. 'offered:' .. s.id
  if call('EXISTS', messages) == 0 then
    return 0
  end
  call('RENAME', messages, AREA .. 'archive:' .. s.id)
  local before = call('HGET', AREA .. 'archived', s.id) or 0
  call('HSET', AREA .. 'archived', s.id, format('%d', bytes))
  if call('EXISTS', offered) == 1 then
    call('RENAME', offered, AREA .. 'left:' .. s.id)
  else
    call('UNLINK', AREA .. 'left:' .. s.id)
  end
  call('ZADD', AREA .. 'archives', NOW, s.id)
  return bytes - before
end

-- Archives the unread messages of an ended session, except its stop.
function Inbox.leave(s)
  local members = call('ZRANGE', AREA .. 'offered:' .. s.id, 0, -1)
  leave_lane(s, 'urgent', members)
  leave_lane(s, 'normal', members)
  local bytes = (call('HGET', AREA .. 'texts', s.id) or 0) + 0
  call('HDEL', AREA .. 'texts', s.id)
  Step.count_bytes(archive(s, bytes - drop_stop(s)) - bytes)
  call('UNLINK', AREA .. 'urgent:' .. s.id, AREA .. 'normal:' .. s.id, AREA .. 'offered:' .. s.id,
    AREA .. 'nudges:' .. s.id, AREA .. 'told:' .. s.id)
end
