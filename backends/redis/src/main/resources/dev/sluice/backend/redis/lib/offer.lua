-- The messages of a poll: lib/ending.lua has the layout of an inbox, lib/worker.lua of {org}:mail.

local function sequence_of(message)
  return tonumber(match(message, '%-(%d+)$') or 0)
end

-- What of one lane may be offered now, oldest first, at most MESSAGES_PER_READ, and how many such
-- messages there are. `again` holds messages whose visibility has passed.
local function readable(lane, session, again)
  local key = AREA .. lane .. ':' .. session
  local unread = call('ZRANGE', key, 0, MESSAGES_PER_READ - 1)
  local waiting = call('ZCARD', key)
  local list = {}
  for _, message in ipairs(unread) do
    list[#list + 1] = { id = message, at = sequence_of(message), from = key }
  end
  local letter = string.sub(lane, 1, 1)
  for _, member in ipairs(again) do
    if string.sub(member, 1, 1) == letter then
      local message = string.sub(member, 2)
      waiting = waiting + 1
      list[#list + 1] = { id = message, at = sequence_of(message) }
    end
  end
  table.sort(list, function(a, b) return a.at < b.at end)
  return list, waiting
end

-- Raises where the inbox is damaged. Answers nil for a session that isn't the worker's.
local function decide_offer(worker, session)
  local s = read_session(session)
  if not s then
    return false
  end
  if s.place ~= 'CLAIMED' or s.owner ~= worker then
    return { session = session, taken = {} }
  end
  local offered = AREA .. 'offered:' .. session
  local again = call('ZRANGEBYSCORE', offered, '-inf', now)
  local urgent, urgent_waiting = readable('urgent', session, again)
  local normal, normal_waiting = readable('normal', session, again)
  if s.stop ~= '' then
    -- A stopped session is offered its stop alone.
    local only = {}
    local hidden_until = call('ZSCORE', offered, 'u' .. s.stop)
    if not hidden_until or tonumber(hidden_until) <= now then
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
    local next_hidden = call('ZRANGEBYSCORE', offered, '(' .. now, '+inf', 'WITHSCORES', 'LIMIT', 0, 1)
    if next_hidden[2] then
      nearest = math.min(nearest, tonumber(next_hidden[2]))
    end
  end
  return { session = session, taken = taken, nearest = nearest }
end

-- Decides what to offer a worker: of every active session with readable messages but those handed
-- out in this poll. Names of damaged inboxes are added to `broken`.
local function decide_offers(worker, handed_out, broken)
  local list = call('ZRANGE', AREA .. 'mail:' .. worker, 0, -1, 'WITHSCORES')
  local offers = { nearest = '' }
  local function wake_at(time)
    if time and (offers.nearest == '' or time < offers.nearest) then
      offers.nearest = time
    end
  end
  for i = 1, #list, 2 do
    local session, at = list[i], tonumber(list[i + 1])
    if at > now or handed_out[session] then
      wake_at(at)
    else
      local offer
      if passes(function()
        offer = decide_offer(worker, session)
        return offer
      end) then
        offers[#offers + 1] = offer
        wake_at(offer.nearest)
      else
        broken['inbox\31' .. session] = true
        wake_at(now + VISIBILITY_MS)
      end
    end
  end
  return offers
end

local function apply_offers(offers, worker, messages)
  for _, offer in ipairs(offers) do
    for _, message in ipairs(offer.taken) do
      if message.from then
        call('ZREM', message.from, message.id)
      end
      call('ZADD', AREA .. 'offered:' .. offer.session, now + VISIBILITY_MS,
        string.sub(message.lane, 1, 1) .. message.id)
      local n = #messages
      messages[n + 1], messages[n + 2], messages[n + 3], messages[n + 4] =
        offer.session, message.id, message.lane, message.content
    end
    if offer.nearest then
      call('ZADD', AREA .. 'mail:' .. worker, offer.nearest, offer.session)
    else
      call('ZREM', AREA .. 'mail:' .. worker, offer.session)
    end
  end
end
