-- Enqueues an item.
--
-- ARGV    2 session  3 project  4 required capabilities, separated by RS  5 score, 16 digits  6 priority  7 queued at
--         8 content hash  9 issue, '' for its own id  10 issue identifier  11 not before or 0  12 deadline or 0
--         13 item  14 idempotency key or ''  15 part of the call  16 hash of the call's content  17 ... public names
-- Result  1 if it is known, else 0; state, position; for a repeat the session
-- Refuses CONFLICT, DAMAGED, QUEUE_FULL, STORE_FULL, TOO_MANY_PROJECTS, TOO_MANY_CAPABILITY_SETS, KEY_REUSED

local id, project, capabilities, score, hash = ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[8]

-- Keeps the answer, if the call has a key.
local keep
if ARGV[14] ~= '' then
  -- INSERT
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
local s = {
  id = id, project = project, set = set.id, repository = set.repository, score = score, issue = ARGV[9], priority = ARGV[6],
  queued = ARGV[7], created = NOW, created_seq = format('%d', org.seq + 1), not_before = ARGV[11],
  deadline = ARGV[12], names = '', place = 'READY', state = 'PENDING', owner = '', token = '0', accept_by = '0',
  updated = NOW, claimed = '0', started = '0', ended = '0', release_by = '0', last_sign = '0',
  cost = '0', lost_by = '', nacked_by = '', return_until = '0', nackers = '', stop_told = '0', dead = '',
  tools = '', attempt = '', attempts = '0', nacks = '0', unacked = '0', stop = '', has_fields = '0',
  told = '0', activities = '0', events = '' }
local plan = decide_wait(s)

use_set(set)
begin_wait(s, plan)
for i = 17, #ARGV do
  local name = ARGV[i]
  -- pcall: a key of another type must not undo half a step.
  if redis.pcall('HSETNX', AREA .. 'n:' .. sub(name, 1, 4), sub(name, 5), id) == 1 then
    s.names = s.names == '' and name or s.names .. '\29' .. name
  end
end
call('MSET', AREA .. 's:' .. id, session_line(s), AREA .. 'p:' .. id, stored)
count_bytes(RECORD_BYTES + #stored)
local position = position_of(s)
if keep then
  keep('0', 'PENDING', position)
end
commit()
return { org.seq, 'OK', 0, 'PENDING', position }
