-- The claims of a poll, a step of poll.lua.

-- A poll passes over so many damaged records, then it stops.
local MAX_BROKEN = 64

-- Whether a key is of that type, or isn't there.
local function is(kind, name)
  local found = call('TYPE', name).ok
  return found == kind or found == 'none'
end

-- The queue of a project, which is then among `projects`; or nil where it is damaged, or its list of claims.
local function sound_project(name)
  if not projects[name] and not (pcall(project_of, name) and is('zset', AREA .. 'claimed:' .. name)) then
    projects[name] = nil
  end
  return projects[name]
end

local accept_by = format('%d', now + accept_ms)
local before_token, behind_token = claim_texts(id, accept_by)
local noted = event_text('CLAIMED', id)
-- What was claimed since the last write_claims.
local by_claimed, ready_claimed, returned_claimed = {}, 0, 0

-- Claims the next entry of a bucket. Answers its queue, or false where a record is damaged, or nil where only its item
-- is missing.
local function claim_entry(bucket, session)
  -- Decide.
  local entry, place = bucket.entry, bucket.place
  local pair = call('MGET', AREA .. 's:' .. session, AREA .. 'p:' .. session)
  local line, content = pair[1], pair[2]
  if not line then
    return false
  end
  local issue, queued, deadline, nacked_by, unacked, has_fields, events, kept, counts =
    parse_waiting(line, bucket.start .. sub(entry, 1, 17), place)
  if not issue then
    return false
  elseif not content then
    if call('EXISTS', AREA .. 'p:' .. session) == 1 then
      return false
    end
    return nil
  end
  local p = sound_project(bucket.project)
  local first = issue ~= '' and redis.pcall('ZRANGE', AREA .. 'i:' .. issue, '0', '0', 'WITHSCORES')
  if not p
    or first and (first[1] ~= entry or first[2] ~= '0')
    or nacked_by and not is('zset', AREA .. 'returns:' .. nacked_by)
    or deadline ~= '0' and not is('zset', AREA .. 'due')
    or unacked ~= '0' and not is('zset', AREA .. 'mail:' .. id) then
    return false
  end

  -- Apply.
  local token = next_token()
  if has_fields == '1' then
    call('UNLINK', AREA .. 'f:' .. session)
  end
  call('SET', AREA .. 's:' .. session,
    kept .. before_token .. token .. behind_token .. counts .. '\30' .. add_event(session, events, noted))
  hint('C', session)
  call('ZREM', AREA .. bucket.name, entry)
  if first then
    call('ZADD', AREA .. 'i:' .. issue, '-1', entry)
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
  call('ZADD', AREA .. 'claimed:' .. p.name, NOW, session)
  if place == 'READY' then
    p.ready, ready_claimed = p.ready - 1, ready_claimed + 1
  else
    p.returned, returned_claimed = p.returned - 1, returned_claimed + 1
  end
  p.claimed = p.claimed + 1
  local n, found = #by_claimed, 2 * reply[7]
  by_claimed[n + 1], by_claimed[n + 2] = NOW, session
  set[found + 1], set[found + 2] = 'a:' .. session, token
  claims = claims .. session .. '\31' .. token .. '\31'
  n = #reply
  reply[n + 1], reply[n + 2], reply[n + 3], reply[n + 4] =
    session, token, accept_by .. '\31' .. queued .. '\31' .. p.name, content
  reply[7] = reply[7] + 1
  return p
end

-- Writes what claims change together.
local function write_claims()
  if by_claimed[1] then
    org.ready = format('%d', org.ready - ready_claimed)
    org.returned = format('%d', org.returned - returned_claimed)
    org.claimed = format('%d', org.claimed + ready_claimed + returned_claimed)
    active = format('%d', active + ready_claimed + returned_claimed)
    call('ZADD', AREA .. 'claimed', unpack(by_claimed))
    write_heads()
  end
end
