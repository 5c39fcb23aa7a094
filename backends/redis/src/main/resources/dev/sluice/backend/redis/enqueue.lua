-- Enqueues one item.
--
-- KEYS    1 {org}:org
-- ARGV    1 now or ''  2 session  3 project  4 required capabilities, parted by US
--         5 score, 16 digits  6 priority  7 queued at  8 content hash  9 issue  10 issue identifier
--         11 item
-- Result  seq, 'OK', 0 new or 1 known, state, position
--      or seq, 'CONFLICT' or 'DAMAGED' or 'TOO_MANY_CAPABILITY_SETS'
--
-- USES org bucket session queue worker ending reply

local id, project, capabilities, score, hash = ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[8]

local known, refusal = read_session(id)
if known then
  if call('GETRANGE', AREA .. 'p:' .. id, 0, #hash) ~= hash .. '\31' then
    if call('EXISTS', AREA .. 'p:' .. id) == 0 then
      return { seq, 'DAMAGED' }
    end
    return { seq, 'CONFLICT' }
  end
  local position = 0
  if waits(known) then
    position = position_of(known.project, known.set, known.score, id)
  end
  return { seq, 'OK', 1, known.state, position }
elseif refusal ~= 'UNKNOWN_SESSION' then
  return { seq, refusal }
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
      return { seq, 'TOO_MANY_CAPABILITY_SETS' }
    end
  end
  local last = tonumber(call('HGET', ORG, 'last_set') or 0)
  if not last then
    damaged(ORG)
  end
  set_id = format('%d', last + 1)
end
local users = refs_of(set_id)
local put = decide_put('ready', set_id, project, score, id)
local position = position_of(project, set_id, score, id)

apply_put(put)
local fixed = table.concat({ project, set_id, score, ARGV[6], ARGV[7], now }, '\31')
call('MSET', AREA .. 's:' .. id, fixed .. '\30' .. waiting_part(),
  AREA .. 'p:' .. id, hash .. '\31' .. ARGV[9] .. '\31' .. ARGV[10] .. '\n' .. ARGV[11])
if new_set then
  if #unused > 0 then
    call('HDEL', AREA .. 'sets', unpack(unused))
    call('HDEL', ORG, unpack(unused_refs))
  end
  call('HSET', AREA .. 'sets', capabilities, set_id)
  set('last_set', set_id)
  set('sets_version', sets_version + 1)
end
if users == 0 then
  sets = sets + 1
  set('sets', sets)
end
set('refs:' .. set_id, users + 1)
count('READY', 1)
commit()
return { seq, 'OK', 0, 'PENDING', position }
