-- The messages of polls and refreshes. inbox.lua has the layout; {org}:mail is in worker.lua.

-- Returns the messages of a lane that may be offered now, oldest first, at most MESSAGES_PER_READ of the unread ones,
-- and their number. `again`: members whose visibility has passed.
function Offers.readable(lane, session, again)
  local key = AREA .. lane .. ':' .. session
  local unread = call('ZRANGE', key, 0, Rules.MESSAGES_PER_READ - 1)
  local waiting = call('ZCARD', key)
  local list = {}
  for _, message in ipairs(unread) do
    list[#list + 1] = { id = message, at = Inbox.sequence_of(message), from = key }
  end
  local letter = sub(lane, 1, 1)
  for _, member in ipairs(again) do
    if sub(member, 1, 1) == letter then
      local message = sub(member, 2)
      waiting = waiting + 1
      list[#list + 1] = { id = message, at = Inbox.sequence_of(message) }
    end
  end
  table.sort(list, function(a, b) return a.at < b.at end)
  return list, waiting
end

-- Decides the messages to offer, without their content; none if the worker doesn't own the session. Refuses a damaged
-- inbox. `snake`: a snake-case worker. `repeats`: it asks again for what its last poll told it.
function Offers.decide(worker, session, snake, repeats)
  local s = Sessions.read(session)
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
    Step.expect('hash', told)
  end
  local once_more, told_before = false, {}
  if repeats and s.told == '1' then
    local seen = {}
    for _, member in ipairs(again) do
      seen[member] = true
    end
    local list = call('HGETALL', told)
    for i = 1, #list, 2 do
      local member = list[i]
      if list[i + 1] == worker then
        told_before[#told_before + 1] = member
        if not seen[member] then
          again[#again + 1] = member
          once_more = once_more or member == 'u' .. s.stop
        end
      end
    end
  end
  local urgent, urgent_waiting = Offers.readable('urgent', session, again)
  local normal, normal_waiting = Offers.readable('normal', session, again)
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
  local normals = math.min(normal_waiting, math.max(Rules.NORMAL_SHARE, Rules.MESSAGES_PER_READ - urgent_waiting))
  local urgents = math.min(urgent_waiting, Rules.MESSAGES_PER_READ - normals)

  local taken = {}
  for i = 1, urgents do
    taken[i] = urgent[i]
    taken[i].lane = 'urgent'
  end
  for i = 1, normals do
    taken[urgents + i] = normal[i]
    normal[i].lane = 'normal'
  end
  local nearest = now + Rules.VISIBILITY_MS
  if urgent_waiting + normal_waiting > #taken then
    nearest = 0
  else
    local next_hidden = call('ZRANGEBYSCORE', offered, '(' .. NOW, '+inf', 'WITHSCORES', 'LIMIT', 0, 1)
    if next_hidden[2] then
      nearest = math.min(nearest, tonumber(next_hidden[2]))
    end
  end
  return { session = session, s = s, told = told, told_before = told_before, taken = taken, nearest = nearest }
end

-- Makes the messages readable that a poll at this time has offered to a worker, for the same call. Returns the time
-- before which no other message is readable.
function Offers.read_again(worker, polled)
  local till, mail = format('%d', polled + Rules.VISIBILITY_MS), AREA .. 'mail:' .. worker
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

-- Adds the content of its messages to an offer. Refuses a damaged inbox.
function Offers.read(offer)
  local ids = {}
  for i, message in ipairs(offer.taken) do
    ids[i] = message.id
  end
  for i, content in ipairs(ids[1] and call('HMGET', AREA .. 'messages:' .. offer.session, unpack(ids)) or {}) do
    offer.taken[i].content = content or Step.damaged('inbox of ' .. offer.session)
  end
  return offer
end

-- Returns the size of a text in an answer: JsonBytes.
function Offers.json_bytes(text)
  local _, controls = string.gsub(text, '[%z\1-\31]', '')
  local _, quoted = string.gsub(text, '["\\]', '')
  return #text + (Rules.JSON_MOST - 1) * controls + quoted
end

-- Returns the size of a message in an answer: MessageRecord.answerBytes. Refuses a damaged message.
function Offers.answer_bytes(session, content)
  local stop = find(content, '\n', 1, true) or 1
  local ok, head = pcall(cjson.decode, sub(content, 1, stop - 1))
  if not ok or type(head) ~= 'table' then
    Step.damaged('inbox of ' .. session)
  end
  local bytes = Rules.LINE_BYTES + Offers.json_bytes(session) + Offers.json_bytes(sub(content, stop + 1))
  for _, name in ipairs({ 'userId', 'userName' }) do
    bytes = bytes + (type(head[name]) == 'string' and Offers.json_bytes(head[name]) or 0)
  end
  return bytes
end

-- Leaves out what an answer of this size has no room for, of offers without content, and adds the content of the rest:
-- the urgent messages of all sessions, up to the first that doesn't fit, then the normal ones.
function Offers.fit(offers, room)
  local full = false
  for _, lane in ipairs({ 'urgent', 'normal' }) do
    for _, offer in ipairs(offers) do
      for _, message in ipairs(offer.taken) do
        local key = AREA .. 'messages:' .. offer.session
        local size = message.lane == lane and not full and redis.pcall('HSTRLEN', key, message.id)
        if size == 0 or type(size) == 'table' then
          offer.damaged = true
        elseif size and size <= room then
          local content, bytes = call('HGET', key, message.id), nil
          if not Step.passes(function() bytes = Offers.answer_bytes(offer.session, content) end) then
            offer.damaged = true
          elseif bytes <= room then
            message.content, room = content, room - bytes
          end
        end
        full = full or size and not offer.damaged and not message.content
      end
    end
  end
  for _, offer in ipairs(offers) do
    local kept = {}
    for _, message in ipairs(offer.taken) do
      kept[#kept + 1] = message.content and message or nil
    end
    if #kept < #offer.taken then
      offer.nearest = 0
    end
    offer.taken = kept
  end
end

-- Takes back offers of messages that never arrived.
function Offers.withdraw(session, members)
  for _, member in ipairs(members) do
    local id = sub(member, 2)
    call('ZADD', AREA .. (sub(member, 1, 1) == 'u' and 'urgent:' or 'normal:') .. session, Inbox.sequence_of(id), id)
    call('ZREM', AREA .. 'offered:' .. session, member)
    call('HDEL', AREA .. 'told:' .. session, member)
  end
end

-- Makes an offer, and adds it to the reply.
function Offers.make(worker, offer, reply, snake)
  local session, members = offer.session, {}
  for _, message in ipairs(offer.taken) do
    if message.from then
      call('ZREM', message.from, message.id)
    end
    local member = sub(message.lane, 1, 1) .. message.id
    members[member] = true
    call('ZADD', AREA .. 'offered:' .. session, now + Rules.VISIBILITY_MS, member)
    if snake then
      call('HSET', offer.told, member, worker)
    elseif offer.s.told == '1' then
      call('HDEL', offer.told, member)
    end
    local n = #reply
    reply[n + 1], reply[n + 2], reply[n + 3], reply[n + 4] =
      session, message.id, NOW, message.content
  end
  -- The next poll would acknowledge what this answer leaves out.
  local left_out = {}
  for _, member in ipairs(offer.told_before or {}) do
    left_out[#left_out + 1] = not members[member] and member or nil
  end
  if left_out[1] then
    Offers.withdraw(session, left_out)
    offer.nearest = 0
  end
  if snake and offer.taken[1] and offer.s.told == '0' then
    offer.s.told = '1'
    Sessions.write(offer.s)
  end
  if offer.nearest then
    call('ZADD', AREA .. 'mail:' .. worker, offer.nearest, session)
  else
    call('ZREM', AREA .. 'mail:' .. worker, session)
  end
end

-- Returns the most that messages of this size by StoredBytes take in an answer. A message has up to three names of 256
-- bytes, each of them two in JSON.
function Offers.most_in_answer(stored)
  return Rules.JSON_MOST * stored + math.ceil(stored / Rules.LINE_BYTES) * 3 * 2 * 256
end

-- Returns the most that the messages of these sessions take in an answer.
function Offers.most_bytes(sessions)
  local bytes = 0
  for i = 1, #sessions, 1000 do
    for _, stored in ipairs(redis.pcall('HMGET', AREA .. 'texts', unpack(sessions, i, math.min(i + 999, #sessions)))) do
      bytes = bytes + (tonumber(stored or 0) or 0)
    end
  end
  return Offers.most_in_answer(bytes)
end

-- Offers a worker the readable messages of its active sessions, not of those handed out in this poll, in so many bytes.
-- Adds them to the reply, and names of damaged inboxes to `broken`. Returns the time before which no other message is
-- readable, or ''.
function Offers.offer(worker, reply, broken, snake, repeats, room)
  local handed_out = {}
  for i = 8, #reply, 4 do
    handed_out[reply[i]] = true
  end
  local nearest
  local function readable_at(at)
    if at and (not nearest or at < nearest) then
      nearest = at
    end
  end
  local list = redis.pcall('ZRANGE', AREA .. 'mail:' .. worker, 0, -1, 'WITHSCORES')
  if list.err then
    broken[#broken + 1] = 'mail\31' .. worker
    return format('%d', now + Rules.VISIBILITY_MS)
  end
  local sessions = {}
  for i = 1, #list, 2 do
    local session, at = list[i], tonumber(list[i + 1])
    if (at <= now or repeats) and not handed_out[session] then
      sessions[#sessions + 1] = session
    else
      readable_at(at)
    end
  end
  local function failed(session)
    broken[#broken + 1] = 'inbox\31' .. session
    readable_at(now + Rules.VISIBILITY_MS)
  end
  local much, offers = Offers.most_bytes(sessions) > room, {}
  if much then
    table.sort(sessions, Pages.bytes_before)
  end
  for _, session in ipairs(sessions) do
    if not Step.passes(function()
      local offer = Offers.decide(worker, session, snake, repeats)
      offers[#offers + 1] = offer and (much and offer or Offers.read(offer)) or nil
      return offer and true
    end) then
      failed(session)
    end
  end
  if much then
    Offers.fit(offers, room)
  end
  for _, offer in ipairs(offers) do
    if offer.damaged then
      failed(offer.session)
    else
      Offers.make(worker, offer, reply, snake)
      readable_at(offer.nearest)
    end
  end
  return nearest and format('%d', nearest) or ''
end

-- Decides the message of a refresh, or nil; `gone` has the `going` messages that are acknowledged before. The second
-- result is true if the message can't be read.
function Offers.decide_inject(s, gone, going)
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
  if urgent and normal and normal.number < urgent.number and now - normal.at >= Rules.NORMAL_PATIENCE_MS then
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

-- Looks at the messages that polls told a snake-case worker of: acknowledges those that it has read, and takes back those
-- that it never got. Adds names of damaged sessions to `broken`. True if it wrote anything.
function Offers.settle(w, broken, fate_of)
  local sessions, wrote = redis.pcall('ZRANGE', AREA .. 'mail:' .. w.id, 0, -1), false
  if sessions.err then
    return false
  end
  table.sort(sessions, Pages.bytes_before)
  for _, session in ipairs(sessions) do
    if not Step.passes(function()
      local s = Sessions.read(session)
      if not s then
        return false
      elseif s.told == '0' or s.place ~= 'CLAIMED' or s.owner ~= w.id then
        return true
      end
      Inbox.check(s)
      local list, mine, lost, plan = call('HGETALL', AREA .. 'told:' .. session), {}, {}, nil
      for i = 1, #list, 2 do
        local member = list[i]
        local fate = list[i + 1] == w.id
          and fate_of(Inbox.offered_at(call('ZSCORE', AREA .. 'offered:' .. session, member)) + 0)
        if fate == 'READ' then
          mine[#mine + 1] = member
          if member == 'u' .. s.stop then
            plan = Endings.decide(s, 'ended')
          end
        elseif fate == 'LOST' then
          lost[#lost + 1] = member
        end
      end
      local read = mine[1] and Inbox.decide_acknowledge(s, Inbox.by_age(mine), w.id)
      if lost[1] then
        Offers.withdraw(s.id, lost)
        call('ZADD', AREA .. 'mail:' .. w.id, '0', s.id)
        w.mail, wrote = '0', true
      end
      if read then
        Inbox.acknowledge(s, read)
        if plan then
          Endings.release(s, w, plan, 'acknowledged')
        end
        Sessions.write(s)
        wrote = true
      end
    end) then
      broken[#broken + 1] = session
    end
  end
  return wrote
end
