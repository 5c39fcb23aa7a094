-- The messages that polls and refreshes bring. rules/inbox.lua has the layout of messages, rules/workers.lua that of
-- {org}:mail.
--
-- An offer, before it is made:
--   session, s       the session, and its record unless the worker doesn't own it
--   taken            its messages: { id, at (sequence number), lane, from (key, if it is unread), content }
--   nearest          time before which no other message is readable; nil for none
--   told_before      members that the worker's last poll told it of, if the worker repeats the poll
--   damaged          true if a message can't be read
--
-- A round of offers:
--   worker, reply    its id, and the answer of its poll
--   snake, repeats   it is a snake-case worker; it repeats its last poll
--   damaged          names of damaged records
--   nearest          as above, of all sessions

-- Returns the messages of a lane that may be offered now, oldest first, at most MESSAGES_PER_READ of the unread ones,
-- and their number. `again`: members that may be offered again.
local function readable(lane, session, again)
  local key, list = AREA .. lane .. ':' .. session, {}
  for _, id in ipairs(call('ZRANGE', key, 0, Rules.MESSAGES_PER_READ - 1)) do
    list[#list + 1] = { id = id, at = Inbox.sequence_of(id), lane = lane, from = key }
  end
  local waiting = call('ZCARD', key)
  for _, member in ipairs(again) do
    if Inbox.lane_of(member) == lane then
      waiting = waiting + 1
      list[#list + 1] = { id = sub(member, 2), at = Inbox.sequence_of(member), lane = lane }
    end
  end
  table.sort(list, function(a, b) return a.at < b.at end)
  return list, waiting
end

-- Adds the members that the worker's last poll told it of to an offer and to those that may be offered again. True if
-- the stop is one of them, and is hidden.
local function add_told(offer, worker, again)
  local stop, seen = false, {}
  for _, member in ipairs(again) do
    seen[member] = true
  end
  local told = call('HGETALL', AREA .. 'told:' .. offer.session)
  for i = 1, #told, 2 do
    local member = told[i]
    if told[i + 1] == worker then
      table.insert(offer.told_before, member)
      if not seen[member] then
        again[#again + 1] = member
        stop = stop or member == 'u' .. offer.s.stop
      end
    end
  end
  return stop
end

-- True if the stop of a stopped session is hidden.
local function is_stop_hidden(offer)
  local hidden_until = call('ZSCORE', AREA .. 'offered:' .. offer.session, 'u' .. offer.s.stop)
  return hidden_until and tonumber(hidden_until) > now
end

-- Takes messages of both lanes: Rules.normalTaken. Returns the number of those that wait.
local function take_messages(offer, again, stop_again)
  local urgent, urgent_waiting = readable('urgent', offer.session, again)
  local normal, normal_waiting = readable('normal', offer.session, again)
  if offer.s.stop ~= '' then
    -- The stop is its only message.
    local stop = { id = offer.s.stop, at = 0, lane = 'urgent', from = AREA .. 'urgent:' .. offer.session }
    urgent, normal = (stop_again or not is_stop_hidden(offer)) and { stop } or {}, {}
    urgent_waiting, normal_waiting = #urgent, 0
  end
  local normals = math.min(normal_waiting, math.max(Rules.NORMAL_SHARE, Rules.MESSAGES_PER_READ - urgent_waiting))
  local urgents = math.min(urgent_waiting, Rules.MESSAGES_PER_READ - normals)
  for i = 1, urgents do
    offer.taken[i] = urgent[i]
  end
  for i = 1, normals do
    offer.taken[urgents + i] = normal[i]
  end
  return urgent_waiting + normal_waiting
end

-- Decides the messages to offer, without their content; none if the worker doesn't own the session. Returns false if
-- the session is damaged, and refuses a damaged inbox.
local function decide(round, session)
  local s = Sessions.read(session)
  if not s then
    return false
  end
  local offer = { session = session, taken = {} }
  if s.place ~= 'CLAIMED' or s.owner ~= round.worker then
    return offer
  end
  local offered = AREA .. 'offered:' .. session
  offer.s, offer.told_before = s, {}
  if round.snake or s.told == '1' then
    Step.expect('hash', AREA .. 'told:' .. session)
  end
  local again = call('ZRANGEBYSCORE', offered, '-inf', now)
  local stop_again = round.repeats and s.told == '1' and add_told(offer, round.worker, again)
  if take_messages(offer, again, stop_again) > #offer.taken then
    offer.nearest = 0
  else
    local hidden = call('ZRANGEBYSCORE', offered, '(' .. NOW, '+inf', 'WITHSCORES', 'LIMIT', 0, 1)
    offer.nearest = math.min(now + Rules.VISIBILITY_MS, tonumber(hidden[2] or now + Rules.VISIBILITY_MS))
  end
  return offer
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
local function read_contents(offer)
  local ids = {}
  for i, message in ipairs(offer.taken) do
    ids[i] = message.id
  end
  for i, content in ipairs(ids[1] and call('HMGET', AREA .. 'messages:' .. offer.session, unpack(ids)) or {}) do
    offer.taken[i].content = content or Step.damaged('inbox of ' .. offer.session)
  end
end

-- Returns the size of a text in an answer: JsonBytes.
local function json_bytes(text)
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
  local bytes = Rules.LINE_BYTES + json_bytes(session) + json_bytes(sub(content, stop + 1))
  for _, name in ipairs({ 'userId', 'userName' }) do
    bytes = bytes + (type(head[name]) == 'string' and json_bytes(head[name]) or 0)
  end
  return bytes
end

-- Returns the most that messages of this size by StoredBytes take in an answer. A message has up to three names of 256
-- bytes, each of them two in JSON.
function Offers.most_in_answer(stored)
  return Rules.JSON_MOST * stored + math.ceil(stored / Rules.LINE_BYTES) * 3 * 2 * 256
end

-- Returns the most that the messages of these sessions take in an answer.
local function most_bytes(sessions)
  local bytes = 0
  Pages.each_part(sessions, function(...)
    for _, stored in ipairs(redis.pcall('HMGET', AREA .. 'texts', ...)) do
      bytes = bytes + (tonumber(stored or 0) or 0)
    end
  end)
  return Offers.most_in_answer(bytes)
end

-- Adds its content to a message that has room in an answer. Returns the room that is left, or nil if it has none or if
-- the message is damaged; the offer says so then.
local function fit_message(offer, message, room)
  local key = AREA .. 'messages:' .. offer.session
  local size, bytes = redis.pcall('HSTRLEN', key, message.id), nil
  if size == 0 or type(size) == 'table' then
    offer.damaged = true
  elseif size <= room then
    local content = call('HGET', key, message.id)
    if not Step.passes(function() bytes = Offers.answer_bytes(offer.session, content) end) then
      offer.damaged = true
    elseif bytes <= room then
      message.content = content
      return room - bytes
    end
  end
  return nil
end

-- Adds contents to offers, as far as an answer has room: to the urgent messages of all sessions, up to the first that
-- doesn't fit, then to the normal ones.
local function fit_contents(offers, room)
  for _, lane in ipairs(Inbox.LANES) do
    for _, offer in ipairs(offers) do
      for _, message in ipairs(offer.taken) do
        if message.lane == lane then
          local left = fit_message(offer, message, room)
          if not left and not offer.damaged then
            return
          end
          room = left or room
        end
      end
    end
  end
end

-- Leaves messages without content out of an offer.
local function leave_out(offer)
  local kept = {}
  for _, message in ipairs(offer.taken) do
    kept[#kept + 1] = message.content and message or nil
  end
  if #kept < #offer.taken then
    offer.nearest = 0
  end
  offer.taken = kept
end

-- Takes back offers of messages that never arrived.
local function withdraw(session, members)
  for _, member in ipairs(members) do
    local id = sub(member, 2)
    call('ZADD', AREA .. Inbox.lane_of(member) .. ':' .. session, Inbox.sequence_of(id), id)
    call('ZREM', AREA .. 'offered:' .. session, member)
    call('HDEL', AREA .. 'told:' .. session, member)
  end
end

-- Hides an offered message for a while, and adds it to the answer. Returns its member.
local function make_message(round, offer, message)
  local session, member = offer.session, Inbox.member(message.lane, message.id)
  if message.from then
    call('ZREM', message.from, message.id)
  end
  call('ZADD', AREA .. 'offered:' .. session, now + Rules.VISIBILITY_MS, member)
  if round.snake then
    call('HSET', AREA .. 'told:' .. session, member, round.worker)
  elseif offer.s.told == '1' then
    call('HDEL', AREA .. 'told:' .. session, member)
  end
  Pages.append(round.reply, session, message.id, NOW, message.content)
  return member
end

-- Makes an offer.
local function make(round, offer)
  local session, members, left_out = offer.session, {}, {}
  for _, message in ipairs(offer.taken) do
    members[make_message(round, offer, message)] = true
  end
  -- The next poll would acknowledge what this answer leaves out.
  for _, member in ipairs(offer.told_before or {}) do
    left_out[#left_out + 1] = not members[member] and member or nil
  end
  if left_out[1] then
    withdraw(session, left_out)
    offer.nearest = 0
  end
  if round.snake and offer.taken[1] and offer.s.told == '0' then
    offer.s.told = '1'
    Sessions.write(offer.s)
  end
  if offer.nearest then
    call('ZADD', AREA .. 'mail:' .. round.worker, offer.nearest, session)
  else
    call('ZREM', AREA .. 'mail:' .. round.worker, session)
  end
end

local function note_readable(round, at)
  if at and (not round.nearest or at < round.nearest) then
    round.nearest = at
  end
end

local function note_damaged(round, session)
  table.insert(round.damaged, 'inbox\31' .. session)
  note_readable(round, now + Rules.VISIBILITY_MS)
end

-- Returns the sessions of the worker that have readable messages, except those handed out in this poll. `mail`:
-- session, time, ...
local function sessions_with_mail(round, mail)
  local sessions, handed_out = {}, {}
  for i = 8, #round.reply, 4 do
    handed_out[round.reply[i]] = true
  end
  for i = 1, #mail, 2 do
    local session, at = mail[i], tonumber(mail[i + 1])
    if (at <= now or round.repeats) and not handed_out[session] then
      sessions[#sessions + 1] = session
    else
      note_readable(round, at)
    end
  end
  return sessions
end

-- Decides the offers of these sessions, with content if there is room for all of it.
local function decide_all(round, sessions, room)
  local much, offers = most_bytes(sessions) > room, {}
  if much then
    table.sort(sessions, Pages.bytes_before)
  end
  for _, session in ipairs(sessions) do
    local offer
    if Step.passes(function()
      offer = decide(round, session)
      if offer and not much then
        read_contents(offer)
      end
    end) and offer then
      offers[#offers + 1] = offer
    else
      note_damaged(round, session)
    end
  end
  if much then
    fit_contents(offers, room)
    for _, offer in ipairs(offers) do
      leave_out(offer)
    end
  end
  return offers
end

-- Offers a worker the readable messages of its active sessions, not of those handed out in this poll, in so many bytes.
-- Adds them to the reply, and names of damaged inboxes to `damaged`. Returns the time before which no other message is
-- readable, or ''.
function Offers.offer(worker, reply, damaged, snake, repeats, room)
  local mail = redis.pcall('ZRANGE', AREA .. 'mail:' .. worker, 0, -1, 'WITHSCORES')
  if mail.err then
    damaged[#damaged + 1] = 'mail\31' .. worker
    return format('%d', now + Rules.VISIBILITY_MS)
  end
  local round = { worker = worker, reply = reply, damaged = damaged, snake = snake, repeats = repeats }
  for _, offer in ipairs(decide_all(round, sessions_with_mail(round, mail), room)) do
    if offer.damaged then
      note_damaged(round, offer.session)
    else
      make(round, offer)
      note_readable(round, offer.nearest)
    end
  end
  return round.nearest and format('%d', round.nearest) or ''
end

-- Remembers a message for a refresh if it is the first of its lane.
local function keep_first(first, member, from)
  local lane, at, number = Inbox.lane_of(member), match(member, '^.(%d+)%-(%d+)$')
  number = tonumber(number or 0)
  if not first[lane] or first[lane].number >= number then
    first[lane] = { member = member, id = sub(member, 2), number = number, at = tonumber(at or 0), from = from }
  end
end

-- Decides the message of a refresh, or nil; `gone` has the `going` messages that are acknowledged before. The second
-- result is true if the message can't be read. A normal message goes first once it is old and older than the urgent
-- one.
function Offers.decide_inject(s, gone, going)
  local hidden_before, first = call('ZRANGEBYSCORE', AREA .. 'offered:' .. s.id, '-inf', now), {}
  for _, lane in ipairs(Inbox.LANES) do
    local key = AREA .. lane .. ':' .. s.id
    for _, id in ipairs(call('ZRANGE', key, 0, going)) do
      local member = Inbox.member(lane, id)
      if not gone[member] then
        keep_first(first, member, key)
      end
    end
  end
  for _, member in ipairs(hidden_before) do
    if not gone[member] then
      keep_first(first, member)
    end
  end
  local urgent, normal = first.urgent, first.normal
  local message = urgent or normal
  if urgent and normal and normal.number < urgent.number and now - normal.at >= Rules.NORMAL_PATIENCE_MS then
    message = normal
  end
  if not message then
    return nil, false
  end
  message.content = call('HGET', AREA .. 'messages:' .. s.id, message.id)
  return message.content and message or nil, not message.content
end

-- Returns the members that polls told the worker of, by what became of their offers: `READ` and `LOST`.
local function fates_of(s, worker, fate_of)
  local fates, told = { READ = {}, LOST = {} }, call('HGETALL', AREA .. 'told:' .. s.id)
  for i = 1, #told, 2 do
    if told[i + 1] == worker then
      local hidden_until = call('ZSCORE', AREA .. 'offered:' .. s.id, told[i])
      local members = fates[fate_of(Inbox.offered_at(hidden_until) + 0)]
      if members then
        members[#members + 1] = told[i]
      end
    end
  end
  return fates.READ, fates.LOST
end

-- Settles the messages of a session. Returns false if the session is damaged. `settling`: w, fate_of, wrote.
local function settle_session(settling, session)
  local w, s, ending = settling.w, Sessions.read(session), nil
  if not s then
    return false
  elseif s.told == '0' or s.place ~= 'CLAIMED' or s.owner ~= w.id then
    return true
  end
  Inbox.check(s)
  local read, lost = fates_of(s, w.id, settling.fate_of)
  for _, member in ipairs(read) do
    if member == 'u' .. s.stop then
      ending = Endings.decide(s, 'ended')
    end
  end
  local plan = read[1] and Inbox.decide_acknowledge(s, Inbox.by_age(read), w.id)
  settling.wrote = settling.wrote or lost[1] or plan
  if lost[1] then
    withdraw(s.id, lost)
    call('ZADD', AREA .. 'mail:' .. w.id, '0', s.id)
    w.mail = '0'
  end
  if plan then
    Inbox.acknowledge(s, plan)
    if ending then
      Endings.release(s, w, ending, 'acknowledged')
    end
    Sessions.write(s)
  end
  return true
end

-- Looks at the messages that polls told a snake-case worker of: acknowledges those that it has read, and takes back
-- those that it never got. Adds names of damaged sessions to `damaged`. True if it wrote anything.
function Offers.settle(w, damaged, fate_of)
  local sessions, settling = redis.pcall('ZRANGE', AREA .. 'mail:' .. w.id, 0, -1), { w = w, fate_of = fate_of }
  if sessions.err then
    return false
  end
  table.sort(sessions, Pages.bytes_before)
  for _, session in ipairs(sessions) do
    if not Step.passes(settle_session, settling, session) then
      damaged[#damaged + 1] = session
    end
  end
  return settling.wrote
end
