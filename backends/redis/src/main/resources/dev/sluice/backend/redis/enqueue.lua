-- Enqueues one item.
--
-- KEYS    1 {org}:org
-- ARGV    1 now or ''  2 session  3 project  4 required capabilities, parted by RS
--         5 score, 16 digits  6 priority  7 queued at  8 content hash  9 issue  10 issue identifier
--         11 item
-- Result  seq, 'OK', 0 new or 1 known, state, position
--      or seq, 'CONFLICT' or 'DAMAGED' or 'TOO_MANY_CAPABILITY_SETS'
--
-- USES org session order bucket queue count refs position

local id, project, capabilities, score, hash = ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[8]

local known, refusal = read_session(id)
if known then
  if call('GETRANGE', AREA .. 'p:' .. id, 0, #hash) ~= hash .. '\31' then
    if call('EXISTS', AREA .. 'p:' .. id) == 0 then
      return { org.seq, 'DAMAGED' }
    end
    return { org.seq, 'CONFLICT' }
  end
  local position = 0
  if waits(known) then
    position = position_of(known)
  end
  return { org.seq, 'OK', 1, known.state, position }
elseif refusal ~= 'UNKNOWN_SESSION' then
  return { org.seq, refusal }
end

-- Sets nobody needs any more keep their number until there is no room for another one.
local set_id = call('HGET', AREA .. 'sets', capabilities)
local unused, unused_refs = {}, {}
local new_set = not set_id
if new_set then
  if call('HLEN', AREA .. 'sets') >= MAX_CAPABILITY_SETS then
    local all = call('HGETALL', AREA .. 'sets')
    for i = 1, #all, 2 do
      if refs_of(all[i + 1]) <= 0 then
        unused[#unused + 1] = all[i]
        unused_refs[#unused_refs + 1] = 'refs:' .. all[i + 1]
      end
    end
    if #unused == 0 then
      return { org.seq, 'TOO_MANY_CAPABILITY_SETS' }
    end
  end
  local last = match(call('HGET', ORG, 'sets') or '0 0', ' (%d+)$') or damaged(ORG)
  set_id = format('%d', last + 1)
end
refs_of(set_id)
local s = {
  id = id, project = project, set = set_id, score = score, priority = ARGV[6], queued = ARGV[7],
  created = NOW, place = 'READY', state = 'PENDING', owner = '', token = 0, accept_by = 0,
  updated = NOW, claimed = 0, started = 0, ended = 0, release_by = 0, lost_by = '', lost_token = 0,
  nacked_by = '', return_until = 0, attempts = 0, nacks = 0, unacked = 0, stop = '', has_fields = 0 }
local put = decide_put('ready', s)
local position = position_of(s)

apply_put(put)
call('MSET', AREA .. 's:' .. id, session_line(s),
  AREA .. 'p:' .. id, hash .. '\31' .. ARGV[9] .. '\31' .. ARGV[10] .. '\n' .. ARGV[11])
if new_set then
  if #unused > 0 then
    call('HDEL', AREA .. 'sets', unpack(unused))
    call('HDEL', ORG, unpack(unused_refs))
  end
  call('HSET', AREA .. 'sets', capabilities, set_id)
  last_set = set_id
  org.version = format('%d', org.version + 1)
end
change_refs(set_id, 1)
count('READY', 1)
commit()
return { org.seq, 'OK', 0, 'PENDING', position }
