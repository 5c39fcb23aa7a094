-- Poll: renews the worker's lease, claims the best waiting work for its free slots, and offers the
-- messages of its active sessions, and jobs.
--
-- KEYS    1 {org}:org
-- ARGV    1 now or ''  2 worker  3 credential the caller is bound to, or ''  4 request id
--         5 most items  6 1 if jobs may be offered, else 0
-- Result  seq, 'OK', dialect, capabilities, projects it takes,
--         two flags: 1 if another poll may bring work, if any work is left in order, else 0,
--         number of claims,
--         session, token, accept deadline US enqueue time US project, content of each claim,
--         session, message, time of this offer, content of each message,
--         and if there are any, a list: job, item of each job
--      or seq, 'UNKNOWN_WORKER'
--
-- What most polls don't need stands in blocks that they don't enter, libraries included: Redis
-- makes the functions of a script anew at each run. Tables cost as well, so the main loop has few.
--
-- USES org bucket worker

local id, request = ARGV[2], ARGV[4]
local key = AREA .. 'w:' .. id
local row = call('HMGET', key, 'state', 'last', 'takes', 'capabilities')
local last, takes, capabilities = row[2], row[3], row[4]
if not row[1] then
  return { org.seq, 'UNKNOWN_WORKER' }
end
if ARGV[3] ~= '' or org.revoked == '1' then
  local registered_by = call('HGET', key, 'registered_by')
  if ARGV[3] ~= '' and registered_by ~= ARGV[3]
    or org.revoked == '1' and call('SISMEMBER', AREA .. 'revoked', registered_by) == 1 then
    return { org.seq, 'UNKNOWN_WORKER' }
  end
end
local dialect, seen, capacity, flags, active, mail, no_shows, quarantines, judged, quarantined, version, accepted =
  match(row[1], STATE)
local accept_ms = ACCEPT_MS[dialect]
if not (accept_ms and last and takes and capabilities) then
  damaged(key)
end

-- What may refuse stands here: below, reads don't raise, and each item is decided on before it is
-- written.
local silent, retired = false, false
if flags ~= '0000' then
  silent, retired = sub(flags, 2, 2) == '1', sub(flags, 4) == '1'
  if silent or retired then
    expect('zset', AREA .. 'leases')
    expect('zset', AREA .. 'silent')
    expect('zset', AREA .. 'workers')
  end
