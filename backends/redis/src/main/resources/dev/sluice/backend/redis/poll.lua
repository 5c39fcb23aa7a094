-- Poll: renews the worker's lease, claims the best waiting work for its free slots, and offers the
-- messages of its active sessions.
--
-- KEYS    1 {org}:org
-- ARGV    1 now or ''  2 worker  3 credential that registered it, or ''  4 request id
--         5 most items
-- Result  seq, 'OK', dialect, capabilities,
--         claims (id, token, accept deadline, content, ...),
--         messages (session, message, lane, content, ...)
--      or seq, 'UNKNOWN_WORKER'
--
-- USES org bucket session queue damage due choose offer

local id, request = ARGV[2], ARGV[4]
local key = AREA .. 'w:' .. id
local w = call('HMGET', key, 'registered_by', 'dialect', 'capacity', 'capabilities', 'draining',
  'active', 'request', 'claims', 'takes', 'sets', 'sets_version', 'silent', 'mail')
local capabilities, takes, mail = w[4], w[9], w[13]
if not w[1] or ARGV[3] ~= '' and ARGV[3] ~= w[1] then
  return { seq, 'UNKNOWN_WORKER' }
end
local accept_ms, capacity, active = ACCEPT_MS[w[2]], tonumber(w[3]), tonumber(w[6])
if not (accept_ms and capacity and active and capabilities and takes and mail) then
  damaged(key)
end

if due > 0 and due <= now then
  local _, looked = handle_due(DUE_STEP)
  if looked > 0 then
    commit()
  end
end

-- Decide.

local answer, handed_out = {}, {}
local picks, broken = {}, {}
local record = { 'seen', now }
local function note(field, value)
  local n = #record
  record[n + 1], record[n + 2] = field, value
end

local repeated = w[7] == request
if repeated then
  -- The claims of that poll which still stand.
  for session, claim in string.gmatch(w[8], '([^\31]+)\31(%d+)') do
    local s = read_session(session)
    local content = s and call('MGET', AREA .. 'p:' .. session)[1]
    if content and s.place == 'CLAIMED' and s.owner == id and s.token == claim then
      local n = #answer
      answer[n + 1], answer[n + 2], answer[n + 3], answer[n + 4] =
        session, claim, s.accept_by, content
      handed_out[session] = true
    end
  end
elseif w[5] == '0' and ready + returned > 0 then
  local wanted = math.min(tonumber(ARGV[5]), MAX_ITEMS, capacity - active)
  local own, standing = own_returns(id)
  if wanted > 0 and standing < MAX_RETURNS then
    local accepted = w[10]
    if w[11] ~= sets_version then
      accepted = sets_within(capabilities)
      note('sets', accepted)
      note('sets_version', sets_version)
    end
    local projects
    if takes ~= '' then
      projects = {}
      for project in string.gmatch(takes, '[^\31]+') do
        projects[#projects + 1] = project
      end
    end
    picks = choose(wanted, id, accepted, projects, own, standing, broken)
    for _, pick in ipairs(picks) do
      handed_out[pick.id] = true
    end
  end
end

local offers
if mail ~= '' and tonumber(mail) <= now then
  offers = decide_offers(id, handed_out, broken)
  mail = offers.nearest
end
if w[12] ~= '0' then
  expect('zset', AREA .. 'leases')
end

-- Apply.

local messages = {}
if #picks > 0 then
  local accept_by = now + accept_ms
  local accepts, lines, buckets, claims = {}, {}, {}, {}
  for i, pick in ipairs(picks) do
    local from, claim = pick.from, next_token()
    accepts[2 * i - 1], accepts[2 * i] = accept_by, pick.id
    lines[2 * i - 1] = AREA .. 's:' .. pick.id
    lines[2 * i] =
      claimed_line(pick.fixed, id, claim, accept_by, pick.attempts, pick.nacks, pick.unacked)
    claims[i] = pick.id .. '\31' .. claim
    note('a:' .. pick.id, claim)
    if not from.taken then
      from.taken = {}
      buckets[#buckets + 1] = from
    end
    from.taken[#from.taken + 1] = pick.id
    local n = #answer
    answer[n + 1], answer[n + 2], answer[n + 3], answer[n + 4] =
      pick.id, claim, accept_by, pick.content
  end
  -- The first write is to the one key that nothing has read: it raises, or all that follow do well.
  call('ZADD', AREA .. 'accepts', unpack(accepts))
  call('MSET', unpack(lines))
  for _, from in ipairs(buckets) do
    call('ZREM', AREA .. from.bucket, unpack(from.taken))
    first_heads[from.bucket] = from.member
    bucket_refresh(from.bucket, from.index, head_after(from))
    if from.kind == 'ready' then
      ready = ready - #from.taken
    else
      returned = returned - #from.taken
    end
  end
  claimed = claimed + #picks
  for _, pick in ipairs(picks) do
    if pick.from.kind == 'returned' then
      call('ZREM', AREA .. 'due', 'returned\31' .. pick.id)
      call('ZREM', AREA .. 'returns:' .. pick.nacked_by, pick.id)
    end
    if pick.has_fields == '1' then
      call('UNLINK', AREA .. 'f:' .. pick.id)
    end
    if pick.unacked ~= '0' then
      call('ZADD', AREA .. 'mail:' .. id, 0, pick.id)
      mail = 0
    end
  end
  note('active', active + #picks)
  note('request', request)
  note('claims', table.concat(claims, '\31'))
elseif not repeated then
  note('request', request)
  note('claims', '')
end
if offers then
  apply_offers(offers, id, messages)
end
if mail ~= w[13] then
  note('mail', mail)
end
if w[12] ~= '0' then
  call('ZADD', AREA .. 'leases', now + LEASE_MS, id)
  note('silent', 0)
end
call('HSET', key, unpack(record))
if next(broken) then
  local names = {}
  for name in pairs(broken) do
    names[#names + 1] = name
  end
  note_damage(names)
end
commit()
return { seq, 'OK', w[2], capabilities, answer, messages }
