-- The end of a session.
--
--   {org}:urgent:<session>, {org}:normal:<session>  its unread messages: id -> sequence number
--   {org}:offered:<session>                         u<id> or n<id> -> when it is unread again
--   {org}:nudges:<session>                          u<id> or n<id> of its nudges, read or not -> 0
--   {org}:told:<session>                            hash, those that a poll told a snake-case worker of
--                                                   last: u<id> or n<id> -> that worker
--   {org}:messages:<session>                        hash: id -> message, made and read by callers
--   {org}:archive:<session>                         the same of those left unread at its latest end
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
  refs_of(s.set)
  if s.unacked ~= '0' then
    expect('hash', AREA .. 'messages:' .. s.id)
    expect('hash', AREA .. 'archive:' .. s.id)
    expect('zset', AREA .. 'archives')
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
    local messages, archive = AREA .. 'messages:' .. s.id, AREA .. 'archive:' .. s.id
    if s.stop ~= '' then
      call('HDEL', messages, s.stop)
    end
    if call('EXISTS', messages) == 1 then
      call('RENAME', messages, archive)
      call('ZADD', AREA .. 'archives', NOW, s.id)
    end
    call('UNLINK', AREA .. 'urgent:' .. s.id, AREA .. 'normal:' .. s.id, AREA .. 'offered:' .. s.id,
      AREA .. 'nudges:' .. s.id, AREA .. 'told:' .. s.id)
  end
  s.unacked, s.told, s.stop = '0', '0', ''
  if place == 'DEAD' then
    call('ZADD', AREA .. 'dead', s.ended, s.id)
    call('ZADD', AREA .. 'dead:' .. s.project, s.ended, s.id)
    count(p, 'DEAD', 1)
  else
    call('ZADD', AREA .. 'ended', s.ended, s.id)
    change_refs(s.set, -1)
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
