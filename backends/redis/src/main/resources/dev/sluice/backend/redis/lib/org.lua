-- The org: what every step reads first and writes last.
--
--   {org}:org   hash
--       seq, time, token         last sequence number, latest time seen, last claim token
--       ready, returned, claimed how many sessions stand in that place
--       due                      no entry of {org}:due is due before; 0 when there is none
--       sets, sets_version       live sets of required capabilities; grows when one comes or goes
--       refs:<set>, last_set     live sessions of a set; its latest number
--       sweep, gap               last sweep; end of the last outage
--       <kind>:<set>:<project>   head of that bucket, if the bucket is open (lib/bucket.lua)
--
-- KEYS[1] is this hash, ARGV[1] the time to use instead of the server's, or empty.
--
-- A step notes its changes to the hash here and writes them with one HSET, in commit(). Whatever
-- may refuse or raise must therefore stand before the first write of its step.

local call = redis.call
local match = string.match
local format = string.format

local ORG = KEYS[1]
local AREA = string.sub(ORG, 1, -4)

local stored = call('HMGET', ORG,
  'seq', 'time', 'token', 'ready', 'returned', 'claimed', 'due', 'sets', 'sets_version')
local seq = tonumber(stored[1] or 0)
local token = tonumber(stored[3] or 0)
local ready = tonumber(stored[4] or 0)
local returned = tonumber(stored[5] or 0)
local claimed = tonumber(stored[6] or 0)
local due = tonumber(stored[7] or 0)
local sets = tonumber(stored[8] or 0)
local sets_version = stored[9] or '0'

-- Refuses by raising: nothing may have been written yet.
local function damaged(what)
  error('SLUICE-DAMAGED ' .. (seq or 0) .. ' ' .. what, 0)
end

local function expect(kind, key)
  local found = call('TYPE', key).ok
  if found ~= kind and found ~= 'none' then
    damaged(key)
  end
end

local now = tonumber(ARGV[1])
if not now then
  local time = call('TIME')
  now = time[1] * 1000 + (time[2] - time[2] % 1000) / 1000
end
do
  local latest = tonumber(stored[2] or 0)
  if not (seq and latest and token and ready and returned and claimed and due and sets) then
    damaged(ORG)
  end
  if latest > now then
    now = latest
  end
end

local changed = {}
local function set(field, value)
  local n = #changed
  changed[n + 1] = field
  changed[n + 2] = value
end

local function count(place, by)
  if place == 'READY' then
    ready = ready + by
  elseif place == 'RETURNED' then
    returned = returned + by
  elseif place == 'CLAIMED' then
    claimed = claimed + by
  end
end

-- Lua numbers become text with 14 digits only; a token has 16.
local function next_token()
  token = math.max(token + 1, now * 1024)
  return format('%.0f', token)
end

-- Variadic commands, a bounded number of arguments a call.
local function call_all(command, key, list)
  local n = #list
  if n > 0 and n <= 1000 then
    call(command, key, unpack(list))
    return
  end
  for i = 1, n, 1000 do
    call(command, key, unpack(list, i, math.min(i + 999, n)))
  end
end

-- lib/bucket.lua puts the changed heads of buckets in here.
local flush_heads

-- Writes the step's changes of the org back. `quiet`: it was none that takes a sequence number.
local function commit(quiet)
  if not quiet then
    seq = seq + 1
  end
  if flush_heads then
    flush_heads()
  end
  set('seq', seq)
  set('time', now)
  set('token', token)
  set('ready', ready)
  set('returned', returned)
  set('claimed', claimed)
  set('due', due)
  call_all('HSET', ORG, changed)
  changed = {}
end
