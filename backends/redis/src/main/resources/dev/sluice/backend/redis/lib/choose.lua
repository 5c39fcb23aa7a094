-- The choice of a poll: the best items among the open buckets that a worker takes.

-- Rounds in which a poll passes over broken records before it gives up.
local MAX_ROUNDS = 100

-- The sessions that the worker nacked and that stand in `returned` for the others, and how many.
local function own_returns(worker)
  if returned == 0 then
    return nil, 0
  end
  local list = call('ZRANGE', AREA .. 'returns:' .. worker, 0, MAX_RETURNS)
  if #list == 0 then
    return nil, 0
  end
  local own = {}
  for _, id in ipairs(list) do
    own[id] = true
  end
  return own, #list
end

-- The sets of required capabilities, by number, of which a worker has all.
local function sets_within(capabilities)
  local has, accepted = {}, {}
  for capability in string.gmatch(capabilities, '[^\31]+') do
    has[capability] = true
  end
  local all = call('HGETALL', AREA .. 'sets')
  for i = 1, #all, 2 do
    local every = true
    for capability in string.gmatch(all[i], '[^\31]+') do
      every = every and has[capability]
    end
    if every then
      accepted[#accepted + 1] = all[i + 1]
    end
  end
  return table.concat(accepted, ' ')
end

-- Adds the heads of the open buckets of one kind and set: of the named projects, or the best
-- `depth` of all.
local function add_heads(list, kind, set_id, projects, depth)
  local prefix = kind .. ':' .. set_id
  local index = AREA .. 'heads:' .. prefix
  local members
  if projects then
    local fields = {}
    for i, project in ipairs(projects) do
      fields[i] = prefix .. ':' .. project
    end
    members = call('HMGET', ORG, unpack(fields))
  else
    members = call('ZRANGE', index, 0, depth - 1)
  end
  for _, member in ipairs(members) do
    if member then
      local score, id, project = match(member, '^(%d+)\31([^\31]+)\31(.+)$')
      if not score then
        damaged(index)
      end
      list[#list + 1] = {
        member = member, index = index, kind = kind, set = set_id, project = project,
        bucket = prefix .. ':' .. project, score = tonumber(score), id = id,
      }
    end
  end
end

-- Moves a head on to the next item of its bucket that the worker may take. Answers false if bucket
-- and head don't fit.
local function advance(head, depth, own)
  if not head.list then
    head.list = redis.pcall('ZRANGE', AREA .. head.bucket, 0, depth, 'WITHSCORES')
    head.at = 1
    if head.list[1] ~= head.id then
      return false
    end
  end
  local id
  repeat
    head.at = head.at + 2
    id = head.list[head.at]
  until not (id and own and own[id])
  head.id = id
  head.score = id and tonumber(head.list[head.at + 1])
  return true
end

-- The best `wanted` items, each { id, from = its head }. Of each bucket nothing behind its first
-- broken item counts; `broken` has broken items by id and broken buckets by name. Answers too
-- whether it met a broken bucket that it didn't know.
local function best_items(wanted, depth, heads_now, own, broken)
  local picks, hidden, news = {}, {}, false
  while #picks < wanted do
    local best
    for _, head in ipairs(heads_now) do
      if head.id and not (hidden[head.project] and hidden[head.project][head.set]) then
        if not best or head.score < best.score
          or head.score == best.score and bytes_before(head.id, best.id) then
          best = head
        end
      end
    end
    if not best then
      break
    end
    local id = best.id
    if broken[id] or broken['bucket\31' .. best.bucket] or not advance(best, depth, own) then
      if not broken[id] and not broken['bucket\31' .. best.bucket] then
        broken['bucket\31' .. best.bucket] = true
        news = true
      end
      hidden[best.project] = hidden[best.project] or {}
      hidden[best.project][best.set] = true
    else
      picks[#picks + 1] = { id = id, from = best }
    end
  end
  return picks, news
end

-- Reads and checks the records of the picks; adds broken ones and answers whether there are any.
local function read_picks(picks, broken)
  local keys = {}
  for i, pick in ipairs(picks) do
    keys[2 * i - 1] = AREA .. 's:' .. pick.id
    keys[2 * i] = AREA .. 'p:' .. pick.id
  end
  local records = call('MGET', unpack(keys))
  local any = false
  for i, pick in ipairs(picks) do
    local from = pick.from
    local prefix = from.project .. '\31' .. from.set .. '\31'
    local place, state, _
    pick.content = records[2 * i]
    pick.fixed, place, state, _, _, _, pick.attempts, pick.nacks, _, _, _, _, _, _, _,
      pick.nacked_by, _, _, pick.unacked, pick.has_fields = match(records[2 * i - 1] or '', SESSION)
    if not pick.content or not pick.fixed or state ~= 'PENDING' or string.lower(place) ~= from.kind
      or string.sub(pick.fixed, 1, #prefix) ~= prefix or not match(pick.fixed, FIXED) then
      broken[pick.id] = true
      any = true
    end
  end
  return any
end

-- Decides on up to `wanted` items of these sets and projects (nil for all) for a worker.
local function choose(wanted, worker, accepted, projects, own, standing, broken)
  local picks, news
  for round = 1, MAX_ROUNDS do
    -- So many heads that broken and own ones among them leave as many as are wanted.
    local depth = wanted * round + standing
    local heads_now = {}
    for set_id in string.gmatch(accepted, '%d+') do
      if ready > 0 then
        add_heads(heads_now, 'ready', set_id, projects, depth)
      end
      if returned > 0 then
        add_heads(heads_now, 'returned', set_id, projects, depth)
      end
    end
    if own then
      for _, head in ipairs(heads_now) do
        -- A bucket that can't be read keeps its head; best_items meets it then.
        if own[head.id] then
          advance(head, depth, own)
        end
      end
    end
    picks, news = best_items(wanted, depth, heads_now, own, broken)
    if not news and (#picks == 0 or not read_picks(picks, broken)) then
      break
    end
    picks = {}
  end
  for _, pick in ipairs(picks) do
    if projects then
      expect('zset', pick.from.index)
    end
    if pick.from.kind == 'returned' then
      expect('zset', AREA .. 'due')
      expect('zset', AREA .. 'returns:' .. pick.nacked_by)
    end
    if pick.unacked ~= '0' then
      expect('zset', AREA .. 'mail:' .. worker)
    end
  end
  return picks
end

-- The head of a bucket when the picks are gone: its first entry that is none of them.
local function head_after(from)
  local taken = {}
  for _, id in ipairs(from.taken) do
    taken[id] = true
  end
  for i = 1, #from.list, 2 do
    if not taken[from.list[i]] then
      return head_of(from.list[i + 1], from.list[i], from.project)
    end
  end
  return false
end
