-- The org. Every script reads it first and writes it last.
--
--   {org}:org   hash
--       numbers                  the fields of `org` below, in their order, separated by blanks
--       sets                     number of capability sets in use, number of the latest set
--       refs:<set>               how many live and dead sessions need the set
--       sets:<project>           the same for a project (sets.lua)
--       sweep                    last sweep, end of the last outage, time up to which claims were checked for
--                                acceptance
--       nodes                    last crash that may have lost poll answers, then <node>=<its last sweep> for
--                                each node, separated by blanks
--       q:<project>, pause:<project>  queue of a project and its pause (project.lua)
--       <kind>:<set>:<project>   head of an open bucket (project.lua)
--       closure                  of a closed org (closure.lua)
--       layout                   longer than 64 bytes: keeps this a hash table, since a small hash is searched
--                                from its start
--   {org}:texts    hash: session -> bytes of its unacknowledged messages
--   {org}:archived hash: session -> bytes of its archive
--   {org}:said     hash: session -> bytes of its activities
--   {org}:revoked  set: ids of revoked credentials
--   {org}:import   set, while an import goes on: hashes of the keys that it has stored
--   {org}:damaged  sorted set: session id; `inbox` US session id, `bucket` US its name, `worker` US worker id,
--                  `queue` US project, `job` US job id -> when it was last met; at most 100
--   {org}:call:<id> string, for five minutes: a call that may come again: its id, a blank, the checksum of its content, a
--                  blank, its answer as MessagePack
--   {org}:hints    channel: hints separated by RS: W <project>, M <worker>, S <worker>, B <capability>,
--                  C <session> whose state or place changed
--
-- KEYS[1] is this hash. ARGV[1] is the time, or '' for the server's time. A script answers { seq, 'OK', ... } or
-- { seq, name of a refusal, ... }.
--
-- A script changes `org` and `projects` in memory; commit() writes them, as the last step. All that may refuse or
-- raise comes before the first write.
--
-- The names of rules (LEASE_MS, MAX_ITEMS) are replaced by their values before Redis gets the script. US is the byte
-- 31 and RS the byte 30; no name contains them.

local call, match, format, sub, find = redis.call, string.match, string.format, string.sub, string.find

local ORG = KEYS[1]
local AREA = sub(ORG, 1, -4)

-- All fields are text. `org_closed`: the org has a closure, maybe one that is over.
local org, org_closed
do
  local numbers = call('HGET', ORG, 'numbers') or '0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 ' .. LAYOUT_IN_FORCE
  local seq, time, token, front, ready, parked, later, returned, claimed, dead, due, version, flags,
    jobs, offers, bytes, layout = match(numbers,
      '^(%d+) (%d+) (%d+) (%d+) (%d+) (%d+) (%d+) (%d+) (%d+) (%d+) (%d+) (%d+) ([0-3]) (%d+) (%d+) (%d+) (%d+)$')
  -- Later layouts may append numbers.
  layout = layout or match(numbers, '^' .. string.rep('%d+ ', 16) .. '(%d+) ')
  if layout and (layout + 0 > NEWEST_LAYOUT or layout + 0 < OLDEST_LAYOUT) then
    error(format('SLUICE-LAYOUT %s %d %d', layout, OLDEST_LAYOUT, NEWEST_LAYOUT), 0)
  end
  org = {
    seq = seq, -- last sequence number
    time = time, -- latest time seen
    token = token, -- last claim token
    front = front, -- last t of `front`
    -- Sessions by place.
    ready = ready, parked = parked, later = later, returned = returned, claimed = claimed, dead = dead,
    due = due, -- no entry of {org}:due is due before this; 0 for no entry
    version = version, -- grows when a capability set is added or removed
    revoked = flags, -- 1 if a credential was ever revoked, else 0
    jobs = jobs, offers = offers, -- waiting and offered jobs of the batch lane
    bytes = bytes, -- size of all records (StoredBytes)
    layout = layout, -- the form to write: raise_layout.lua raises it
  }
  -- The flag of a closed org is larger by 2, so that nodes that know no closures refuse it as damaged.
  if flags ~= '0' and flags ~= '1' then
    org.revoked, org_closed = flags == '3' and '1' or '0', true
  end