end
local repeated = sub(last, 1, #request + 1) == request .. '\31'
local able = (flags == '0000' or flags == '0100') and (quarantined == '0' or quarantined + 0 <= now)
local may = able and not repeated
-- What its last poll told it of: jobs, and if it is a snake-case one, messages.
local snake = dialect == 'SNAKE_CASE'
local told = snake and not repeated and mail ~= ''
local jobs = find(last, '\30', 1, true)
jobs = jobs and sub(last, jobs + 1)
local asks = may and ARGV[6] == '1'
  and find('\30' .. capabilities .. '\30', '\30' .. BATCH_CAPABILITY .. '\30', 1, true)
if may and (told or capacity - active > 0) then
  expect('zset', AREA .. 'claimed')
end
if jobs or asks and (org.jobs ~= '0' or org.offers ~= '0') then
  expect('zset', AREA .. 'due')
  expect('zset', AREA .. 'jobs')
  expect('zset', AREA .. 'jobs-over')
end
if org.returned ~= '0' or told then
  expect('zset', AREA .. 'due')
  expect('zset', AREA .. 'returns:' .. id)
end

if org.due ~= '0' and org.due + 0 <= now then
  -- INSERT session event order project issue queue slots refs ending damage batch due
  local _, _, wrote = handle_due(DUE_STEP)
  if wrote then
    commit(true)
  end
  settle = nil
end

local broken
if told then
  -- INSERT session event order project issue queue slots refs ending damage inbox excerpt acknowledge told
  broken = {}
  local w = { id = id, key = key, active = active, gone = {} }
  if acknowledge_told(w, broken) then
    active = w.active
    if w.gone[1] then
      call('HDEL', key, unpack(w.gone))
    end
    commit(true)
  end
  settle = nil
end
if jobs and not repeated then
  -- INSERT damage batch jobs
  deliver(id, jobs)
end

local wanted = 0
if may and (org.ready ~= '0' or org.returned ~= '0') then
  wanted = math.min(ARGV[5], MAX_ITEMS, capacity - active)
end
local own, standing = nil, 0
-- What it nacked is for others; a worker with many of them standing gets no work. Most of these wait
-- in buckets, but they may be parked too.
if wanted > 0 and (org.returned ~= '0' or org.parked ~= '0') then
  own = {}
  local returns = redis.pcall('ZRANGE', AREA .. 'returns:' .. id, 0, MAX_RETURNS - 1)
  for i, session in ipairs(returns) do
    own[session] = true
    standing = i
  end
  if standing == MAX_RETURNS then
    wanted = 0
  end
end

local reply, size, found = { '', 'OK', dialect, capabilities, takes, '', 0 }, 7, 0
local record, claims, active_now, gone = {}, '', active, nil
-- Once, and once more for each item that is found missing: its session dies, and another one of its
-- issue may go first.
local dying, undying
while wanted > 0 do
  -- INSERT claim project
  if version ~= org.version then
    -- INSERT capabilities
    version, accepted = org.version, sets_within(capabilities)
  end

  -- The heads of open buckets, by set and kind: enough that own ones leave as many as are wanted.
  -- Candidates are first these lists, { heads, at, ... }; a bucket, { list, at, ... }, joins them
  -- when its head's turn comes. `entry` is what comes next, nil at the end.
  local candidates, total = {}, 0
  local deep = wanted + standing
  for set_id in string.gmatch(accepted, '%d+') do
    for kind = 1, 2 do
      local place, prefix, some = 'READY', 'ready:' .. set_id, org.ready
      if kind == 2 then
        place, prefix, some = 'RETURNED', 'returned:' .. set_id, org.returned
      end
      if some ~= '0' then
        local index = AREA .. 'heads:' .. prefix
        local heads
        if takes == '' then
          heads = call('ZRANGE', index, '0', deep == 1 and '0' or deep - 1)
        else
          -- INSERT order named
          heads = heads_of(takes, prefix)
          expect('zset', index)
        end
        local head = heads[1]
        if head then
          total = total + 1
          candidates[total] = {
            heads = heads, at = 1, entry = sub(head, 1, find(head, '\31', 18, true) - 1),
            prefix = prefix, index = index, place = place, set = set_id,
          }
        end
      end
    end
  end
  -- One item of one head is compared with nothing; own ones may be passed over, though.
  local before
  if total > 1 or deep > 1 then
    -- INSERT order
    before = entry_before
  end

  local accept_by = format('%d', now + accept_ms)
  local tail = '\31' .. accept_by .. '\31' .. NOW .. '\31' .. NOW .. '\0310\0310\0310\31' .. NOW
    .. '\0310\31\31\0310\0310\31\31\31\30'
  local noted = '\31' .. NOW .. '\31CLAIMED\31' .. id .. '\31'
  noted = format('%d', org.seq + 1) .. noted
  local by_claimed = {}
  local hidden, closed
  dying = nil
  while found < wanted do
    local best = candidates[1]
    for i = 2, total do
      local c = candidates[i]
      if c.entry and (not best.entry or before(c.entry, best.entry)) then
        best = c
      end
    end
    local entry = best and best.entry
    if not entry then
      break
    end
    local session, bucket, at = sub(entry, 18), best, best.at
    local list, bad, passed_over = best.list, nil, false
    if not list then
      -- Opens the bucket of a head, and goes on to the next one.
      local heads = best.heads
      local head, following = heads[at], heads[at + 1]
      best.at, best.entry = at + 1, following and sub(following, 1, find(following, '\31', 18, true) - 1)
      local project = sub(head, #entry + 2)
      local name = best.prefix .. ':' .. project
      at, list = 1, redis.pcall('ZRANGE', AREA .. name, '0', deep == 1 and '1' or deep)
      bucket = {
        list = list, at = 2, entry = list[2], name = name, index = best.index, old = head,
        first = entry, taken = false, blocked = false, place = best.place, project = project,
        start = project .. '\31' .. best.set .. '\31',
      }
      total = total + 1
      candidates[total] = bucket
      bad = list[1] ~= entry and 'bucket\31' .. name
    end
    bucket.at, bucket.entry = at + 1, list[at + 1]

    if own and own[session] then
      bucket.blocked = true
    elseif hidden and hidden[bucket.start] or closed and closed[bucket.project] then
      bucket.entry = nil
      passed_over = true
    else
      -- Decide: lib/session.lua has the shape. What a claim replaces need not be read.
      local s_key = AREA .. 's:' .. session
      local pair = call('MGET', s_key, AREA .. 'p:' .. session)
      local line, content = pair[1], pair[2]
      local start = bucket.start .. sub(entry, 1, 17)
      local first, second, issue, queued, deadline, kept, unacked, has_fields, events, nacked_by
      if line and sub(line, 1, #start) == start then
        first = find(line, '\30', #start, true)
        second = first and find(line, '\30', first + 1, true)
      end
      if second and find(line, bucket.place .. '\31PENDING\31', first + 1, true) == first + 1 then
        issue, queued, deadline = match(line, WHEN, #start + 1)
        kept = sub(line, second + 1)
        unacked, has_fields, events = match(kept, KEPT)
      end
      if issue and unacked and not content and not (undying and undying[session])
        and call('EXISTS', AREA .. 'p:' .. session) == 0 then
        dying = session
        break
      end
      local project = projects[bucket.project]
      if issue and unacked and content and not project then
        local ok, p = pcall(project_of, bucket.project)
        project = ok and is('zset', AREA .. 'claimed:' .. bucket.project) and p
        if not project then
          projects[bucket.project] = nil -- so that the next one of it is checked too
        end
      end
      if bucket.place == 'RETURNED' and unacked then
        nacked_by = match(sub(line, first, second - 1), '\31([^\31]*)\31%d+\31[01]\31[%u_]*\31[^\31]*\31[^\31]*$')
      end
      local issue_key = issue and issue ~= '' and AREA .. 'i:' .. issue
      local first_of = issue_key and redis.pcall('ZRANGE', issue_key, '0', '0', 'WITHSCORES')
      if bad or not (issue and unacked and content and project)
        or bucket.place == 'RETURNED' and not (nacked_by and is('zset', AREA .. 'returns:' .. nacked_by))
        or deadline ~= '0' and not is('zset', AREA .. 'due')
        or first_of and (first_of[1] ~= entry or first_of[2] ~= '0')
        or unacked ~= '0' and not is('zset', AREA .. 'mail:' .. id) then
        -- Nothing of a bucket counts that stands behind a damaged record.
        broken, hidden = broken or {}, hidden or {}
        broken[#broken + 1] = bad or session
        hidden[bucket.start] = true
        bucket.entry = nil
        passed_over = true
        if #broken >= MAX_BROKEN then
          break
        end
      else
        -- Apply.
        local claim = next_token()
        found = found + 1
        if has_fields == '1' then
          kept = string.gsub(kept, '1(\31%d+\30)', '0%1', 1)
          call('UNLINK', AREA .. 'f:' .. session)
        end
        if events == '' then
          kept = kept .. noted
        elseif #events < 1000 then
          kept = kept .. '\29' .. noted
        else
          -- INSERT event
          local s = { id = session, events = events }
          event(s, 'CLAIMED', id)
          kept = sub(kept, 1, -#events - 1) .. s.events
        end
        call('SET', s_key,
          sub(line, 1, first) .. 'CLAIMED\31CLAIMED\31' .. id .. '\31' .. claim .. tail .. kept)
        hint('C', session)
        call('ZREM', AREA .. bucket.name, entry)
        if issue_key then
          call('ZADD', issue_key, '-1', entry)
        end
        if deadline ~= '0' then
          call('ZREM', AREA .. 'due', '2\31' .. session)
        end
        if nacked_by then
          call('ZREM', AREA .. 'due', '3\31' .. session)
          call('ZREM', AREA .. 'returns:' .. nacked_by, session)
        end
        if unacked ~= '0' then
          call('ZADD', AREA .. 'mail:' .. id, '0', session)
          mail = '0'
        end
        count(project, bucket.place, -1)
        count(project, 'CLAIMED', 1)
        if not is_open(project) then
          closed = closed or {}
          closed[project.name] = true
        end
        bucket.taken = true
        if not bucket.blocked then
          bucket.first = list[at + 1]
        end
        claims = claims .. session .. '\31' .. claim .. '\31'
        record[2 * found - 1], record[2 * found] = 'a:' .. session, claim
        by_claimed[#by_claimed + 1], by_claimed[#by_claimed + 2] = NOW, session
        call('ZADD', AREA .. 'claimed:' .. bucket.project, NOW, session)
        reply[size + 1], reply[size + 2], reply[size + 3], reply[size + 4] =
          session, claim, accept_by .. '\31' .. queued .. '\31' .. bucket.project, content
        size = size + 4
      end
    end
    -- Each index may have another head instead of the one passed over.
    for i = 1, passed_over and takes == '' and total or 0 do
      local c = candidates[i]
      local head = c.heads and redis.pcall('ZRANGE', c.index, #c.heads, #c.heads)[1]
      if head then
        c.heads[#c.heads + 1] = head
        c.entry = c.entry or sub(head, 1, find(head, '\31', 18, true) - 1)
      end
    end
  end

  if by_claimed[1] then
    for i = 1, total do
      local bucket = candidates[i]
      if bucket.taken then
        bucket_refresh(bucket.name, bucket.index, bucket.old,
          bucket.first and bucket.first .. '\31' .. bucket.project or false)
      end
    end
    active_now = format('%d', active + found)
    call('ZADD', AREA .. 'claimed', unpack(by_claimed))
  end
  if not dying then
    break
  end
  commit(true)
  do
    -- INSERT session event order project issue queue slots refs ending damage
    if not passes(function()
      local s = read_session(dying)
      if not s then
        return false
      end
      die(s, nil, decide_end(s, 'dead'), 'ITEM_MISSING')
      write_session(s)
    end) then
      undying = undying or {}
      undying[dying] = true
    end
    commit(true)
  end
end
if repeated then
  -- The claims of that poll which still stand.
  -- INSERT session
  for session, claim in string.gmatch(match(last, '^[^\30]*', #request + 2), '([^\31]+)\31(%d+)') do
    local s = read_session(session)
    local content = s and call('MGET', AREA .. 'p:' .. session)[1]
    local stands = s and s.place == 'CLAIMED' and s.state ~= 'STOPPED' and s.owner == id
      and s.token == claim
    if stands and content then
      reply[size + 1], reply[size + 2], reply[size + 3], reply[size + 4] =
        session, claim, s.accept_by .. '\31' .. s.queued .. '\31' .. s.project, content
      size = size + 4
      found = found + 1
    elseif stands and call('EXISTS', AREA .. 'p:' .. session) == 0 then
      gone = gone or {}
      gone[#gone + 1] = session
    end
  end
end

if mail ~= '' and dialect ~= 'GO_DAEMON' and (mail + 0 <= now or snake and repeated) then
  -- INSERT session damage offer
  broken = broken or {}
  local handed_out = {}
  for i = 8, size, 4 do
    handed_out[reply[i]] = true
  end
  mail = offer_messages(id, handed_out, reply, broken, snake, snake and repeated)
end
local offers
if asks and org.jobs ~= '0'
  and #redis.pcall('ZRANGE', AREA .. 'returns:' .. id, 0, MAX_RETURNS - 1) < MAX_RETURNS then
  -- INSERT damage batch jobs
  broken = broken or {}
  offers = offer_jobs(id, broken)
elseif jobs and repeated then
  -- INSERT damage batch jobs
  offers = standing_jobs(id, jobs)
end
if offers and offers[1] then
  reply[#reply + 1] = offers
end
if silent then
  flags = sub(flags, 1, 1) .. '0' .. sub(flags, 3)
  call('ZREM', AREA .. 'silent', id)
  call('ZADD', AREA .. 'leases', now + LEASE_MS, id)
end
if not repeated then
  last = request .. '\31' .. claims
  for i = 1, offers and #offers or 0, 2 do
    last = last .. '\30' .. offers[i]
  end
end
if retired and active_now == '0' then
  -- INSERT workers
  write_worker({ id = id, key = key, retired = '1', active = '0' })
else
  call('HSET', key,
    'state', dialect .. '\31' .. NOW .. '\31' .. capacity .. '\31' .. flags .. '\31' .. active_now .. '\31'
      .. mail .. '\31' .. no_shows .. ' ' .. quarantines .. ' ' .. judged .. '\31' .. quarantined .. '\31' .. version .. '\31' .. accepted,
    'last', last, 'polled', NOW, unpack(record))
end
if gone then
  -- Items that are missing: their sessions die.
  commit(true)
  -- INSERT workers session event order project issue queue slots refs ending damage
  broken = broken or {}
  local w = read_worker(id)
  for _, session in ipairs(gone) do
    if not passes(function()
      local s = read_session(session)
      if not s then
        return false
      end
      die(s, w, decide_end(s, 'dead'), 'ITEM_MISSING')
      write_session(s)
    end) then
      broken[#broken + 1] = session
    end
  end
  write_worker(w)
  active_now = w.active
end
if broken and broken[1] then
  -- INSERT damage
  note_damage(broken)
end
able = able and capacity - active_now > 0
if able and (org.returned ~= '0' or org.parked ~= '0') then
  able = not redis.pcall('ZRANGE', AREA .. 'returns:' .. id, MAX_RETURNS - 1, MAX_RETURNS - 1)[1]
end
commit()
reply[1], reply[7] = org.seq, found
reply[6] = (able and '1' or '0') .. (org.ready == '0' and org.returned == '0' and '0' or '1')
return reply
