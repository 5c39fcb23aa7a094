-- Enqueues an item.
--
-- ARGV    2 session  3 project  4 required capabilities, separated by RS  5 score, 16 digits  6 priority  7 queued at
--         8 content hash  9 issue, '' for its own id  10 issue identifier, '' for its own id  11 not before or 0
--         12 deadline or 0  13 packed item  14 size by StoredBytes  15 idempotency key or ''  16 part of the call
--         17 hash of the call's content  18 subject (lib/session.lua)
--         19 its id as a public name, or '' if it can't be one  20 ... public names
-- Result  1 if it is known, else 0; state, position; for a repeat the session
-- Refuses CONFLICT, DAMAGED, ID_TAKEN, QUEUE_FULL, STORE_FULL, TOO_MANY_PROJECTS, TOO_MANY_CAPABILITY_SETS, KEY_REUSED

local id, project, capabilities, score, hash, bytes = ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[8], ARGV[14]

-- True if the id is the public name of another session.
local function is_of_other(session, name)
  local owner = call('HGET', AREA .. 'n:' .. sub(name, 1, 4), sub(name, 5))
  return owner and owner ~= session
end

-- Keeps the answer, if the call has a key.
local keep
if ARGV[15] ~= '' then
  -- INSERT
  local plan = decide_replay(ARGV[15], ARGV[16], ARGV[17])
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

if call('EXISTS', AREA .. 's:' .. id, AREA .. 'p:' .. id) ~= 0 then
  -- INSERT
  local known = read_session(id)
  local from = known and match(call('GETRANGE', AREA .. 'p:' .. id, 0, 20), '^%d+\31()')
  if not from then
    return { org.seq, 'DAMAGED' }
  elseif call('GETRANGE', AREA .. 'p:' .. id, from - 1, from + #hash - 1) ~= hash .. '\31' then
    return { org.seq, 'CONFLICT' }
  end
  local position = position_of(known)
  if keep then
    keep('1', known.state, position)
    commit()
  end
  return { org.seq, 'OK', 1, known.state, position }
end
if ARGV[19] ~= '' and is_of_other(id, ARGV[19]) then
  return { org.seq, 'ID_TAKEN' }
end
if org.bytes + bytes > MAX_WORK_BYTES then
  return { org.seq, 'STORE_FULL' }
end
if MAX_WAITING > 0 and org.ready + org.parked + org.later + org.returned >= MAX_WAITING then
  return { org.seq, 'QUEUE_FULL' }
end
local set = decide_set(capabilities, project)
if is_one_too_many(project_of(project)) then
  return { org.seq, 'TOO_MANY_PROJECTS' }
elseif not set then
  return { org.seq, 'TOO_MANY_CAPABILITY_SETS' }
end
local s = {
  id = id, project = project, set = set.id, repository = set.repository, score = score, issue = ARGV[9],
  created = NOW, created_seq = format('%d', org.seq + 1), not_before = ARGV[11], deadline = ARGV[12],
  return_until = '0' }
local plan = decide_wait(s)

use_set(set)
begin_wait(s, plan)
local content = keep_content(s, bytes, hash, ARGV[10], capabilities, ARGV[18], ARGV[13], 20, #ARGV)
if s.place == 'PARKED' then
  -- INSERT
  local parked = fresh_session(id, content)
  parked.place = 'PARKED'
  call('SET', AREA .. 's:' .. id, session_line(parked))
end
count_bytes(bytes)
local position = position_of(s)
if keep then
  keep('0', 'PENDING', position)
end
commit()
return { org.seq, 'OK', 0, 'PENDING', position }