end
-- Refuses: call it before the first write.
local function damaged(what)
  error('SLUICE-DAMAGED ' .. (org.seq or 0) .. ' ' .. what, 0)
end
if not org.seq then
  damaged(ORG)
end

-- The time as text and as a number. Making a number into text is slow, and Lua rounds beyond 14 digits unless it is
-- formatted by %d.
local NOW = ARGV[1]
if NOW == '' then
  local time = call('TIME')
  NOW = format('%s%03d', time[1], time[2] / 1000)
end
local CLOCK, now = NOW, NOW + 0
-- StoredTime.next
do
  local stored = org.time + 0
  if now < stored or stored ~= 0 and now - stored > MAX_JUMP_MS then
    NOW, now = org.time, stored
  end
end

-- Refuses a key of another type.
local function expect(kind, key)
  local found = call('TYPE', key).ok
  if found ~= kind and found ~= 'none' then
    damaged(key)
  end
end

-- Fields of the org to write: name, value, ... New values of heads and of sets:<project>, by field; false deletes. And,
-- by project, the queues and the fields sets:<project> that this step has read (project.lua).
local changed, new_heads, projects, project_sets = {}, {}, {}, {}

-- Fields of the org that were read ahead of their use, false for a missing one. A write of the org forgets them.
local fields_ahead = {}

-- Reads fields of the org by one call; org_field has them then.
local function read_ahead(names)
  local values = call('HMGET', ORG, unpack(names))
  for i = 1, #names do
    fields_ahead[names[i]] = values[i]
  end
end

-- Returns a field of the org as the last write left it, or false.
local function org_field(name)
  local value = fields_ahead[name]
  if value == nil then
    value = call('HGET', ORG, name)
  end
  return value
end

-- Hints to publish, as keys.
local hinted

local function hint(kind, name)
  hinted = hinted or {}
  hinted[kind .. name] = true
end

-- Returns the error by which a full Redis refused a write, or nil if it was another one.
local function full_error(problem)
  local why = type(problem) == 'table' and problem.err or tostring(problem)
  return find(why, 'OOM ', 1, true) and why
end

-- Calls a function that writes. Damage to its keys must not undo half a step, so that part is left out. A full Redis
-- refuses only the first write of a script, so there is nothing to undo then: the step is refused as a whole.
local function try_write(write, ...)
  local ok, result = pcall(write, ...)
  if ok then
    return result
  end
  if full_error(result) then
    error(full_error(result), 0)
  end
  return nil
end

-- True if Redis is full. It refuses the heartbeats and acceptances of workers then, so that their silence is an outage of
-- ours. Call it before the first write, for an org that has numbers: the field stays as it is.
local function is_full()
  local ok, problem = pcall(call, 'HSETNX', ORG, 'numbers', '')
  return not ok and full_error(problem) ~= nil
end

-- A step that frees memory calls this before its first write, so that a full Redis takes the others. An open org has no
-- import.
local function write_though_full()
  call('UNLINK', AREA .. 'import')
end

-- Damage may have left the sum too small.
local function count_bytes(by)
  org.bytes = format('%d', math.max(0, org.bytes + by))
end

-- Writes the changes of `projects`; project.lua sets it.
local settle

