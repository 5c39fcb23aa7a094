-- Enqueues one item.
--
-- KEYS    1 {org}:org
-- ARGV    1 now or ''  2 session  3 project  4 required capabilities, parted by RS
--         5 score, 16 digits  6 priority  7 queued at  8 content hash  9 issue, '' for its own id
--         10 issue identifier  11 not before or 0  12 deadline or 0  13 item  14 key of the call or ''
--         15 part of the call  16 hash of the call's content  17 ... other names
-- Result  seq, 'OK', 0 new or 1 known, state, position, and of a repeat the session
--      or seq, 'CONFLICT', 'DAMAGED', 'QUEUE_FULL', 'STORE_FULL',
--      'TOO_MANY_PROJECTS', 'TOO_MANY_CAPABILITY_SETS' or 'KEY_REUSED'
--
-- USES org session sessions order bucket project project_room issue queue refs sets position

local id, project, capabilities, score, hash = ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[8]

-- Keeps what is answered, where the call has a key.
local keep
if ARGV[14] ~= '' then
  -- INSERT replay
  local plan = decide_replay(ARGV[14], ARGV[15], ARGV[16])
  if plan.refusal then
    return { org.seq, plan.refusal }
  elseif plan.answer then
    local session, duplicate, state, position = match(plan.answer, '^([^\31]+)\31([01])\31(%u+)\31(%d+)$')
    if not session then
      damaged(plan.name)
    end
    return { org.seq, 'OK', tonumber(duplicate), state, tonumber(position), session }
  end
  keep = function(duplicate, state, position)
    keep_replay(plan, id .. '\31' .. duplicate .. '\31' .. state .. '\31' .. format('%d', position))
  end
end

local known, refusal = read_session(id)
if known then
  if call('GETRANGE', AREA .. 'p:' .. id, 0, #hash) ~= hash .. '\31' then
    if call('EXISTS', AREA .. 'p:' .. id) == 0 then
      return { org.seq, 'DAMAGED' }
    end
    return { org.seq, 'CONFLICT' }
  end
  local position = position_of(known)
  if keep then
    keep('1', known.state, position)
    commit()
  end
  return { org.seq, 'OK', 1, known.state, position }
elseif refusal ~= 'UNKNOWN_SESSION' then
  return { org.seq, refusal }
end
local stored = hash .. '\31' .. ARGV[10] .. '\31' .. capabilities .. '\n' .. ARGV[13]
if org.bytes + RECORD_BYTES + #stored > MAX_WORK_BYTES then
  return { org.seq, 'STORE_FULL' }
end
if MAX_WAITING > 0 and org.ready + org.parked + org.later + org.returned >= MAX_WAITING then
  return { org.seq, 'QUEUE_FULL' }
end
if is_one_too_many(project_of(project)) then
  return { org.seq, 'TOO_MANY_PROJECTS' }
end
local set = decide_set(capabilities, project)
if not set then
  return { org.seq, 'TOO_MANY_CAPABILITY_SETS' }
end
-- Those of its other names that nobody has.
local names, pairs_of_names = '', {}
for i = 17, #ARGV do
  local key = AREA .. 'n:' .. ARGV[i]
  if not call('GET', key) then
    names = names == '' and ARGV[i] or names .. '\29' .. ARGV[i]
    pairs_of_names[#pairs_of_names + 1], pairs_of_names[#pairs_of_names + 2] = key, id
  end
end
local s = {
  id = id, project = project, set = set.id, score = score, issue = ARGV[9], priority = ARGV[6],
  queued = ARGV[7], created = NOW, created_seq = format('%d', org.seq + 1), not_before = ARGV[11],
  deadline = ARGV[12], names = names, place = 'READY', state = 'PENDING', owner = '', token = '0', accept_by = '0',
  updated = NOW, claimed = '0', started = '0', ended = '0', release_by = '0', last_sign = '0',
  cost = '0', lost_by = '', nacked_by = '', return_until = '0', stop_told = '0', dead = '',
  tools = '', attempt = '', attempts = '0', nacks = '0', unacked = '0', stop = '', has_fields = '0',
  told = '0', activities = '0', events = '' }
local later = s.not_before + 0 > now
local plan
if later then
  expect('zset', AREA .. 'due')
  expect('zset', AREA .. 'later:' .. project)
  project_of(project)
else
  plan = decide_enter(s, 'ready')
end

use_set(set)
if later then
  s.place = 'LATER'
  call('ZADD', AREA .. 'later:' .. project, s.not_before, id)
  schedule(s.not_before, '1', id)
  count(project_of(project), 'LATER', 1)
else
  enter(s, plan)
end
if s.deadline ~= '0' then
  schedule(s.deadline, '2', id)
end
call('MSET', AREA .. 's:' .. id, session_line(s),
  AREA .. 'p:' .. id, stored, unpack(pairs_of_names))
count_bytes(RECORD_BYTES + #stored)
local position = position_of(s)
if keep then
  keep('0', 'PENDING', position)
end
commit()
return { org.seq, 'OK', 0, 'PENDING', position }
