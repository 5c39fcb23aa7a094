-- The message of a refresh: lib/ending.lua has the layout of an inbox.

-- Decides which message to offer, or nil; `gone` has the `count` messages that go before. The second
-- answer is true where it can't be read.
local function decide_inject(s, gone, count)
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
    for _, id in ipairs(call('ZRANGE', key, 0, count)) do
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
