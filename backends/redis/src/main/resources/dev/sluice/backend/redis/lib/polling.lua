-- The hand-out of work by a poll: steps of poll.lua, which use its locals. session.lua and project.lua have the layouts.
--
-- Candidates are the lists of heads, one for each capability set and kind, and the buckets that were opened when their
-- head was next; for a worker that lists repositories, of work that names one, the lanes of the ones that it lists. The
-- `entry` of a candidate is what comes next, nil at its end.

-- comes_first compares entries.
local candidates, candidate_count, depth, comes_first

local function entry_of_head(head)
  return head and sub(head, 1, find(head, '\31', 18, true) - 1)
end

-- Returns the heads of the open buckets of the projects that a worker names, best first.
local function heads_of(takes, prefix)
  local fields, heads = {}, {}
  for project in string.gmatch(takes, '[^\30]+') do
    fields[#fields + 1] = prefix .. ':' .. project
  end
  for i = 1, #fields, 1000 do
    local some = call('HMGET', ORG, unpack(fields, i, math.min(i + 999, #fields)))
    for k = 1, #some do
      heads[#heads + 1] = some[k] or nil
    end
  end
  table.sort(heads, entry_before)
  return heads
end

-- True if a key has this type or is missing.
local function has_type(kind, key)
  local found = call('TYPE', key).ok
  return found == kind or found == 'none'
end

-- Returns the queue of a project, or nil if it or its list of claims is damaged.
local function sound_project(name)
  local p = projects[name]
  if not p or not p.sound then
    local ok
    ok, p = pcall(project_of, name)
    if not ok or not has_type('zset', AREA .. 'claimed:' .. name) then
      return nil
    end
    p.sound = true
  end
  return p
end

-- Opens the lanes of a set that the worker takes. `prefix`: <kind>:<set>.
local function open_lanes(prefix, set_id, place)
  local lanes = lanes_of(AREA .. 'lanes:' .. prefix, capabilities)
  for i = 1, #lanes, 2 do
    local lane, first = lanes[i], lanes[i + 1]
    local project = match(lane, '\31([^\31]*)\31$')
    local p = (takes == '' or find('\30' .. takes .. '\30', '\30' .. project .. '\30', 1, true))
      and sound_project(project)
    if p and is_open(p) then
      candidate_count = candidate_count + 1
      candidates[candidate_count] = {
        entries = { first }, at = 1, entry = first, sound = true, prefix = prefix, name = prefix .. ':' .. project,
        place = place, project = project, start = project .. '\31' .. set_id, lane = lane, rest = true,
        index = AREA .. 'heads:' .. prefix, blocked = false,
      }
    end
  end
end

-- Starts with the heads of open buckets that the worker may take, at most `enough` of each list.
local function open_heads(enough)
  candidates, candidate_count, depth = {}, 0, enough
  local by_head, by_lane = sets, ''
  if find(capabilities, '\127', 1, true) and find(sets, '  ', 1, true) then
    by_head, by_lane = match(sets, '^(.-)  (.*)$')
  end
  if by_lane ~= '' then
    -- INSERT
    for set_id in string.gmatch(by_lane, '%d+') do
      for kind = org.ready ~= '0' and 1 or 2, org.returned ~= '0' and 2 or 1 do
        open_lanes((kind == 1 and 'ready:' or 'returned:') .. set_id, set_id, kind == 1 and 'READY' or 'RETURNED')
      end
    end
  end
  for set_id in string.gmatch(by_head, '%d+') do
    for kind = org.ready ~= '0' and 1 or 2, org.returned ~= '0' and 2 or 1 do
      local prefix = (kind == 1 and 'ready:' or 'returned:') .. set_id
      local index, heads = AREA .. 'heads:' .. prefix, nil
      if takes == '' then
        heads = call('ZRANGE', index, '0', depth == 1 and '0' or depth - 1)
      else
        -- INSERT
        heads = heads_of(takes, prefix)
        expect('zset', index)
      end
      if heads[1] then
        candidate_count = candidate_count + 1
        candidates[candidate_count] = {
          heads = heads, at = 1, entry = entry_of_head(heads[1]), prefix = prefix, index = index,
          place = kind == 1 and 'READY' or 'RETURNED', set = set_id,
        }
      end
    end
  end
  -- One item of one list is compared only with items to skip.
  if candidate_count > 1 or depth > 1 then
    -- INSERT
    comes_first = entry_before
  end
end

-- Opens the bucket of the head that is next.
local function open_bucket(list)
  local at, entry = list.at, list.entry
  local project = sub(list.heads[at], #entry + 2)
  local name = list.prefix .. ':' .. project
  local entries = redis.pcall('ZRANGE', AREA .. name, '0', depth == 1 and '1' or depth)
  list.at, list.entry = at + 1, entry_of_head(list.heads[at + 1])
  candidate_count = candidate_count + 1
  local bucket = {
    entries = entries, at = 1, entry = entry, sound = entries[1] == entry, prefix = list.prefix, name = name,
    place = list.place, project = project,
    -- The begin of its sessions' lines.
    start = project .. '\31' .. list.set,
    -- The stored head, and the entry of the new one.
    index = list.index, head = list.heads[at], first = entry, blocked = false,
  }
  candidates[candidate_count] = bucket
  return bucket
end

-- Returns the bucket with the best entry, or nil.
local function next_bucket()
  local best
  for i = 1, candidate_count do
    local c = candidates[i]
    if c.entry and (not best or comes_first(c.entry, best.entry)) then
      best = c
    end
  end
  return best and best.heads and open_bucket(best) or best
end

-- Reads the entries of a lane behind its first one.
local function read_rest(bucket)
  local lane, list = bucket.lane, bucket.entries
  local rest = redis.pcall('ZRANGEBYLEX', AREA .. 'lanes:' .. bucket.prefix, '(' .. lane .. list[1],
    '(' .. sub(lane, 1, -2) .. '\32', 'LIMIT', '0', depth)
  for i = 1, #rest do
    list[i + 1] = sub(rest[i], #lane + 1)
  end
  bucket.rest = false
end

-- Moves a bucket past its next entry, which was taken or stays.
local function advance(bucket, taken)
  if bucket.rest then
    -- INSERT
    read_rest(bucket)
  end
  local entry = bucket.entries[bucket.at + 1]
  bucket.at, bucket.entry = bucket.at + 1, entry
  if not taken then
    bucket.blocked = true
  elseif not bucket.blocked then
    bucket.first = entry
  end
end

-- Skips the rest of a bucket. A list of heads of all projects may have another one instead.
local function pass_over(bucket)
  bucket.entry = nil
  for i = 1, takes == '' and candidate_count or 0 do
    local c = candidates[i]
    local head = c.heads and redis.pcall('ZRANGE', c.index, #c.heads, #c.heads)[1]
    if head then
      c.heads[#c.heads + 1] = head
      c.entry = c.entry or entry_of_head(head)
    end
  end
end

-- Removes the taken entries of buckets, and writes the new heads.
local function write_heads()
  for i = 1, candidate_count do
    local bucket = candidates[i]
    if bucket.gone then
      call('ZREM', AREA .. bucket.name, unpack(bucket.gone))
      local head, first = bucket.head, bucket.first
      if bucket.lane then
        -- INSERT
        head, first = head_of(bucket.name), redis.pcall('ZRANGE', AREA .. bucket.name, '0', '0')[1]
      end
      bucket_refresh(bucket.name, bucket.index, head, first and first .. '\31' .. bucket.project or false)
    end
  end
end

-- A poll stops after this many damaged records.
local MAX_BROKEN = 64

-- True if the lists of returned work of these nackers are sound.
local function sound_returns(nackers)
  -- INSERT
  return passes(check_returns, nackers_of({ nackers = nackers }))
end

-- The part of a line that a claim replaces, before the token and after it. Behind the claim time: started, ended,
-- release by. Behind the last sign: cost, lost by, nacked by, return until, nackers, stop told, why dead, tools, attempt.
local claim_deadline = format('%d', now + accept_ms)
local before_token = '\30CLAIMED\31CLAIMED\31' .. id .. '\31'
local after_token = '\31' .. claim_deadline .. '\31' .. NOW .. '\31' .. NOW .. '\0310\0310\0310\31' .. NOW
  .. '\0310\31\31\0310'
local after_nackers = '\0310\31\31\31\30'
local claimed_event = event_text('CLAIMED', id)
local after_fresh_token = after_token .. after_nackers .. FRESH_COUNTS .. '\30' .. claimed_event

-- Claimed since the last write_claims, and how many. `taken` and `models` of a queue are those of its project.
local by_claimed, ready_claimed, returned_claimed = {}, 0, 0

-- Bytes of the work in the answer, and how often each item is in it.
local work_bytes, item_copies = 0, COPIES[dialect]

-- Claims the next entry of a bucket. Returns its queue; false for a damaged record, nil if only its item is missing,
-- 'END' if it is for the next answer, since it goes out alone or has no room. And true if it was such a one.
local function claim_entry(bucket, session)
  local entry, place, key = bucket.entry, bucket.place, AREA .. 's:' .. session
  local pair = call('MGET', key, AREA .. 'p:' .. session)
  local line, content = pair[1], pair[2]
  local repository, issue, queued, deadline, kept, begin, start, score, times, names, model
  -- The values of a session that never left its place.
  local nackers, unacked, has_fields, events, counts, alone = '', '0', '0', '', FRESH_COUNTS, false
  if line then
    -- INSERT
    repository, issue, queued, deadline, nackers, unacked, has_fields, events, kept, counts, alone =
      parse_waiting(line, bucket.start, sub(entry, 1, 17), place)
    if content and not find(content, '\n', 1, true) then
      return false
    end
  elseif content and place == 'READY' then
    begin, start, repository, score, issue, queued, times, deadline, names, model = parse_fresh(content)
    issue = start == bucket.start and score == sub(entry, 1, 16) and issue
  end
  if not issue then
    return false
  elseif reply[7] > 0 and (alone or content and work_bytes + item_copies * size_of(content) > WORK_BYTES) then
    return 'END'
  elseif not content then
    if call('EXISTS', AREA .. 'p:' .. session) == 1 then
      return false
    end
    return nil
  end
  local p = sound_project(bucket.project)
  local lock, first
  if issue ~= '' then
    lock, first = lock_of(redis.pcall, issue, bucket.project, '0')
  end
  if not p
    or repository ~= '' and not has_type('zset', AREA .. 'lanes:' .. bucket.prefix)
    or first and (first[1] ~= entry or first[2] ~= '0')
    or place == 'RETURNED' and not sound_returns(nackers)
    or deadline ~= '0' and not has_type('zset', AREA .. 'due')
    or unacked ~= '0' and not has_type('zset', AREA .. 'mail:' .. id) then
    return false
  end

  local token = next_token()
  local claimed
  if line then
    -- INSERT
    claimed = kept .. before_token .. token .. after_token .. nackers .. after_nackers .. counts .. '\30'
      .. add_event(session, events, claimed_event)
  else
    claimed = begin .. '\31' .. sub(score, 3, 3) .. '\31' .. queued .. '\31' .. times .. '\31' .. names .. before_token
      .. token .. after_fresh_token
  end
  -- A missing line is not there in any other type.
  if not call('SET', key, claimed, line and 'XX' or 'NX') then
    return false
  end
  if has_fields == '1' then
    call('UNLINK', AREA .. 'f:' .. session)
  end
  hint('C', session)
  local gone = bucket.gone or {}
  bucket.gone, gone[#gone + 1] = gone, entry
  if repository ~= '' then
    call('ZREM', AREA .. 'lanes:' .. bucket.prefix, sub(repository, 2) .. '/\31' .. p.name .. '\31' .. entry)
  end
  if first then
    call('ZADD', lock, '-1', entry)
  end
  if deadline ~= '0' then
    call('ZREM', AREA .. 'due', '2\31' .. session)
  end
  if place == 'RETURNED' then
    -- INSERT
    end_returns({ id = session, nackers = nackers })
  end
  if unacked ~= '0' then
    call('ZADD', AREA .. 'mail:' .. id, '0', session)
    mail = '0'
  end
  if place == 'READY' then
    p.ready, ready_claimed = p.ready - 1, ready_claimed + 1
  else
    p.returned, returned_claimed = p.returned - 1, returned_claimed + 1
  end
  p.claimed = p.claimed + 1
  local n, found, own, models = #by_claimed, 2 * reply[7], p.taken or {}, p.models or {}
  by_claimed[n + 1], by_claimed[n + 2] = NOW, session
  n = #own
  p.taken, own[n + 1], own[n + 2] = own, NOW, session
  if not model then
    -- INSERT
    model = model_in(content, match(kept, '^[^\31]*\31[^\31]*\31[^\31]*\31[^\31]*\31%d\31%d+\31(%d+\31%d+)\31'))
  end
  p.models, models[model] = models, (models[model] or 0) + 1
  set[found + 1], set[found + 2] = 'a:' .. session, token
  claims = claims .. session .. '\31' .. token .. '\31'
  n = #reply
  reply[n + 1], reply[n + 2], reply[n + 3], reply[n + 4] =
    session, token, claim_deadline .. '\31' .. queued .. '\31' .. p.name, content
  reply[7], work_bytes = reply[7] + 1, work_bytes + item_copies * size_of(content)
  return p, alone
end

-- Writes the changes that claims have in common.
local function write_claims()
  if by_claimed[1] then
    org.ready = format('%d', org.ready - ready_claimed)
    org.returned = format('%d', org.returned - returned_claimed)
    org.claimed = format('%d', org.claimed + ready_claimed + returned_claimed)
    active = format('%d', active + ready_claimed + returned_claimed)
    call('ZADD', AREA .. 'claimed', unpack(by_claimed))
    -- INSERT
    for name, p in pairs(projects) do
      if p.taken then
        call('ZADD', AREA .. 'claimed:' .. name, unpack(p.taken))
        for model, number in pairs(p.models) do
          count_figures('c', number, name, model, row[5] or '')
        end
        p.taken, p.models = nil, nil
      end
    end
    write_heads()
  end
end

-- Claims up to `wanted` items for the worker.
local function hand_out(wanted)
  local own, nacked = nil, 0
  if org.returned ~= '0' or org.parked ~= '0' then
    -- INSERT
    own, nacked = own_returns(id)
    if nacked >= MAX_RETURNS then
      return
    end
  end
  if version ~= org.version then
    -- INSERT
    version, sets = org.version, sets_within(capabilities)
  end
  broken, set = broken or {}, {}
  open_heads(wanted + nacked)
  local hidden, closed, undying
  while reply[7] < wanted and #broken < MAX_BROKEN do
    local bucket = next_bucket()
    if not bucket then
      break
    end
    local session, mark = sub(bucket.entry, 18), bucket.lane and bucket.start .. bucket.lane or bucket.start
    if own and own[session] then
      advance(bucket, false)
    elseif hidden and hidden[mark] or closed and closed[bucket.project] then
      -- INSERT
      pass_over(bucket)
    else
      local p, alone = false, false
      if bucket.sound then
        p, alone = claim_entry(bucket, session)
      end
      if p == 'END' then
        break
      elseif p then
        advance(bucket, true)
        if not is_open(p) then
          closed = closed or {}
          closed[p.name] = true
        end
        if alone then
          break
        end
      elseif p == nil and not (undying and undying[session]) then
        -- Its item is missing: it ends, and another session of its issue may go first then.
        write_claims()
        -- INSERT
        undying = undying or {}
        undying[session] = not give_up(session)
        commit(true)
        by_claimed, ready_claimed, returned_claimed = {}, 0, 0
        open_heads(wanted + nacked)
      else
        -- All behind a damaged record of a bucket is hidden.
        -- INSERT
        broken[#broken + 1] = bucket.sound and session or 'bucket\31' .. bucket.name
        hidden = hidden or {}
        hidden[mark] = true
        pass_over(bucket)
      end
    end
  end
  write_claims()
end

-- Adds the claims of a repeated poll that still stand to the reply. Returns their number, and those sessions whose item
-- is missing. `last`: the claims in the worker's record.
local function claims_again(worker, last, reply)
  local found, gone = 0, {}
  for session, claim in string.gmatch(match(last, '^[^\30]*'), '([^\31]+)\31(%d+)') do
    local s = read_session(session)
    if s and s.place == 'CLAIMED' and s.state ~= 'STOPPED' and s.owner == worker and s.token == claim then
      local content, n = call('MGET', AREA .. 'p:' .. session)[1], #reply
      if content then
        reply[n + 1], reply[n + 2], reply[n + 3], reply[n + 4] =
          session, claim, s.accept_by .. '\31' .. s.queued .. '\31' .. s.project, content
        found = found + 1
      elseif call('EXISTS', AREA .. 'p:' .. session) == 0 then
        gone[#gone + 1] = session
      end
    end
  end
  return found, gone
end
