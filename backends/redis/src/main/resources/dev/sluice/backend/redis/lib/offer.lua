-- The messages of polls and refreshes. inbox.lua has the layout; {org}:mail is in worker.lua.

-- Returns the messages of a lane that may be offered now, oldest first, at most MESSAGES_PER_READ of the unread ones,
-- and their number. `again`: members whose visibility has passed.
local function readable(lane, session, again)
  local key = AREA .. lane .. ':' .. session
  local unread = call('ZRANGE', key, 0, MESSAGES_PER_READ - 1)
  local waiting = call('ZCARD', key)
  local list = {}
  for _, message in ipairs(unread) do
    list[#list + 1] = { id = message, at = sequence_of(message), from = key }
  end
  local letter = sub(lane, 1, 1)
  for _, member in ipairs(again) do
    if sub(member, 1, 1) == letter then
      local message = sub(member, 2)
      waiting = waiting + 1
      list[#list + 1] = { id = message, at = sequence_of(message) }
    end
  end
  table.sort(list, function(a, b) return a.at < b.at end)
  return list, waiting
end

-- Decides the messages to offer; none if the worker doesn't own the session. Refuses a damaged inbox. `snake`: a
-- snake-case worker. `repeats`: it asks again for what its last poll told it.
local function decide_offer(worker, session, snake, repeats)
  local s = read_session(session)
  if not s then
    return false
  end
  if s.place ~= 'CLAIMED' or s.owner ~= worker then
    return { session = session, taken = {} }
  end
  local offered = AREA .. 'offered:' .. session
  local again = call('ZRANGEBYSCORE', offered, '-inf', now)
  local told = AREA .. 'told:' .. session
  if snake or s.told == '1' then
    expect('hash', told)
  end
  local once_more
  if repeats and s.told == '1' then
    local seen = {}
    for _, member in ipairs(again) do
      seen[member] = true
    end
    local list = call('HGETALL', told)
    for i = 1, #list, 2 do
      if list[i + 1] == worker and not seen[list[i]] then
        again[#again + 1] = list[i]
        once_more = once_more or list[i] == 'u' .. s.stop
      end
    end
  end
  local urgent, urgent_waiting = readable('urgent', session, again)
  local normal, normal_waiting = readable('normal', session, again)
  if s.stop ~= '' then
    -- The only message of a stopped session is its stop.
    local only = {}
    local hidden_until = call('ZSCORE', offered, 'u' .. s.stop)
    if not hidden_until or tonumber(hidden_until) <= now or once_more then
      only[1] = { id = s.stop, at = 0, from = AREA .. 'urgent:' .. session }
    end
    urgent, normal, urgent_waiting, normal_waiting = only, {}, #only, 0
  end
  -- Rules.normalTaken
  local normals = math.min(normal_waiting, math.max(NORMAL_SHARE, MESSAGES_PER_READ - urgent_waiting))
  local urgents = math.min(urgent_waiting, MESSAGES_PER_READ - normals)

  local taken, ids = {}, {}
  for i = 1, urgents do
    taken[i] = urgent[i]
    taken[i].lane = 'urgent'
  end
  for i = 1, normals do
    taken[urgents + i] = normal[i]
    normal[i].lane = 'normal'
  end
  local nearest = now + VISIBILITY_MS
  if #taken > 0 then
    for i, message in ipairs(taken) do
      ids[i] = message.id
    end
    for i, content in ipairs(call('HMGET', AREA .. 'messages:' .. session, unpack(ids))) do
      if not content then
        damaged('inbox of ' .. session)
      end
      taken[i].content = content
    end
  end
  if urgent_waiting + normal_waiting > #taken then
    nearest = 0
  else
    local next_hidden = call('ZRANGEBYSCORE', offered, '(' .. NOW, '+inf', 'WITHSCORES', 'LIMIT', 0, 1)
    if next_hidden[2] then
      nearest = math.min(nearest, tonumber(next_hidden[2]))
    end
  end
  return { session = session, s = s, told = told, taken = taken, nearest = nearest }
end

-- Makes the messages readable that a poll at this time has offered to a worker, for the same call. Returns the time
-- before which no other message is readable.
local function read_again(worker, polled)
  local till, mail = format('%d', polled + VISIBILITY_MS), AREA .. 'mail:' .. worker
  for _, session in ipairs(redis.pcall('ZRANGE', mail, 0, -1)) do
    local offered = AREA .. 'offered:' .. session
    local hidden = redis.pcall('ZRANGEBYSCORE', offered, till, till)
    for _, member in ipairs(hidden) do
      call('ZADD', offered, 0, member)
    end
    if hidden[1] then
      call('ZADD', mail, 0, session)
    end
  end
  return '0'
end

-- Offers a worker the readable messages of its active sessions, not of those handed out in this poll. Adds them to the
-- reply, and names of damaged inboxes to `broken`. Returns the time before which no other message is readable, or ''.
local function offer_messages(worker, reply, broken, snake, repeats)
  local handed_out = {}
  for i = 8, #reply, 4 do
    handed_out[reply[i]] = true
  end
  local mail = AREA .. 'mail:' .. worker
  local nearest
  local list = redis.pcall('ZRANGE', mail, 0, -1, 'WITHSCORES')
  if list.err then
    broken[#broken + 1] = 'mail\31' .. worker
    return format('%d', now + VISIBILITY_MS)
  end
  for i = 1, #list, 2 do
    local session, at = list[i], tonumber(list[i + 1])
    if (at <= now or repeats) and not handed_out[session] then
      at = now + VISIBILITY_MS
      if not passes(function()
        local offer = decide_offer(worker, session, snake, repeats)
        if not offer then
          return false
        end
        at = offer.nearest
        for _, message in ipairs(offer.taken) do
          if message.from then
            call('ZREM', message.from, message.id)
          end
          local member = sub(message.lane, 1, 1) .. message.id
          call('ZADD', AREA .. 'offered:' .. session, now + VISIBILITY_MS, member)
          if snake then
            call('HSET', offer.told, member, worker)
          elseif offer.s.told == '1' then
            call('HDEL', offer.told, member)
          end
          local n = #reply
          reply[n + 1], reply[n + 2], reply[n + 3], reply[n + 4] =
            session, message.id, NOW, message.content
        end
        if snake and offer.taken[1] and offer.s.told == '0' then
          offer.s.told = '1'
          write_session(offer.s)
        end
        if at then
          call('ZADD', mail, at, session)
        else
          call('ZREM', mail, session)
        end
      end) then
        broken[#broken + 1] = 'inbox\31' .. session
      end
    end
    if at and (not nearest or at < nearest) then
      nearest = at
    end
  end
  return nearest and format('%d', nearest) or ''
end

-- Decides the message of a refresh, or nil; `gone` has the `going` messages that are acknowledged before. The second
-- result is true if the message can't be read.
local function decide_inject(s, gone, going)
  local hidden_before = call('ZRANGEBYSCORE', AREA .. 'offered:' .. s.id, '-inf', now)
  local best = {}
  local function candidate(letter, id, from)
    local at, number = match(id, '^(%d+)%-(%d+)$')
    number = tonumber(number or 0)
    if not gone[letter .. id] and not (best[letter] and best[letter].number < number) then
      best[letter] = { letter = letter, id = id, number = number, at = tonumber(at or 0), from = from }
    end
  end
  for letter, lane in pairs({ u = 'urgent:', n = 'normal:' }) do
    local key = AREA .. lane .. s.id
    for _, id in ipairs(call('ZRANGE', key, 0, going)) do
      candidate(letter, id, key)
    end
  end
  for _, member in ipairs(hidden_before) do
    candidate(sub(member, 1, 1), sub(member, 2))
  end
  local urgent, normal = best.u, best.n
  local offer = urgent or normal
  if urgent and normal and normal.number < urgent.number and now - normal.at >= NORMAL_PATIENCE_MS then
    offer = normal
  end
  if not offer then
    return nil, false
  end
  offer.content = call('HGET', AREA .. 'messages:' .. s.id, offer.id)
  if not offer.content then
    return nil, true
  end
  return offer, false
end

-- Takes back offers of messages that never arrived.
local function withdraw(s, w, members)
  for _, member in ipairs(members) do
    local id = sub(member, 2)
    call('ZADD', AREA .. (sub(member, 1, 1) == 'u' and 'urgent:' or 'normal:') .. s.id, sequence_of(id), id)
    call('ZREM', AREA .. 'offered:' .. s.id, member)
    call('HDEL', AREA .. 'told:' .. s.id, member)
  end
  call('ZADD', AREA .. 'mail:' .. w.id, '0', s.id)
  w.mail = '0'
end

-- Of the messages that polls told a snake-case worker of, acknowledges those that it has read, and takes back those that
-- it never got. Adds names of damaged sessions to `broken`. True if it wrote anything.
local function settle_told(w, broken, fate_of)
  local sessions, wrote = redis.pcall('ZRANGE', AREA .. 'mail:' .. w.id, 0, -1), false
  if sessions.err then
    return false
  end
  table.sort(sessions, bytes_before)
  for _, session in ipairs(sessions) do
    if not passes(function()
      local s = read_session(session)
      if not s then
        return false
      elseif s.told == '0' or s.place ~= 'CLAIMED' or s.owner ~= w.id then
        return true
      end
      check_post(s)
      local list, mine, lost, plan = call('HGETALL', AREA .. 'told:' .. session), {}, {}, nil
      for i = 1, #list, 2 do
        local member = list[i]
        local fate = list[i + 1] == w.id
          and fate_of(offered_at(call('ZSCORE', AREA .. 'offered:' .. session, member)) + 0)
        if fate == 'READ' then
          mine[#mine + 1] = member
          if member == 'u' .. s.stop then
            plan = decide_end(s, 'ended')
          end
        elseif fate == 'LOST' then
          lost[#lost + 1] = member
        end
      end
      if lost[1] then
        -- INSERT
        withdraw(s, w, lost)
        wrote = true
      end
      if mine[1] then
        acknowledge(s, decide_acknowledge(s, by_age(mine), w.id))
        if plan then
          release(s, w, plan, 'acknowledged')
        end
        write_session(s)
        wrote = true
      end
    end) then
      broken[#broken + 1] = session
    end
  end
  return wrote
end