-- Writes the changes of the org, even if it is closed. `quiet`: takes no sequence number.
local function write_org(quiet)
  if settle then
    settle()
  end
  if org.seq == '0' then
    call('HSET', ORG, 'layout',
      'dev.sluice.backend.redis: an org, its numbers and the heads of its open buckets')
  end
  if not quiet then
    org.seq = format('%d', org.seq + 1)
  end
  if next(new_heads) then
    for bucket, head in pairs(new_heads) do
      if head then
        local n = #changed
        changed[n + 1], changed[n + 2] = bucket, head
      else
        call('HDEL', ORG, bucket)
      end
    end
    new_heads = {}
  end
  local numbers = org.seq .. ' ' .. NOW .. ' ' .. org.token .. ' ' .. org.front .. ' ' .. org.ready .. ' '
    .. org.parked .. ' ' .. org.later .. ' ' .. org.returned .. ' ' .. org.claimed .. ' ' .. org.dead .. ' '
    .. org.due .. ' ' .. org.version .. ' ' .. (org_closed and org.revoked + 2 or org.revoked) .. ' ' .. org.jobs
    .. ' ' .. org.offers .. ' ' .. org.bytes .. ' ' .. org.layout
  if changed[1] then
    -- A bounded number of arguments per call.
    for i = 1001, #changed, 1000 do
      call('HSET', ORG, unpack(changed, i, math.min(i + 999, #changed)))
    end
    call('HSET', ORG, 'numbers', numbers, unpack(changed, 1, math.min(1000, #changed)))
    changed = {}
  else
    call('HSET', ORG, 'numbers', numbers)
  end
  fields_ahead, org.written = {}, true
  if hinted then
    local list = {}
    for text in pairs(hinted) do
      list[#list + 1] = text
    end
    hinted = nil
    -- pcall: a hint that fails must not undo half a step.
    redis.pcall('PUBLISH', AREA .. 'hints', table.concat(list, '\30'))
  end
end

-- A call that may come again: its id, a blank, and the checksum of its content.
local CALL = ARGV[#ARGV]

-- True if a remembered call, or false, is this one. Refuses an id that was used for another call.
local function is_this_call(known)
  local id = match(CALL, '^%S+ ')
  if not known or sub(known, 1, #id) ~= id then
    return false
  elseif sub(known, 1, #CALL + 1) ~= CALL .. ' ' then
    error(format('SLUICE-CALL %s %s', org.seq, id), 0)
  end
  return true
end

-- Stands for the content of a session whose item is missing.
local NO_CONTENT = '0\31\31\31\n'

-- The session in an answer, as session_reply makes it, or nil.
local function session_in(reply)
  for _, part in ipairs(reply) do
    if type(part) == 'table' and type(part[5]) == 'table' then
      return part
    end
  end
end

-- Returns the first answer to this call, or nil.
local function answered_call(known)
  local reply = is_this_call(known) and cmsgpack.unpack(sub(known, #CALL + 2)) or nil
  local session = reply and session_in(reply)
  if session then
    session[3] = call('GET', AREA .. 'p:' .. session[1]) or NO_CONTENT
  end
  return reply
end

-- Returns this call as it is remembered, without the content of a session, which has a key of its own.
local function remembered_call(reply)
  local session = session_in(reply)
  local content = session and session[3]
  if session then
    session[3] = ''
  end
  local packed = CALL .. ' ' .. cmsgpack.pack(reply)
  if session then
    session[3] = content
  end
  return packed
end

-- Remembers the answer to a call that changed something, and returns it. With its name a script gets this check, before
-- all else that it does.
ARGV[#ARGV] = nil
local first_answer = answered_call(call('GET', AREA .. 'call:' .. match(CALL, '^%S+')))
if first_answer then
  return first_answer
end
local function remember_call(reply)
  if org.written then
    call('SET', AREA .. 'call:' .. match(CALL, '^%S+'), remembered_call(reply), 'PX', CALL_MS)
  end
  return reply
end

-- As write_org. With its name a script gets this check, before all else that it does: all scripts that change an org
-- commit, but for those of a transfer.
if org_closed then
  -- INSERT
  refuse_closed()
end
local commit = write_org

-- Records damage for the health check.
local function note_damage(names)
  local list = {}
  for i = 1, math.min(#names, 100) do
    list[2 * i - 1] = now
    list[2 * i] = names[i]
  end
  -- pcall: a note that fails must not undo half a step.
  redis.pcall('ZADD', AREA .. 'damaged', unpack(list))
  redis.pcall('ZREMRANGEBYRANK', AREA .. 'damaged', 0, -101)
end

-- Runs a step for one entry. False if records of the entry are damaged; the step has written nothing then.
local function passes(step, ...)
  local ok, why = pcall(step, ...)
  if ok then
    return why ~= false
  end
  local text = type(why) == 'table' and why.err or tostring(why)
  if not find(text, 'WRONGTYPE', 1, true) and not find(text, 'SLUICE-DAMAGED', 1, true) then
    error(text, 0)
  end
  return false
end
