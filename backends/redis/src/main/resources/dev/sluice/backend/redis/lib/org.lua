-- The org: what every step reads first and writes last.
--
--   {org}:org   hash
--       numbers                  the fields of `org` below, in their order, parted by blanks
--       sets                     how many sets of required capabilities live and dead work needs, and
--                                the number of the latest one
--       refs:<set>               live and dead sessions that need that set
--       sets:<project>           the same of a project, for all its sets (lib/project.lua)
--       sweep                    last sweep, end of the last outage, and claims until when were
--                                looked at for their acceptance
--       nodes                    the time of the last crash that may have lost poll answers, and for
--                                each node <name>=<its last sweep>, parted by blanks
--       q:<project>              the queue of that project (lib/project.lua)
--       pause:<project>          what is said of the pause in force (lib/project.lua)
--       <kind>:<set>:<project>   head of that bucket, if the bucket is open (lib/bucket.lua)
--       layout                   more than 64 bytes, which keeps this a hash table: the compact form
--                                of small hashes is searched from its start
--   {org}:texts    hash: bytes of the messages that a live session has not acknowledged
--   {org}:archived hash: bytes of the archive of a session
--   {org}:said     hash: bytes of the activities of a session
--   {org}:revoked  set: ids of the revoked credentials
--   {org}:hints    channel: hints, parted by RS: W <project>, M <worker>, S <worker>,
--                  B <capability> for jobs (lib/batch.lua), C <session> whose state or place changed
--
-- KEYS[1] is this hash, ARGV[1] the time to use instead of the server's, or empty.
--
-- A step changes `org` and the like in memory and writes them in commit(), its last step. Whatever
-- may refuse or raise must therefore stand before the first write of its step.
--
-- Redis gets scripts with the rules in force in place of their names: LEASE_MS, MAX_ITEMS and so on. US
-- (unit separator, byte 31) and RS (record separator, byte 30) are never part of a name.

local call, match, format, sub, find = redis.call, string.match, string.format, string.sub, string.find

local ORG = KEYS[1]
local AREA = sub(ORG, 1, -4)

local org
do
  local seq, time, token, front, ready, parked, later, returned, claimed, dead, due, version, revoked,
    jobs, offers, bytes = match(call('HGET', ORG, 'numbers') or '0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0',
      '^(%d+) (%d+) (%d+) (%d+) (%d+) (%d+) (%d+) (%d+) (%d+) (%d+) (%d+) (%d+) ([01]) (%d+) (%d+) (%d+)$')
  -- All are text, and stay so.
  org = {
    seq = seq, -- last sequence number
    time = time, -- latest time seen
    token = token, -- last claim token
    front = front, -- last t of `front`
    -- How many sessions stand in that place.
    ready = ready, parked = parked, later = later, returned = returned, claimed = claimed, dead = dead,
    due = due, -- no entry of {org}:due is due before; 0 when there is none
    version = version, -- grows when a set of required capabilities comes or goes
    revoked = revoked, -- 1 if any credential was ever revoked
    jobs = jobs, offers = offers, -- how many jobs of the batch lane wait, and are offered
    bytes = bytes, -- what all its records count: StoredBytes
  }
end

-- Refuses by raising: nothing may have been written yet.
local function damaged(what)
  error('SLUICE-DAMAGED ' .. (org.seq or 0) .. ' ' .. what, 0)
end

if not org.seq then
  damaged(ORG)
end

-- The time as text and as number. Numbers are slow to become text, and beyond 14 digits Lua would
-- do it wrong by itself, so what is stored is made text with %d.
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

local function expect(kind, key)
  local found = call('TYPE', key).ok
  if found ~= kind and found ~= 'none' then
    damaged(key)
  end
end

-- More fields of the hash to write: name, value, ... New heads of buckets, and sets of projects, by
-- their field; false for a field that goes.
local changed, new_heads = {}, {}

-- What has become eligible or readable in this step.
local hinted

local function hint(kind, name)
  hinted = hinted or {}
  hinted[kind .. name] = true
end

-- So many bytes more are stored. Damage may have left fewer counted than there are.
local function count_bytes(by)
  org.bytes = format('%d', math.max(0, org.bytes + by))
end

-- Writes what changed of the projects: lib/project.lua sets it.
local settle

-- Writes the step's changes of the org. `quiet`: they are none that takes a sequence number.
local function commit(quiet)
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
    .. org.due .. ' ' .. org.version .. ' ' .. org.revoked .. ' ' .. org.jobs .. ' ' .. org.offers .. ' ' .. org.bytes
  if changed[1] then
    -- A bounded number of arguments a call.
    for i = 1001, #changed, 1000 do
      call('HSET', ORG, unpack(changed, i, math.min(i + 999, #changed)))
    end
    call('HSET', ORG, 'numbers', numbers, unpack(changed, 1, math.min(1000, #changed)))
    changed = {}
  else
    call('HSET', ORG, 'numbers', numbers)
  end
  if hinted then
    local list = {}
    for text in pairs(hinted) do
      list[#list + 1] = text
    end
    hinted = nil
    -- A hint that can't be given must not undo half a step.
    redis.pcall('PUBLISH', AREA .. 'hints', table.concat(list, '\30'))
  end
end
