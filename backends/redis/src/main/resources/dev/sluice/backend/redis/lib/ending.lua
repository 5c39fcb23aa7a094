-- The end of a session.
--
--   {org}:urgent:<session>, {org}:normal:<session>  its unread messages: id -> sequence number
--   {org}:offered:<session>                         u<id> or n<id> -> when it is unread again
--   {org}:nudges:<session>                          u<id> or n<id> of its nudges, read or not -> 0
--   {org}:told:<session>                            hash, those that a poll told a snake-case worker of
--                                                   last: u<id> or n<id> -> that worker
--   {org}:messages:<session>                        hash: id -> message: what callers made and read of it
--                                                   (a line of JSON), LF, its text
--   {org}:archive:<session>, {org}:left:<session>   the same and the same as offered: of those left unread
--                                                   at its latest end
--   {org}:acked:<session>                           list, the latest it acknowledged: time US worker or ''
--                                                   US when it was last offered or 0 US id US message,
--                                                   its text cut (lib/excerpt.lua)
--   {org}:lane:urgent, {org}:lane:normal            sorted sets, what all live sessions have not
--                                                   acknowledged: id US session -> sequence number
--   {org}:archives                                  sorted set, session -> when that was
--   {org}:ended, {org}:dead                         sorted sets, session -> when it ended
--   {org}:dead:<project>                            the same of one project

-- A claimed session that is alone in its issue ends without lib/issue.lua and lib/queue.lua.

-- Decides that a waiting or claimed session ends, in one of the two sets above.
local function decide_end(s, kept)
  expect('zset', AREA .. kept)
  if kept == 'dead' then
    expect('zset', AREA .. 'dead:' .. s.project)
  end
  refs_of(s.set, s.project)
  if s.unacked ~= '0' then
    expect('hash', AREA .. 'messages:' .. s.id)
    expect('hash', AREA .. 'archive:' .. s.id)
    expect('hash', AREA .. 'texts')
    expect('hash', AREA .. 'archived')
    expect('zset', AREA .. 'archives')
    expect('zset', AREA .. 'lane:urgent')
    expect('zset', AREA .. 'lane:normal')
    expect('zset', AREA .. 'offered:' .. s.id)
    expect('zset', AREA .. 'urgent:' .. s.id)
    expect('zset', AREA .. 'normal:' .. s.id)
  end
  if s.place == 'CLAIMED' then
    check_slot(s, s.owner)
    project_of(s.project)
    return s.issue ~= '' and decide_issue(s, 'leave') or {}
  end
  return decide_leave(s, 'leave')
end

-- What it cost is spent by its project.
local function charge(p, cost)
  if p.budget then
    local day = today()
    if p.day ~= day then
      p.day, p.spent = day, 0
    end
    p.spent = math.min(p.spent + cost, 9e15)
  end
end

-- What is unread of a lane of an ended session is no longer unread in its org.
local function leave_lane(s, lane, offered)
  local left = {}
  for _, id in ipairs(call('ZRANGE', AREA .. lane .. ':' .. s.id, 0, -1)) do
    left[#left + 1] = id .. '\31' .. s.id
  end
  for _, member in ipairs(offered) do
    if sub(member, 1, 1) == sub(lane, 1, 1) then
      left[#left + 1] = sub(member, 2) .. '\31' .. s.id
    end
  end
  -- A bounded number of arguments a call.
  for i = 1, #left, 1000 do
    call('ZREM', AREA .. 'lane:' .. lane, unpack(left, i, math.min(i + 999, #left)))
  end
end

-- What is unread of an ended session is kept as its archive, but for its stop.
local function leave_inbox(s)
  local messages, offered = AREA .. 'messages:' .. s.id, AREA .. 'offered:' .. s.id
  local members = call('ZRANGE', offered, 0, -1)
  leave_lane(s, 'urgent', members)
  leave_lane(s, 'normal', members)
  local bytes = (call('HGET', AREA .. 'texts', s.id) or 0) + 0
  call('HDEL', AREA .. 'texts', s.id)
  local gone = bytes
  if s.stop ~= '' then
    local content = call('HGET', messages, s.stop)
    if content then
      bytes = bytes - LINE_BYTES - #content + (find(content, '\n', 1, true) or 0)
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
  count_bytes(-gone)
  call('UNLINK', AREA .. 'urgent:' .. s.id, AREA .. 'normal:' .. s.id, offered, AREA .. 'nudges:' .. s.id,
    AREA .. 'told:' .. s.id)
end

-- State, owner and times are the caller's. `w` as in leave_slot.
local function end_session(s, w, plan, place)
  local p = project_of(s.project)
  if s.place == 'CLAIMED' then
    leave_slot(w, s)
    count(p, 'CLAIMED', -1)
    if s.issue ~= '' then
      apply_issue(s, plan)
    end
    charge(p, s.cost)
  else
    leave(s, plan)
  end
  s.place = place
  s.lost_by, s.nacked_by, s.return_until, s.updated = '', '', '0', NOW
  if s.unacked ~= '0' then
    leave_inbox(s)
  end
  s.unacked, s.told, s.stop = '0', '0', ''
  if place == 'DEAD' then
    call('ZADD', AREA .. 'dead', s.ended, s.id)
    call('ZADD', AREA .. 'dead:' .. s.project, s.ended, s.id)
    count(p, 'DEAD', 1)
  else
    call('ZADD', AREA .. 'ended', s.ended, s.id)
    change_refs(s.set, s.project, -1)
  end
end

-- The end of a stopped session that was claimed; `why` is a detail of Event.Kind.RELEASED or nil.
local function release(s, w, plan, why)
  event(s, 'RELEASED', s.owner, why)
  end_session(s, w, plan, 'ENDED')
end

-- Gives a session up.
local function die(s, w, plan, reason)
  event(s, 'DEAD', s.owner, reason)
  s.state, s.dead, s.ended = 'FAILED', reason, NOW
  end_session(s, w, plan, 'DEAD')
  s.owner = ''
end
